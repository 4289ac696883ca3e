"""Support: whether the words of a proposal are borne out by the quote that it cites; pure."""

import re
from collections.abc import Iterable

from mindhold.beliefs.text.words import known

_WORD = re.compile(r"[^\W_][\w'’.+#/-]*[\w+#]|[^\W_]")
_FIGURE = re.compile(r"\d")
_URL = re.compile(r"[a-z]{2,10}://\S+|\b[\w-]+\.(?:com|org|net|io|dev|ai)\b\S*", re.IGNORECASE)
_NEGATION = re.compile(
    r"(?i)\b(?:no|not|never|none|nothing|neither|nor|without|cannot|no longer|stop(?:ped)?"
    r"|avoid(?:s|ed)?|quit|against|refuse[sd]?|reject(?:s|ed)?|drop(?:ped)?|abandon(?:ed)?"
    r"|got rid of|ditched|retired|moved away|hate[sd]?|dislike[sd]?|detest|can['’]?t"
    r"|\w+n['’]t|instead of|rather than|over|free of|forget)\b"
)
_CONTRAST = re.compile(
    r"(?i)\b(?:from|over|instead|rather|replac\w+|dropped|ditched|swapped|traded|favou?r"
    r"|moved|switched)\b"
)
EVERYWHERE = re.compile(
    r"(?i)\b(?:in|for|across|on) (?:all|any|every) (?:of )?(?:my|our) \w+|\beverywhere\b"
    r"|\b(?:in|for|across) (?:all|any|every) (?:projects?|matters?|cases?|books?|repos?|games?"
    r"|chats?|conversations?)\b|\beverything (?:that )?you (?:write|do|make|send)\b"
    r"|\bacross the board\b|\bin general\b|\bwherever i\b"
)
"""Words that say that a statement holds in every project of the user."""
_TEMPLATE = frozenset(
    re.findall(
        r"\S+",
        """
    use uses using used user user's users prefer prefers preferred preference decided decide
    decision chose choose moved switched replaced instead over longer no not never always do
    does don't suggest suggests recommend assume treat take account wherever applies unless told
    otherwise settled build considered considering help weigh answer answers every avoid lean
    towards choice address give want wants likes like loves love hates hate works work lives
    live is are was the a an and or to of for in on with from by as at it its their them they
    that this be been being has have had will would should must can may all any only also into
    about i we our my me us you your asked alternatives when where if but so than then there
    these those
    """,
    )
)


def words(text: str) -> list[str]:
    """Its words, in lower case."""
    return [word[0].lower().replace("’", "'") for word in _WORD.finditer(text)]


def unsupported(text: str, quotes: str, table: Iterable[str]) -> str | None:
    """What in `text` neither the quotes nor the alias table bear out; None when all is."""
    given = _given(quotes, table)
    for address in _URL.findall(text):
        if address.lower() not in quotes.lower():
            return "an address"
    for index, word in enumerate(_WORD.finditer(text)):
        name = word[0]
        if name.lower().replace("’", "'") in given:
            continue
        if _FIGURE.search(name):
            return "a number"
        first = index == 0 or text[: word.start()].rstrip()[-1:] in ".!?;:"
        if name != name.lower() and not (first and known(name.lower())):
            return "a name"
    return None


def negates(text: str) -> bool:
    """Whether the text denies, ends or excludes something."""
    return bool(_NEGATION.search(text))


def turned(content: str, quotes: str) -> bool:
    """Whether one of content and quote denies what the other affirms."""
    if negates(content) == negates(quotes):
        return False
    return not (_CONTRAST.search(content) and _CONTRAST.search(quotes))


def overlap(text: str, quotes: str, table: Iterable[str]) -> float:
    """The share of its content words that quotes or alias table hold; 1 when it has none."""
    given = {_stem(word) for word in _given(quotes, table)}
    telling = [word for word in words(text) if word not in _TEMPLATE]
    if not telling:
        return 1.0
    return sum(_stem(word) in given for word in telling) / len(telling)


def _given(quotes: str, table: Iterable[str]) -> set[str]:
    given = set(words(quotes))
    for name in table:
        given.update(words(name.replace("_", " ")))
    return given | {word.removesuffix("'s") for word in given}


def _stem(word: str) -> str:
    for ending in ("ing", "ies", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word.removesuffix(ending)
    return word
