"""Adoption: when the user's own words make the one thing that the model proposed theirs; pure."""

import re

_YES = (
    r"(?:(?:yes|yep|yeah|ok|okay|sure|agreed|good(?: idea)?|great(?: idea)?|perfect|right|fine"
    r"|deal|sold"
    r"|makes sense|oh|(?:i )?(?:like|love) (?:it|that))[,.!; –—-]+)*"
)
ADOPTS = re.compile(
    rf"(?i)^\W*{_YES}(?P<words>let['’]?s (?:do|use|take|go with|adopt|keep) (?:that|it|this)"
    r"|we['’]?ll (?:do|use|take|go with|adopt) (?:that|it|this)(?! but)"
    r"|that['’]?s (?:what|how) we['’]?(?:ll| will) (?:do|use|do it)"
    r"|that['’]?s (?:our |the )(?P<slot>[\w-]+(?: [\w-]+)?) (?:from now on|then))"
    r"(?P<where> (?:in|on|for|across) (?!now\b|this one\b)[^,;!?\n]{2,60}?)?(?: then| from now"
    r" on)?[.!]*$"
)
_PROPOSES = re.compile(
    r"(?i)(?:^|[.!]\s+)(?:i(?:['’]d| would) (?:use|take|go with|suggest|recommend|pick|choose)"
    r"|i (?:suggest|recommend) (?:using )?|how about|what about|(?:then |you (?:could|can) )?use"
    r"|let['’]?s use) (?P<what>[^,;:.!?\n]{2,80}?(?:\.\d[^,;:.!?\n]{0,60})?)(?=[,;:!?\n]|\.(?:\s"
    r"|$)|$)"
    r"|(?:^|[.!]\s+)(?P<value>[^,;:!?\n]{2,60}?) (?:works|would work|is (?:best|the usual"
    r" choice))\b"
)
_SEVERAL = re.compile(
    r"(?i)\(?\b[12ab]\)|\b(?:or|either|alternatively|options?|otherwise)\b|\n\s*(?:[-*]|\d[.)])\s"
)
_LONG = 400  # characters of an answer; a longer one proposes more than one thing


def proposal(answer: str) -> str:
    """The one thing that an answer proposes, in its words; empty where it proposes several."""
    if len(answer) > _LONG or _SEVERAL.search(answer):
        return ""
    found = list(_PROPOSES.finditer(answer.strip()))
    return (found[0]["what"] or found[0]["value"]).strip() if len(found) == 1 else ""


def adopted(quote: str, answer: str) -> str:
    """What the quote adopts of the answer before it: the user's yes, the model's words."""
    return proposal(answer) if ADOPTS.match(quote) else ""
