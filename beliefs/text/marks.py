"""Marks: how much a line looks like a paste, by its form and by what is in it."""

import re

from mindhold.beliefs.text.forms import ALONE, form
from mindhold.beliefs.text.lines import Line

_SHAPED = re.compile(
    r"[{}\[\]()=;<>|\\/_#$%&*+~^@\t\d,:●]|^\s|^[-+>]|[A-Z]{3}|\w\.\w| -\w|^[a-z]+(?: \w+)?$"
    r"|^(?:import|select|return|from|group|order) "
)
_IDENTIFIER = re.compile(r"\w_\w|[a-z][A-Z]|\w\.\w|\w\(|\w/\w|::|->|=>|==|&&|\|\||\w=\w")
_COLUMNS = re.compile(r"[^\s.!?:,](?:\t| {2,}|\s\|\s)(?=\S)")
_SYMBOLS = re.compile(r"[^\w\s]")
_WORD = re.compile(r"[^\W\d_]+(?:'t)?")
_FUNCTION = frozenset(
    _WORD.findall(
        "the a an is are was were to and of in for with that this i we you my our it not but be"
        " have has do don't can't please should can how what why which from use if so when there"
        " der die das und ist ich wir nicht ein eine mit auf für wie warum wenn"
        " le la les et est je nous un une des du pas que pour dans avec comment"
        " el los las y es en con no una por para qué cómo mi se lo"
    )
)
_OWN_VOICE = frozenset(_WORD.findall("i my me mine we our us ich mein meine wir je mon ma yo mi"))
_SPOKEN = re.compile(
    r"(?i)\b(?:i|my|why|how|what|should|ich|warum|wie|je|pourquoi|qué|mi)\b|[吗か]"
)
_KANA = re.compile(r"[\u3041-\u309f]{2,}|[\u4e00-\u9fff]{2,}[的了吗呢吧是在我你][\u4e00-\u9fff]?")
_ENDS = re.compile(r"[^\W\d_][)\"'’”»]?[.!?…]+$|[。！？]$")
_CODE_END = re.compile(r"[;{}\\]$")
_BULLET = re.compile(r"\s{0,12}(?:[-*+•・●]|\d{1,3}[.)])\s")


def score(line: Line) -> None:
    """Gives the line its form, its marks and its score."""
    text = line.text
    if not _SHAPED.search(text):
        line.score = -1
        return
    bullet = _BULLET.match(text)
    line.form = form(text) or (form(text[bullet.end() :]) if bullet else None)
    weight = line.form.weight if line.form else 0
    if not line.form and not is_dense(text) and not _COLUMNS.search(text):
        line.score = -1
    elif weight < ALONE:
        line.marks, change = _marks(text)
        line.score = weight + change
    else:
        line.score = weight


def _marks(text: str) -> tuple[tuple[str, ...], int]:
    """What speaks for and against besides the form, and how much it comes to."""
    marks, weight = [], 0
    symbols, identifiers = len(_SYMBOLS.findall(text)), len(_IDENTIFIER.findall(text))
    if symbols > 0.2 * len(text) and len(text) >= 8:
        marks.append("many symbols")
        weight += 1
    if identifiers > 1:
        marks.append("identifiers")
        weight += min(2, identifiers // 2)
    if columns := len(_COLUMNS.findall(text)):
        marks.append("columns")
        weight += min(4, 2 * columns - 1)
    if _CODE_END.search(text):
        marks.append("ends as code")
        weight += 2
    words = _WORD.findall(text.lower())
    weight -= min(3, sum(word in _FUNCTION for word in words) // 2)
    weight -= min(2, sum(word in _OWN_VOICE for word in words))
    if _KANA.search(text):
        weight -= 2
    if _ENDS.search(text):
        weight -= 2 if len(words) > 3 else 1
    return tuple(marks), weight


def is_item(text: str) -> bool:
    """Whether it is an item of a list."""
    return _BULLET.match(text) is not None


def ends(text: str) -> bool:
    """Whether it ends as a sentence does."""
    return _ENDS.search(text) is not None


def is_dense(text: str) -> bool:
    """Whether a twelfth of it or more is neither word nor space."""
    return 12 * len(_SYMBOLS.findall(text)) > len(text)


def asks_or_tells(text: str) -> bool:
    """Whether it has a word by which a person speaks of themselves or asks."""
    return _SPOKEN.search(text) is not None


def speaks(text: str, *, grammar: int) -> bool:
    """Whether it has that many words of grammar, a word of one's own, or a question's end."""
    words = sum(word in _FUNCTION for word in _WORD.findall(text.lower()))
    return (
        words >= grammar
        or text.endswith((":", "?", "：", "？"))
        or asks_or_tells(text)
        or _KANA.search(text) is not None
    )
