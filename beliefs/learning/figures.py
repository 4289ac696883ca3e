"""Figures: the numbers, dates and units of a text, whether another bears them out; pure."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from mindhold.beliefs.learning.telling import same, terms
from mindhold.beliefs.text.normal import normal

_COUNTED = {
    word: str(number)
    for number, spelled in enumerate(
        (
            "zero null cero", "", "two zwei deux dos", "three drei trois tres",
            "four vier quatre cuatro", "five fünf cinq cinco", "six sechs seis",
            "seven sieben sept siete", "eight acht huit ocho", "nine neun neuf nueve",
            "ten zehn dix diez", "eleven elf onze once", "twelve zwölf douze doce",
        )
    )
    for word in map(normal, spelled.split())
} | {"fifteen": "15", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50",
     "sixty": "60", "hundred": "100", "thousand": "1000"}  # fmt: skip
_MONTHS = {
    normal(name): month
    for month, names in enumerate(
        (
            "january jan januar janvier enero", "february feb februar février febrero",
            "march mar märz mars marzo", "april apr avril abril", "may mai mayo",
            "june jun juni juin junio", "july jul juli juillet julio",
            "august aug août agosto", "september sep sept septembre septiembre",
            "october oct oktober octobre octubre", "november nov novembre noviembre",
            "december dec dezember décembre diciembre",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_FIGURE = re.compile(
    r"[<>=~^≥≤]*\s?[$€£¥]?(?<![\w.])v?\d[\w.,:/+-]*[\w+%°]|[<>=~^≥≤]*\s?[$€£¥]?(?<![\w.])v?\d[+%°]?"
)
_NAMED = r"(?P<{m}>[^\W\d_]{{3,10}})\.?"
_DAY = r"(?P<{d}>\d{{1,2}})(?:st|nd|rd|th|\.)?"
_DATES = (
    re.compile(_DAY.format(d="d") + r"\s(?:of\s|de\s)?" + _NAMED.format(m="m") + r"\b"),
    re.compile(_NAMED.format(m="m") + r"\s(?:the\s)?" + _DAY.format(d="d") + r"\b(?!\.\d)"),
    re.compile(r"\b(?:\d{4})-(?P<m>\d\d)-(?P<d>\d\d)\b"),
    re.compile(r"\b(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\d{2,4}\b"),
    re.compile(r"\b(?:am|ab|bis|zum|vom|den)\s(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\."),
    re.compile(r"(?<![\d/])(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:/\d{2,4})?(?![\d/])"),
    re.compile(r"(?<![\d/])(?P<m>\d{1,2})/(?P<d>\d{1,2})(?:/\d{2,4})?(?![\d/])"),
)
_RANGE = re.compile(
    r"(?i)(\d[\d.]*)\s?(?:[-–—]|to|and|bis|und|à|et|a|y)\s?(\d[\d.]*)\b"
)  # "between 5 and 10" is one too
_TO = re.compile(r"[-–—]|\bto\b|\bbis\b|\bà\b")
_BETWEEN = re.compile(r"\b(?:between|from|zwischen|von|entre|de)\s*$")
_MONTH_ENDS = 28
_UNITS = {
    short: unit
    for unit, spelled in {
        "second": "s sec secs second seconds sekunden secondes segundos",
        "minute": "min mins minute minutes minuten minutos",
        "hour": "h hr hrs hour hours stunden heures horas",
        "meter": "m meter meters metre metres metros",
        "kilometer": "km kilometer kilometers kilometre kilometres kilometros",
        "gram": "g gram grams gramm grammes gramos",
        "kilogram": "kg kilo kilos kilogram kilograms",
    }.items()
    for short in spelled.split()
}


def figures(text: str) -> set[str]:
    """The numbers of a text as they are compared; a word for a number is the number."""
    plain = normal(text)
    found = {_plain(match[0]) for match in _FIGURE.finditer(plain)}
    counted = (_COUNTED.get(word) for word in re.findall(r"[^\W\d_]+", plain))
    return found | set(filter(None, counted))


def _plain(figure: str) -> str:
    """Without thousands separators, a v, or an equals sign: 2,000 and 2000 are one."""
    figure = figure.strip().strip(".,:/-").removeprefix("==").removeprefix("v")
    figure = re.sub(r"(?<=\d)-[^\W\d_]+$", "", figure)  # a 90-day period
    return re.sub(r"(?<=\d)[,’'](?=\d{3}\b)", "", figure).replace(" ", "")


def dates(text: str) -> Iterator[tuple[int, int, str]]:
    """Each date of a text that names a day: month, day, and how it is written there."""
    plain = normal(text)
    for shape in _DATES:
        for found in shape.finditer(plain):
            month = _MONTHS.get(found["m"]) if not found["m"].isdigit() else int(found["m"])
            if month and 1 <= month <= 12 and 1 <= int(found["d"]) <= 31:
                yield month, int(found["d"]), found[0]


def strange(text: str, given: str) -> str | None:
    """A number of the text that `given` does not hold, nor a date that says the same."""
    known = figures(given)
    if all(figure in known for figure in figures(text)):
        return None
    said = {(month, day) for month, day, _ in _plainly(given)}
    rest = normal(text)
    for month, day, written in sorted(dates(text), key=lambda one: -len(one[2])):
        if (month, day) in said:
            rest = rest.replace(written, " ")
    return next((figure for figure in figures(rest) if figure not in known), None)


def _plainly(text: str) -> Iterator[tuple[int, int, str]]:
    """The dates of a text that can be read in one way only: 3/14 and no 3/4."""
    readings: dict[str, set[tuple[int, int]]] = {}
    for month, day, written in dates(text):
        readings.setdefault(written, set()).add((month, day))
    for written, days in readings.items():
        if len(days) == 1:
            yield (*days.pop(), written)


def halved(text: str, given: str) -> bool:
    """Whether the text has one end of a range of which `given` has both."""
    ours = figures(text)
    plain = normal(given)
    for found in _RANGE.finditer(plain):
        low, high = found[1].rstrip("."), found[2].rstrip(".")
        between = _BETWEEN.search(plain[max(0, found.start() - 9) : found.start()])
        if (between or _TO.search(found[0])) and (low in ours) != (high in ours):
            return True
    return False


def misplaced(text: str, given: str) -> bool:
    """Whether a number stands beside another word, or another unit, than in `given`."""
    theirs, told = list(dict.fromkeys(_beside(given))), normal(given)
    numbers = {number for number, _, _ in theirs}
    for number, before, after in dict.fromkeys(_beside(text)):
        if number not in numbers:
            continue
        units = (unit for n, _, unit in theirs if n == number)
        if after and after not in told and not any(_unit(after, one) for one in units):
            return True
        if len(numbers) > 1 and _belongs_elsewhere(number, before, theirs):
            return True
    return False


def _belongs_elsewhere(number: str, before: str, theirs: list[tuple[str, str, str]]) -> bool:
    """Whether what stands before the number stands right before another number there."""
    owned = {n for n, b, _ in theirs if b and before and same(b, before)}
    return bool(owned) and number not in owned


def _beside(text: str) -> list[tuple[str, str, str]]:
    """Each number with the telling words that stand right before and right after it."""
    found = []
    every = terms(text)
    for place, term in enumerate(every):
        if not term.raw[:1].isdigit():
            continue
        before, after = "", ""
        if place and _touch(text, every[place - 1].start + len(every[place - 1].raw), term.start):
            before = every[place - 1].word
        if place + 1 < len(every) and _touch(
            text, term.start + len(term.raw), every[place + 1].start
        ):
            after = every[place + 1].word
        found.append((_plain(term.word), before, after))
    return found


def _touch(text: str, end: int, start: int) -> bool:
    return not text[end:start].strip()


def _unit(one: str, other: str) -> bool:
    """Whether both write one unit: min and minutes, GB and gb."""
    return same(one, other) or (one in _UNITS and _UNITS[one] == _UNITS.get(other))


def dated(day: date, said: str, at: date) -> bool:
    """Whether the words name a day, or it is the day on which they were said.

    A month alone means its first day or its last.
    """
    if day == at or str(day) in said:
        return True
    if (day.month, day.day) in {(month, number) for month, number, _ in dates(said)}:
        return str(day.year) in said or abs(day - at) <= timedelta(days=366)
    named = {_MONTHS.get(word) for word in re.findall(r"[^\W\d_]+", normal(said))}
    return day.month in named and (day.day == 1 or day.day >= _MONTH_ENDS)


def units(text: str) -> set[str]:
    """The units of measure that a text names, however they are written."""
    return {_UNITS[word] for word in re.findall(r"[^\W\d_]+", normal(text)) if word in _UNITS}


def unit(word: str) -> str | None:
    """The unit of measure that a compared word stands for."""
    return _UNITS.get(word)


def is_figure(word: str) -> bool:
    """Whether a compared word is a number, however it is written, or the name of a month."""
    return word[:1].isdigit() or word in _COUNTED or word in _MONTHS
