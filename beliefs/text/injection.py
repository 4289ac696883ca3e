"""Injection: words that try to steer a model past its owner, whoever seems to have said them."""

import re

_RULES = (
    ("overrides", re.compile(
        r"(?i)\b(?:ignore|disregard|override|bypass|forget)\b.{0,40}\b(?:previous|prior|above"
        r"|earlier|all|any|system|safety|other|your)\b.{0,20}\b(?:instructions?|prompts?|rules"
        r"|messages?|guidelines|polic\w+)|\b(?:ignore|disregard|override) (?:the |these )?"
        r"(?:guidelines|instructions|rules) of\b"
        r"|\b(?:the|your|this|a|new) (?:system|developer) (?:prompt|message)s?\b"
        r"|\bsystem (?:prompt|message)s?:|\bsystem directive\b"
        r"|\b(?:in|into|enter|activate|act in) (?:the )?developer mode\b"
        r"|\bjailbreak|\bdo anything now\b"
        r"|\bno (?:restrictions|filters|guardrails)\b|\byou (?:are|have) now\b"
    )),
    ("approvals", re.compile(
        r"(?i)\b(?:auto-?approv\w*|pre-?approv\w*|always (?:approve|accept|allow|authori[sz]e"
        r"|trust (?!the (?:compiler|types?|tests?|linter)\b)|comply|obey|grant)"
        r"|(?:is|are|was|were|been) (?:already |always )?(?:approved|authori[sz]ed|whitelisted"
        r"|allow-?listed|trusted|pre-?authori[sz]ed|granted)|no (?:need (?:to ask|for"
        r" (?:approval|confirmation))|(?:confirmation|approval|permission) (?:is )?(?:needed"
        r"|required|necessary))|(?:need|require)s? no (?:approval|confirmation|permission|review)"
        r"|(?:may|can|should|must) be (?:shown|given|sent|told|revealed|disclosed) to (?:anyone"
        r"|anybody|everyone|whoever|who ?ever|all)\b"
        r"|(?:assistants?|models?|ai|agents?|you) (?:is|are) (?:allowed|permitted|entitled|free) to"
        r"|(?:skip|disable|turn off|requires? disabling|disabling) (?:all |the |any )?(?:security"
        r"|safety|verification|approval|authentication|auth|two-factor|permission|review|checks?"
        r"|warnings?|sandbox))"
        r"|\bskip (?:[\w'’-]+ )?(?:confirmations?|approvals?|reviews?)\b"
        r"|\b(?:never|do not|don['’]t|no longer) ask (?:[\w'’]+ ){0,3}for (?:confirmation|approval"
        r"|permission)\b"
        r"|\b(?:assistants?|models?|ai|agents?|you) (?:has|have) (?:[\w-]+ )?(?:administrator|admin"
        r"|root|full) (?:rights|access|permissions?)"
        r"|\b(?:no longer|not|never|don['’]t|nobody|no one) (?:needs?|requires?) (?:\w+ )?"
        r"(?:permission|approval|confirmation|consent|authori[sz]ation)"
        r"|\b(?:cleared|approved|authori[sz]ed|granted|permitted|signed off)\b.{0,40}\bin advance"
        r"|\b(?:always|from now on),? (?:agree to|consent to|(?:say|answer) yes (?:to|when|if))\b"
        r"|\btreat (?:[\w'’.@-]+ ){1,6}as (?:an? )?(?:instruction|order|command|trusted|true\b)"
        r"|\b(?:safety|security|privacy) (?:warning|check|note|rule|guideline)s?\b.{0,30}"
        r"\b(?:left out|omitted|skipped|ignored|off|removed|dropped|disabled)\b"
        r"|\b(?:immer|stets|bereits|automatisch|vorab) (?:genehmigt|freigegeben|autorisiert"
        r"|erlaubt)\b"
        r"|\b(?:keine|ohne) (?:rückfrage|bestätigung|genehmigung|freigabe) (?:nötig|erforderlich)"
        r"|\bbrauch\w* keine (?:rückfrage|bestätigung|genehmigung|freigabe)"
        r"|\b(?:toujours|déjà|automatiquement) (?:approuv|autoris)\w+"
        r"|\b(?:siempre|ya|automáticamente) (?:aprobad|autorizad)\w+"
        r"|\b(?:est|sont|están?) (?:pré-?approuv|preaprobad)\w+"
    )),
    ("secrecy", re.compile(
        r"(?i)\b(?:(?:do not|don['’]t|never) (?:tell|mention (?:this|it|that) to|reveal"
        r"|disclose|inform|warn|alert|show (?!me\b))\b.{0,30}\b(?:users?|owner|anyone|anybody"
        r"|them|humans?|person|people|me|him|her)"
        r"|(?:do not|don['’]t|never) let (?:the |an?y? ?)?(?:users?|owner|humans?|customers?|one"
        r"|body|them|him|her) (?:know|see|notice|find)|(?:do not|don['’]t"
        r"|never) mention to (?:\w+ ){0,2}\w+ that"
        r"|(?:users?|owners?|humans?) (?:must|may|should) not (?:be told|know|learn|find out"
        r"|hear)|keep (?:this|it|that) (?:a )?secret|secretly|without (?:telling|mentioning"
        r"|the user))\b"
        r"|\b(?:sag|erzähl|verrate|zeig)\w* (?:es |das )?(?:dem|der|den) (?:nutzer|benutzer"
        r"|anwender|besitzer)\w* n(?:ie|icht)"
        r"|\bne (?:dis|révèle|montre|mentionne)s? (?:jamais|rien|pas)\b.{0,20}\b(?:utilisateur"
        r"|personne|client)"
        r"|\b(?:nunca|no) (?:le )?(?:digas|reveles|muestres|menciones)\b.{0,20}\b(?:usuario"
        r"|nadie|cliente)"
    )),
    ("promotion", re.compile(
        r"(?i)\b(?:always|from now on,?(?: always)?|every time,?|remember to)"
        r" (?:recommend|promote|endorse|advertise|praise"
        r"|suggest(?=.{0,60}\b(?:best|buy|shop|order)\b))\b"
        r"(?!.{0,60}\b(?:to|for) (?:me|us)\b)"
        r"|\balways (?:favou?r the|link to (?!(?:the |its |an? )?(?:official |primary |original )?"
        r"(?:documentation|docs?|sources?|spec\w*|issues?|tickets?|rfcs?|paper)\b)"
        r"|prefer the product)"
        r"|\b(?:recommend|trust|rate|rank) .{1,40} (?:above|over) all (?:others|else|other)\b"
        r"|\btrusted source\b|\bas the best (?:shop|product|choice|option|place|provider)\b"
        r"|\bempf(?:iehl|ehle) (?!mir\b|uns\b)(?:\w+ )?immer (?!mir\b|uns\b)"
        r"|\bimmer \w+ empfehlen\b"
        r"|\brecommande(?:z|r)? toujours\b(?!.{0,40}(?:-moi|à moi)\b)"
        r"|\bsiempre (?:debes |hay que )?recomienda\w*\b|\bsiempre (?:debes|hay que"
        r"|tienes que) recomendar\b"
    )),
    ("exfiltration", re.compile(
        r"(?i)\b(?:send|post|upload|forward|e?mail|exfiltrat\w*|transmit|append|leak"
        r"|copy)\b.{0,60}(?:https?://|\bto [\w.+-]+@[\w-]+\.|\bwebhook|\battacker|\bexternal"
        r" server)|!\[[^\]]*\]\(https?:"
    )),
    ("commands", re.compile(
        r"(?i)\brm -rf\b|\bcurl\b.{0,80}\|\s?(?:ba)?sh\b|\bchmod 777\b"
        r"|\bsudo\b.{0,40}\bwithout\b|\beval\(|\bbase64 -d\b|\bnpx? .{0,30}--yes\b"
    )),
    ("policy", re.compile(
        r"(?i)\b(?:(?:new|updated|company|security|admin(?:istrator)?|official) (?:policy"
        r"|directive|instruction|rule)s?\b.{0,40}\b(?:is|are|says?|requires?|states?|:)|per"
        r" (?:company )?policy|"
        r"policy (?:is|says|requires|states|allows|permits)|as an?"
        r" (?:admin|administrator|developer|operator)|(?:all|every) (?:requests?|users?"
        r"|actions?|payments?|transfers?|commands?) (?:is|are|must be|should be) (?:allowed"
        r"|trusted|approved|authori[sz]ed|permitted))"
    )),
    ("markup", re.compile(
        r"(?i)</?(?:system|assistant|user|instructions?|memory|memories|mindhold|tool"
        r"|important|im_start|im_end)\b|\[/?INST\]|<\|.{1,20}\|>|\n\s*(?:system|assistant)\s*:"
    )),
)  # fmt: skip


_UNASKED = re.compile(
    r"(?i)\bwithout (?:asking|confirmation|confirming|approval|permission|review|checking with)\b"
)
_NEVER_UNASKED = re.compile(
    r"(?i)\b(?:never|do not|don['’]?t|avoid|stop|(?:must|may|should) (?:not|never))(?: ever)?"
    r" (?!hesitate|wait|bother|stop|worry|ask|be |forget|need|refuse|fail|pause)"
    r"(?:(?!and\b|but\b|to\b|just\b|then\b)[\w'’/-]+ ){1,8}"
    r"without (?:asking|confirming|checking with"
    r"|(?:my )?(?:confirmation|approval|permission|review))"
)


_BAN = re.compile(
    r"(?i)\b(?:never|do not|don['’]t|must not|may not)(?: ever)? (?:skip|disable|turn off|bypass)\b"
)
_OWN_RULE = re.compile(
    r"(?i)\b(?:our|my|we have an?) (?:[\w-]+ ){0,2}(?:polic(?:y|ies)|rules?|directives?)\b"
    r"(?!.{0,80}\b(?:shar(?:e|ing)|send(?:ing)?|disclos\w+|disabl\w+|bypass\w*|skip\w*|approv\w*"
    r"|authori[sz]\w+|assistants?|models?|ai|agents?|bots?|trust\w*|credentials?|passwords?"
    r"|personal data|without)\b)"
)
"""A rule that somebody has set themselves, if it does not speak of leave or of a model."""


def injection(text: str) -> str | None:
    """The rule that the text breaks; None for an honest wish.

    "Never add a dependency without asking me" is one: it gives no leave, it takes it. So are
    "our policy is that every change needs two reviews" and "always recommend pnpm to me".
    """
    said = _OWN_RULE.sub("", _BAN.sub("", text))
    if found := next((name for name, shape in _RULES if shape.search(said)), None):
        return found
    return "approvals" if _UNASKED.search(_NEVER_UNASKED.sub("", text)) else None
