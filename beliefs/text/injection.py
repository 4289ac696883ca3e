"""Injection: words that try to steer a model past its owner, whoever seems to have said them."""

import re

_RULES = (
    ("overrides", re.compile(
        r"(?i)\b(?:ignore|disregard|override|bypass|forget)\b.{0,40}\b(?:previous|prior|above"
r"|earlier|all|any|system|safety|other|your)\b.{0,20}\b(?:instructions?|prompts?|rules"
r"|messages?|guidelines|polic\w+)"
        r"|\b(?:system|developer) (?:prompt|message|mode)\b|\bjailbreak|\bdo anything now\b"
r"|\bno (?:restrictions|filters|guardrails)\b|\byou (?:are|have) now\b"
    )),
    ("approvals", re.compile(
        r"(?i)\b(?:auto-?approv\w*|pre-?approv\w*|always (?:approve|accept|allow|authori[sz]e"
r"|trust|comply|obey|grant)"
        r"|(?:is|are|was|were|been) (?:already )?(?:approved|authori[sz]ed|whitelisted"
r"|allow-?listed|trusted|pre-?authori[sz]ed|granted)|no (?:need (?:to ask|for"
r" (?:approval|confirmation))|confirmation (?:is )?(?:needed|required))"
        r"|(?:skip|disable|turn off) (?:all |the |any )?(?:security|safety|verification"
r"|approval|authentication|auth|permission|review|checks?|warnings?|sandbox))"
    )),
    ("secrecy", re.compile(
        r"(?i)\b(?:(?:do not|don['’]t|never) (?:tell|mention (?:this|it|that) to|reveal"
r"|disclose|inform|warn|alert|show)\b.{0,30}\b(?:users?|owner|anyone|anybody|them"
r"|humans?|person|people|me|him|her)"
        r"|keep (?:this|it|that) (?:a )?secret|secretly|without (?:telling|mentioning"
r"|the user))\b"
    )),
    ("promotion", re.compile(
        r"(?i)\balways (?:recommend|promote|endorse|advertise|favou?r|link to|praise|prefer"
r" the product)\b|\b(?:recommend|trust) .{1,40} (?:above|over) all (?:others|else)\b"
r"|\btrusted source\b")),
    ("exfiltration", re.compile(
        r"(?i)\b(?:send|post|upload|forward|e?mail|exfiltrat\w*|transmit|append|leak"
r"|copy)\b.{0,60}(?:https?://|\bto [\w.+-]+@[\w-]+\.|\bwebhook|\battacker|\bexternal"
r" server)|!\[[^\]]*\]\(https?:"
    )),
    ("commands", re.compile(r"(?i)\brm -rf\b|\bcurl\b.{0,80}\|\s?(?:ba)?sh\b|\bchmod 777\b"
r"|\bsudo\b.{0,40}\bwithout\b|\beval\(|\bbase64 -d\b|\bnpx? .{0,30}--yes\b")),
    ("policy", re.compile(
        r"(?i)\b(?:(?:new|updated|company|security|admin(?:istrator)?|official) (?:policy"
r"|directive|instruction|rule)s?\b.{0,40}\b(?:is|are|says?|requires?|states?|:)|per"
r" (?:company )?policy|policy (?:is|says|requires|states|allows|permits)|as an?"
r" (?:admin|administrator|developer|operator)|(?:all|every) (?:requests?|users?"
r"|actions?|payments?|transfers?|commands?) (?:is|are|must be|should be) (?:allowed"
r"|trusted|approved|authori[sz]ed|permitted))"
    )),
    ("markup", re.compile(
        r"(?i)</?(?:system|assistant|user|instructions?|memory|memories|mindhold|tool"
r"|important|im_start|im_end)\b|\[/?INST\]|<\|.{1,20}\|>|\n\s*(?:system|assistant)\s*:")),
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


def injection(text: str) -> str | None:
    """The rule that the text breaks; None for an honest wish.

    "Never add a dependency without asking me" is one: it gives no leave, it takes it.
    """
    if found := next((name for name, shape in _RULES if shape.search(text)), None):
        return found
    return "approvals" if _UNASKED.search(_NEVER_UNASKED.sub("", text)) else None
