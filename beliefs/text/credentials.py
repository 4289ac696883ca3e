"""Credentials told in ordinary words: "the password of the safe is …", in four languages.

A noun that announces one (password, PIN, door code, seed phrase) is looked for, and beside it the
value: after a word such as "is", or next to the noun where it looks like nothing but a value.
The nouns lie in `phrases.txt`. Between one noun and the next at most 160 characters are read, so
the time is linear in the text's length.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from mindhold.beliefs.text.phrases import alternatives

Kind = Literal["password", "code", "key", "seed", "login", "answer"]

_HINTS = (
    "pass", "wort", "wört", "pwd", "mdp", "contraseña", "code", "código", "combin", "kombin",
    "pin", "puk", "tan", "cvc", "cvv", "csc", "key", "schlüssel", "clé", "clave", "geheim",
    "prüf", "crypto", "seed", "mnemo", "phrase", "frase", "palabras", "token", "pw", "answer",
    "otp", "login", "log-in", "credential", "zugangs", "anmelde", "identifiant", "credencial",
    "antwort", "répons", "respuesta", "secret", "maiden", "mädchen", "jeune", "soltera",
)  # fmt: skip
_OPENING = ("open", "unlock", "disarm", "type ", "enter ", "press ", "dial ", "öffne", "geht ",
            "ouvre", "abre", "desactiva", "désactive", "scharf", "arm", "wlan", "wifi", "wi-fi",
            "keypad", "digicode", "lockbox", "key box", "keybox", "schlüsselbox", "cadenas",
            "padlock", "zahlenschloss", "candado", "log", "sign", "entra", "accede", "connecte",
            "anmeld", "komm")  # fmt: skip
_TO = frozenset(
    {"to", "auf", "à", "a", "en", "into", "pour", "por"}
)  # "changed to", though also "the key to"
_TOKEN = re.compile(r"[“\"'„«‘`]([^“”\"'„«»‘’`\n]{3,80})[”\"'“»’`]|\S+")
_SIGN_LINKS = frozenset({":", ":=", "=", "==", "=>", "->", "→", "–", "—"})
_ABOUT = re.compile(
    r"\b(?:gestionnaire|gestora?|administrador|politique|política|générateur|generador|longueur"
    r"|longitud|champ|campo) (?:de |des |d['’]|del? )?$"
)
"""What a word after which a password is only the kind of thing that is spoken of."""
_MINE = re.compile(
    r"\b(?:my|our|the|his|her|card|sim|voicemail|meine?|unsere?|die|der|le|mon|el|mi)\W*$"
)
_WINDOW = 160  # characters after a noun that are read
_NAMES = 3  # words after "login is" of which the last may be the password
_REACH = 9  # words between a noun and the word that links it to its value
_BACK = re.compile(
    r"(?P<value>[“\"„«][^“”\"„«»\n]{3,64}[”\"“»]|\S{3,64})\s+(?:is|as|ist|als|est|comme|es|como)\s+(?:[\w'’-]+\s+){0,3}$"
)
_BREAK = re.compile(r"[.!?;,]+[”\"'»’)]*$")
_TRIM = "\"'“”„«»‘’`()[]{}<>"
_IS = (" is ", " as ", " ist ", " als ", " est ", " comme ", " es ", " como ")
_SIGNS = frozenset("!@#$%^&*+_")
_DIGITS = re.compile(r"#?\*?\d(?:\d|[-./*# ](?=\d)){2,70}[#*]?")
_VERSION = re.compile(
    r"(?i)v?\d+(?:\.\d+)+|(?-i:[a-z]+_[a-z_]+)|[a-z]+/[a-z/]+|sha-?\d+|argon2\w*|1password|oauth2?|md5"
    r"|\d+-?(?:bit|char\w*|stellig\w*|zeichen|digits?)"
)
"""A version, a name of code, an algorithm: nothing that was chosen to be secret."""
_MORE = re.compile(r"\s?(?:,|and|und|et|y)\s(?P<more>\d[\d-]{3,}\d)(?![\w:])")
_JOINED = re.compile(r"[^\W_]+(?:[-_.][^\W_]+){2,}|[^\W\d_]+[-_][^\W\d_]+")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # who it is, not a secret
_ADJECTIVE = re.compile(
    r"\w+(?:ed|ing|able|ible|ful|less|ive|ous|ical|ly|ent|ant|ory|ary|ig|lich|bar|isch|los|pflichtig"
    r"|siert|tet|elt|ert|ndet|llt|eben|tzt|cht|é|ée|és|oire|eux|if|ado|ada|ados|adas|ido|ida|orio"
    r"|oria|ivo|iva|ente|ante)"
    r"|(?:ge|ab|ver|be|er|zer|ent|vor|auf|ein)\w+(?:t|en)"
)
_SMALL = frozenset(
    {
        "the", "a", "an", "to", "in", "on", "at", "of", "for", "and", "or", "with", "from", "by",
        "it", "we", "you", "i", "must", "should", "has", "have", "can", "will", "der", "die",
        "das", "ein", "eine", "zu", "im", "am", "von", "für", "und", "oder", "mit", "muss",
        "soll", "hat", "le", "la", "les", "un", "une", "de", "du", "des", "et", "ou", "avec",
        "doit", "el", "los", "las", "una", "y", "o", "con", "debe", "tiene", "que",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Characters `start` to `end` are the value that a noun of this kind announces."""

    start: int
    end: int
    kind: Kind


def told_credentials(text: str) -> Iterator[Told]:
    """The values of credentials that are told in words; linear in the text's length."""
    lower = _lower(text)
    if any(hint in lower for hint in _OPENING):
        yield from _opening(lower)
    if not any(hint in lower for hint in _HINTS):
        return
    nouns = list(_nouns().finditer(lower))
    for number, noun in enumerate(nouns):
        if not _meant(noun, text, lower):
            continue
        kind = cast("Kind", noun.lastgroup)
        last = nouns[number + 1].start() if number + 1 < len(nouns) else len(text)
        yield from _before(text, noun.start(), kind)
        yield from _after(text, noun.end(), last, kind)


def _opening(lower: str) -> Iterator[Told]:
    """ "The safe opens with 12-34-56", "type 4711# at the door"."""
    for pattern in _openings():
        for found in pattern.finditer(lower):
            group = "value" if found["value"] else "alone"
            value = found[group].rstrip(".,")
            if _numeric(value, "code") or _chosen(value, "key", linked=True) or _joined(value):
                start = found.start(group)
                yield Told(start=start, end=start + len(value), kind="code")


@cache
def _openings() -> tuple[re.Pattern[str], ...]:
    place, house = alternatives("credential place"), alternatives("credential house")
    value = (
        r"(?P<value>[#*]?\d(?:\d|[-./a-f](?=\d)){2,11}[#*]?)(?![\w:]|\s?(?:mm|cm|kg|h|uhr|am|pm)\b)"
    )
    with_ = r"(?:with|by|using|mit|avec|con)(?: typing| entering)?(?: the| dem| der| le| la| el)?"
    number = r"(?: (?:code|number|digits|pin|nummer|kombination|código|clave))?"
    return (
        re.compile(
            rf"\b(?:{place}|(?:{house})\w{{0,12}}|portail|porte|coffre|alarme|puerta|portón|alarma"
            r"|caja fuerte)\b[^.!?\n]{0,24}?\b(?:opens?|unlocks?|disarm\w*|opened|unlocked|öffnet"
            r"|geht|entsperrt|ouvre|abre|désactive|desactiva|(?:un)?scharf|arms?)\b[^.!?\n]{0,12}?"
            rf"\b{with_}{number} {value}"
        ),
        re.compile(
            r"\b(?:wlan|wi-?fi|wifi)\b[^.!?\n]{0,48}?\b(?:schlüssel|key|clé|clave)\b"
            r"(?:\s?[:=]|\s(?:is|ist|est|es))?\s(?P<value>[\w!@#$%&*+-]{8,64})"
        ),
        re.compile(
            r"\b(?:keypad|digicode|lockbox|key ?box|schlüsselbox|cadenas|padlock|zahlenschloss"
            r"|candado)\b[^.!?\n:]{0,24}?(?:\s?:|\b(?:takes|wants|is|nimmt|will|ist|prend|est|es|pide))"
            r"\s(?P<value>[a-z]?\d[\d-]{2,11}[a-z#*]?)(?![\w:])"
        ),
        re.compile(
            r"\b(?:log(?:ged)? ?in|sign(?:ed)? in|opens?|unlocks?|entra|accede|connecte\w*"
            r"|einlogg\w*"
            r"|anmeld\w*|komme?)\b[^.!?\n]{0,40}?\b(?:with|using|mit|con|avec)\s"
            r"(?:(?:[\w.@-]{2,24}\s?(?:/|and|und|et|y)\s)(?P<value>(?=\S*[\d._-]\w)[a-z]\S{6,40})|"
            r"(?P<alone>(?=[a-z]*\d[a-z\d]*\d)[a-z][a-z\d]{5,40}))"
        ),
        re.compile(
            rf"\b(?:type|enter|press|dial|punch in|key in) {value} (?:at|on|into|for)"
            rf" (?:the|my|our) (?:[\w-]+ ){{0,2}}?(?:{place})s?\b"
        ),
    )


def _lower(text: str) -> str:
    """The text in lower case, character by character."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


@cache
def _nouns() -> re.Pattern[str]:
    """Every noun, each in the group of its kind; for text in lower case."""
    kinds = {
        "seed": alternatives("credential seed"),
        "password": alternatives("credential password"),
        "code": "|".join((alternatives("credential code"), *_codes())),
        "key": alternatives("credential key"),
        "answer": alternatives("credential answer"),
        "login": alternatives("credential login"),
    }
    words = "|".join(f"(?P<{kind}>{told})" for kind, told in kinds.items())
    return re.compile(
        rf"(?<![\w/:@$.-])(?:{words})(?=[\s:=,(\"'“„«’.?–—-]|$)(?!-[^\W\d_])(?![ -]?(?:manag"
        rf"|polic|reset|hash"
        r"|field|length|generat|store\b|vault|file\b|prompt|strength|hint|change|rotat|less|verwalt|regel"
        r"|richtlinie|länge|feld|review|base|server|speicher))"
    )


def _codes() -> Iterator[str]:
    """The nouns of a code or PIN that are made of a place and a word for it."""
    place, house = alternatives("credential place"), alternatives("credential house")
    yield rf"(?:{place}) (?:code|combination|combo|pin)"
    yield (
        r"(?:code|combination|combo)(?: number)?(?= (?:for|of|to|on|at) (?:(?:the|my|our|his|her"
        rf"|their) )?(?:[\w'’-]+ ){{0,3}}?(?:{place})s?\b)"
    )
    yield r"(?:recovery|backup|2fa|two-factor)[ -]codes?"
    yield r"combination|pin(?:[ -](?:code|number|nummer))?|puk|tan|otp|cv[cv]2?|csc"
    yield r"(?:card )?security code"
    yield rf"(?:{house})-?(?:code|kombination|nummer|zahl|pin)s?|kombination"
    yield r"prüf(?:nummer|ziffer)|kartenprüfnummer"
    yield (
        r"code(?= (?:für|von|zum|zur|vom|am|der|des) (?:(?:die|den|das|unsere?n?|meine?n?) )?"
        rf"(?:[\w-]+ )?(?:{house})e?\b)"
    )


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(alternatives(name).split("|"))


def _meant(noun: re.Match[str], text: str, lower: str) -> bool:
    """Whether it is a credential of somebody's: a PIN, not to pin a version; no manager of them."""
    if noun[0] in {"pin", "tan", "csc"}:
        upper = text[noun.start() : noun.end()].isupper()
        mine = noun[0] == "pin" and _MINE.search(lower, max(0, noun.start() - 16), noun.start())
        return upper or bool(mine)
    return not _ABOUT.search(lower, max(0, noun.start() - 24), noun.start())


def _before(text: str, end: int, kind: Kind) -> Iterator[Told]:
    """ "4711 is the door code"."""
    near = text[max(0, end - 50) : end]
    found = any(one in near for one in _IS) and _BACK.search(text, max(0, end - 120), end)
    if not found:
        return
    value, quoted = found["value"].strip(_TRIM), found["value"][0] in _TRIM
    if (quoted and kind != "code") or _chosen(value, kind, linked=True):
        start = found.start("value") + found["value"].find(value)
        yield Told(start=start, end=start + len(value), kind=kind)


def _after(text: str, at: int, last: int, kind: Kind) -> Iterator[Told]:
    """ "the door code is 4711", "door code: 4711", "the door code, 4711"."""
    window = text[at : min(at + _WINDOW, last)].partition("\n\n")[0]
    begun = re.match(r"\s{0,3}[:=?]+|['’]s\b", window)
    tokens = list(_TOKEN.finditer(window, begun.end() if begun else 0))
    linked, loosely, tried = bool(begun), False, 0
    for number, token in enumerate(tokens[: _REACH + 4]):
        word = token[0].lower()
        if linked and (word in _words("credential still") or _links(word)):
            continue
        near = number == 0 or window[: token.start()].rstrip().endswith((",", "(", "–", "—"))
        sure = linked and not loosely
        if (linked or near) and (found := _value(window, tokens, number, kind, linked=sure)):
            yield Told(start=at + found[0], end=at + found[1], kind=kind)
            if more := _MORE.match(window, found[1]):
                yield Told(start=at + more.start("more"), end=at + more.end("more"), kind=kind)
            return
        tried += sure
        said_more = kind == "login" and tried < _NAMES and word not in _SMALL
        if (sure and not said_more) or (word[-1] in ".!?;" and len(word) > 1):
            return
        if not sure:
            loosely = word in _TO
            linked = loosely or _links(word) or word[-1] in ":="


def _links(word: str) -> bool:
    return word in _SIGN_LINKS or word in _words("credential is")


def _value(
    window: str, tokens: list[re.Match[str]], number: int, kind: Kind, *, linked: bool
) -> tuple[int, int] | None:
    """Where the value stands that begins with this token, if it is one."""
    token = tokens[number]
    start, raw = token.start(), token[0]
    if kind == "seed":
        return _phrase(window, start) if linked else None
    if kind == "answer":
        return _answer(window, start) if linked else None
    digits = _DIGITS.match(window, start + len(raw) - len(raw.lstrip(_TRIM)))
    if digits and _numeric(digits[0], kind):
        return digits.span()
    core = re.sub(r"[.,;:)\]]+$", "", raw.strip(_TRIM))
    if kind == "login":
        core = core.rpartition(":")[2].rpartition("/")[2]
    if not core:
        return None
    rest = tokens[number + 1][0] if number + 1 < len(tokens) else ""
    begins = rest[:1].isupper() and rest.lower() in _SMALL  # a sentence, without a stop before it
    ends = begins or bool(_BREAK.search(raw)) or not any(map(str.isalnum, rest))
    plain = linked and ends and kind == "password" and _word_alone(core.lower())
    quoted = linked and token[1] is not None and kind not in {"code", "login"}
    if plain or quoted or _chosen(core, kind, linked=linked):
        begin = start + raw.rfind(core)
        return begin, begin + len(core)
    return None


def _numeric(digits: str, kind: Kind) -> bool:
    count = sum(map(str.isdigit, digits))
    return count >= 3 if kind == "code" else kind == "key" and count >= 16


def _chosen(value: str, kind: Kind, *, linked: bool) -> bool:  # noqa: PLR0911, one a form
    """Whether it looks like nothing but a value: letters with digits, or with signs."""
    if "://" in value or value.startswith(("/", "./", "~/", "$", "%", "{", "<", "--", "@")):
        return False
    digits, letters = any(map(str.isdigit, value)), any(map(str.isalpha, value))
    if value.strip("#*-.").isdigit():
        return 3 <= len(value) <= 12 if kind == "code" else kind == "password" and len(value) >= 4
    if _VERSION.fullmatch(value):
        return False
    if kind == "code":
        return digits and letters and 4 <= len(value) <= 24 and (linked or value.upper() == value)
    signs = not _SIGNS.isdisjoint(value)
    if linked and kind == "password" and _joined(value):
        return True
    if kind == "login":
        return (
            len(value) >= 6
            and not _UUID.fullmatch(value)
            and letters
            and (digits or signs)
            and linked
        )
    return len(value) >= (8 if kind == "key" else 5) and letters and (digits or signs)


def _joined(value: str) -> bool:
    """Words put together as nobody writes them: "seven-Lamps-under-Ice"."""
    return len(value) >= 10 and bool(_JOINED.fullmatch(value)) and not value.istitle()


def _word_alone(word: str) -> bool:
    """A plain word as a password: "the Wi-Fi password is sunflower"."""
    known = word in _words("credential no") or word in _SMALL
    return len(word) >= 4 and word.isalpha() and not known and not _ADJECTIVE.fullmatch(word)


def _answer(window: str, start: int) -> tuple[int, int] | None:
    """Whatever somebody has chosen to answer, to the end of the sentence."""
    told = re.match(r"[^.!?;,\n]{2,60}", window[start:])
    first = told[0].split()[0].lower() if told and told[0].split() else ""
    if not told or first in _words("credential no") or _ADJECTIVE.fullmatch(first):
        return None
    return start, start + len(told[0].rstrip())


def _phrase(window: str, start: int) -> tuple[int, int] | None:
    """Three words or more that make no sentence; or one that looks like a value."""
    words = re.match(r"[\"'“„«]?(?:[^\W\d_]{2,12}[ ,-]+){2,26}[^\W\d_]{2,12}", window[start:])
    if words:
        inside = re.findall(r"[^\W\d_]+", words[0].lower())
        told = sum(word in _SMALL for word in inside) > len(inside) // 6
        return None if told else (start, start + words.end())
    one = re.match(r"\S{6,}", window[start:])
    if one and _chosen(one[0].strip(_TRIM), "password", linked=True):
        return start, start + one.end()
    return None
