"""Adoption: when the user's own words make the one thing that the model proposed theirs; pure."""

import re

YES = (
    r"(?:(?:yes|yep|yeah|ok|okay|sure|agreed|(?:very |sounds? )?good(?: idea| point)?"
    r"|great(?: idea)?"
    r"|perfect|excellent|brilliant|nice|right|fine|exactly|done|settled|al{1,2} ?right|deal|sold"
    r"|convinced|makes sense|oh|(?:i['’]?m |i am )(?:sold|convinced|in)|fair enough"
    r"|that['’]?s (?:good|great|perfect|it|exactly it)|(?:i )?(?:like|love) (?:it|that)"
    r")[,.!;: –—-]+)*"
)
_LASTS = r"from (?:now|here|today|this day) on|from here on out|going forward"
ADOPTS = re.compile(
    rf"(?i)^\W*{YES}(?P<words>let['’]?s (?:do|use|take|go with|adopt|keep) (?:that|it|this)"
    r"|we['’]?ll (?:do|use|take|go with|adopt) (?:that|it|this)(?! but)"
    r"|(?:we['’]re|i['’]m) (?:doing|using|taking|adopting|going with) (?:that|it|this)"
    r"|(?:that|this) is (?:what|how) we (?:will )?(?:do|use)(?: it| things)?"
    r"|that['’]?s (?:what|how) we['’]?(?:ll| will|['’]re going to)? ?(?:do|use|do it)(?: it)?"
    r"|that['’]?s (?:our|my|the) (?:new )?(?P<slot>[\w-]+(?: [\w-]+)?)"
    rf"(?= (?:from|then|with|for|in|on)\b|[.!]*$))(?P<where> (?:in|on|at|for|across|with)"
    r" (?!now\b|this one\b)[^,;!?\n]{2,60}?)?(?P<lasts>,? then| for good|"
    rf",? (?:{_LASTS}))?[.!]*$"
)
PICKS = re.compile(
    rf"(?i)^\W*{YES}(?:let['’]?s (?:do|use|take|go with|adopt) |(?:we|i)['’]?ll (?:take|go with"
    rf"|use) )?"
    r"(?:(?:the )?(?P<place>first|second|third|fourth|last)(?: one| option| idea| variant)?"
    r"|(?:option|number|no\.?|variant|proposal|idea) (?P<number>\d|one|two|three|four|[a-d])\b)"
    rf"(?: it is)?(?:,? then)?(?P<where>,? (?:in|on|for|across) (?:all|every"
    rf"|each)\b[^,;!?\n]{{2,60}}?"
    rf"|,? (?:{_LASTS}))[.!]*$"
)
_PROPOSES = re.compile(
    r"(?i)(?:^|[.!]\s+)(?:i(?:['’]d| would) (?:use|take|go with|suggest|recommend|pick|choose)"
    r"|i (?:suggest|recommend) (?:using )?|how about|what about|(?:then |you (?:could|can) )?(?:use"
    r"|try)"
    r"|let['’]?s use) (?P<what>[^,;:.!?\n]{2,80}?(?:\.\d[^,;:.!?\n]{0,60})?)(?=[,;:!?\n]|\.(?:\s"
    r"|$)|$)"
    r"|(?:^|[.!]\s+)(?P<value>[^,;:!?\n]{2,60}?) (?:works|would work|is (?:best|the usual"
    r" choice))\b"
)
_ACT = (
    r"(?:put|merge|keep|let|add|make|set|write|store|run|split|send|start|move|pin|cache|wrap|log"
    r"|draw|mark|give|leave|treat|call|build|test|plan|book|limit|ban|avoid|skip|rotate|label|sort"
    r"|schedule|deploy|ship|tag|name|ask|check|read|review|lock|freeze|collect|count)"
)
_ORDER = re.compile(
    rf"(?i)\s*(?P<what>{_ACT} (?!me\b|you\b|your\b)[^;:.!?\n]{{3,100}}?(?:\.\d[^;:.!?\n]{{0,40}})?)"
    r"(?=,? (?:and|so|then|because)\b|[;:!?\n]|\.(?:\s|$)|$)"
)
_THING = re.compile(
    r"\s*(?P<what>(?:(?i:an?|one|two|three|four|five|six|ten|twelve|twenty|thirty) |\d"
    r"|\w*[A-Z]\w*[A-Z\d])"
    r"(?:(?!\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|does|do|lifts?|fits?"
    r"|means?)\b)[^,;:.!?\n]|\.\d){1,80}?)(?=[,;:!?\n]|\.(?:\s|$)|$)"
)
_SEVERAL = re.compile(
    r"(?i)\(?\b[12ab]\)|\b(?:or|either|alternatively|options?|otherwise)\b|\n\s*(?:[-*]|\d[.)])\s"
    r"|(?<!\S)[12]\.\s"
)
_ITEM = re.compile(r"(?<!\S)\(?(?P<number>[1-9a-d])[.)]\s+(?P<what>[^,;:.!?\n]{2,80})")
_LONG = 400  # characters of an answer; a longer one proposes more than one thing
_PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4} | {
    "one": 1, "two": 2, "three": 3, "four": 4,
}  # fmt: skip


def proposal(answer: str) -> str:
    """The one thing that an answer proposes, in its words; empty where it proposes several."""
    if len(answer) > _LONG or _SEVERAL.search(answer):
        return ""
    found = list(_PROPOSES.finditer(answer.strip()))
    if not found:
        first = _ORDER.match(answer) or _THING.match(answer)
        return first["what"].strip() if first else ""
    return (found[0]["what"] or found[0]["value"]).strip() if len(found) == 1 else ""


def picked(quote: str, answer: str) -> str:
    """Which of several numbered proposals the quote picks, in the answer's words; or none."""
    found = PICKS.match(quote)
    items = list(_ITEM.finditer(answer))
    if found is None or len(items) < 2:
        return ""
    asked = (found["place"] or found["number"]).lower()
    if asked == "last":
        return items[-1]["what"].strip()
    wanted = str(_PLACES.get(asked, asked))
    return next((one["what"].strip() for one in items if one["number"] == wanted), "")


def adopted(quote: str, answer: str) -> str:
    """What the quote adopts of the answer before it: the user's yes, the model's words."""
    return proposal(answer) if ADOPTS.match(quote) else picked(quote, answer)


def imperative(what: str) -> bool:
    """Whether a proposal is an order and so stands as it is."""
    return re.match(rf"(?i){_ACT}\b", what) is not None
