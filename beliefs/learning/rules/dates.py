"""Dates: from when and until when a statement says that it holds; pure."""

import re
from datetime import date, timedelta

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH = "|".join(_MONTHS)
_DAY = (
    rf"(?:(?:the )?(?P<end>end of )?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?"
    rf" )?(?P<month>{_MONTH})"
    r"(?: (?P<after>\d{1,2})(?:st|nd|rd|th)?\b)?(?:,? (?P<year>20\d\d))?"
    r"|(?P<iso>20\d\d-\d\d-\d\d))\b"
)
_UNTIL = re.compile(
    rf"(?i)\b(?:until|till|through|up to(?: and including)?|valid to|before) {_DAY}"
)
_FROM = re.compile(rf"(?i)\b(?:from|starting(?: on)?|as of|beginning(?: on)?|effective) {_DAY}")


def until(text: str, today: date) -> date | None:
    """The last day on which it holds; a day without a year is the next one."""
    found = _UNTIL.search(text)
    return _day(found, today, last=True) if found else None


def since(text: str, today: date) -> date | None:
    """The first day on which it holds."""
    found = _FROM.search(text)
    return _day(found, today, last=False) if found else None


def timeless(text: str) -> str:
    """The text without from when and until when it holds."""
    return " ".join(_FROM.sub(" ", _UNTIL.sub(" ", text)).split())


def _day(found: re.Match[str], today: date, *, last: bool) -> date | None:
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        month = _MONTHS.index(found["month"].lower()) + 1
        given = found["day"] or found["after"]
        year = int(found["year"] or today.year)
        made = date(year, month, int(given)) if given else _edge(year, month, last=last)
        past = last and made < today and not found["year"]
        return made.replace(year=year + 1) if past else made
    except ValueError:
        return None


def _edge(year: int, month: int, *, last: bool) -> date:
    if not last:
        return date(year, month, 1)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
