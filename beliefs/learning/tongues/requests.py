"""Requests: the ways in which English asks that something be remembered, or hold."""

import re

POLITELY = (
    r"(?:(?:please|pls|also|just|oh|and|so|hey|ok|okay|first|btw|now),? )*"
    r"(?:(?:can|could|would|will) you (?:please |just |maybe |also )*"
    r"|i(?:['’]?d| would)? (?:like|love|want|need|ask|appreciate it if) (?:it if )?you(?: to)? "
    r"|you (?:should|need to|must|have to|might want to|may want to|can|could) (?:also |always )?"
    r"|(?:try|be sure|make sure|it helps) (?:to |you )|it(?:['’]?d| would) help if you |let['’]?s"
    r" )?(?:please )?"
)
_FOR_LATER = (
    r"(?:for (?:me|later|next time|the future|future \w+|the record|yourself|another time|all"
    r" time)|please|too|well|also|as well|somewhere)"
)
_THIS = r"(?:this|it|that|the following|one thing|something|a thing)"
RECORDING = (
    rf"(?:(?:remember(?:ed)?|recall|noted?|memori[sz]ed?|record|retain|register"
    r"|mark(?=:| (?:down|this|that|it)\b))(?: down)?"
    rf"(?: {_THIS}(?= *[:,–—-]))?(?: {_FOR_LATER})*"
    rf"|(?:keep|kept|bear|hold|have)(?: {_THIS})? (?:in mind|in memory|on file|on record|in your"
    rf" (?:memory|notes|head)|(?:at|in) the back of your (?:mind|head)|track of this)(?:"
    rf" {_FOR_LATER})*"
    rf"|(?:jot|write|put|take|note|set|get|file|log|pin|tuck|stash|commit|save|store|add"
    rf"|stick)(?: {_THIS}| a note)?(?: (?:down|away|to memory|(?:to|in|into) (?:your )?(?:memory"
    rf"|notes)|on (?:your|the) list|on file|in memory)| {_FOR_LATER})+"
    rf"|(?:make|take) (?:an? |yourself a )?(?:mental )?note(?: of (?:this|it|the following))?(?:"
    rf" {_FOR_LATER})*"
    rf"|(?:do not|don['’]?t|never)(?: ever)? (?:forget|lose sight of|overlook|lose track of|let"
    rf" me forget)(?: {_THIS}(?= *[:,–—-]))?|be aware)"
)
RECORD = rf"(?:{POLITELY}{RECORDING})"
"""Begins a wish to remember, up to what is to be remembered."""
MENTION = (
    r"(?:(?:please |just |also |oh and |and )*(?:(?:for|so) (?:the record|future reference|your"
    r" (?:information|notes?|records?|memory|files|reference)|later(?: reference)?|next time|the"
    r" future)"
    r"|fyi|reminder|mental note|to remember|(?:worth|good|useful|important) (?:knowing"
    r"|remembering|noting|to know|to remember|to note)(?: for (?:later|next time|the future|me))?"
    r"|so (?:you know|it['’]?s on (?:file|record)|you['’]?re aware|you have it|that you know)"
    r"|(?:[\w ]{2,20}, )?(?:one|another|a|an|some|two)(?: more| last| small| quick| important|"
    r" other)* things? (?:to (?:know|remember|note|keep in mind|bear in mind|be aware of)|(?:that"
    r" )?you (?:should|ought to|need to|must|have to|might want to|may want to) (?:know|remember"
    r"|keep in mind)|worth (?:knowing|remembering|noting))"
    r"|(?:i think |maybe |perhaps )?you (?:should|ought to|need to|must|have to|might want to|may"
    r" want to|will want to|probably should) (?:know|remember|be aware)(?= that|:)"
    r"|something (?:to|you should) (?:know|remember|keep in mind)|what you (?:should|need to"
    r"|must) know(?: is)?|i should (?:mention|say|add)|i forgot to (?:mention|say)"
    r"|note to (?:self|myself|you)(?: and to (?:you|self))?(?=:)|noted(?: for (?:the future|next"
    r" time|later))?(?=:)))"
)
"""Begins what is told so that it be known."""
WISH = re.compile(
    rf"(?i)\W*(?:(?:please|also|and|so|hey|ok|okay|btw),? )*(?:(?:can|could|would|will) (?:you"
    rf"|we) (?:please |just |maybe |also )*(?:{RECORDING}"
    rf"|stop \w+ing|quit \w+ing|avoid|refrain|stick to|from now on|in future|lay off|leave out"
    rf"|drop the)"
    r"|would you mind (?:not |always |never ))\b"
    r"|\W*(?:(?:an?|one|another|big|still an?) )?open (?:question|point|issue)s?(?: [^:?]{1,40})?:"
    r"|(?i:\W*(?:please )?(?:stop|quit|avoid|lay off|no more|enough|never|always|leave out|drop"
    r"|cut)"
    r"\b[^?]*, (?:will|would|could|can) (?:you|u)\W*$)"
)
EXPLICIT = re.compile(rf"(?i)\W*{RECORD}\b")
ASKED_AT_END = re.compile(
    rf"(?i)(?<=\w{{2}})(?:\s*[,;.!–—-]+\s*(?:and |so )?(?:please )?|\s(?:so )?please )"
    rf"(?:{POLITELY}(?:(?:remember|note|memori[sz]e|save|store|jot|write|don['’]?t"
    rf" forget|do not forget|never forget|make (?:a )?(?:mental )?note of|take note of) (?:that"
    rf"|this|it)(?: one)?"
    r"(?: (?:down|in mind|in memory|to memory|please|for (?:me|later|next time|the future|future"
    r" \w+|ever)))*|noted\?|make (?:a )?note|(?:keep|bear|have) (?:that|this|it) in mind(?:"
    r" please| for \w+(?: \w+)?)?)"
    r"|(?:worth (?:remembering|knowing|noting)|for (?:future reference|the record|next time|your"
    r" (?:notes|records|information))|just so you know|so you know|fyi|good to know|in case (?:it"
    r"|that) (?:comes up|matters)(?: later)?))[.!]*$"
)
