"""A weekday or a month as the date: on Monday, in May, the Monday list."""

from collections.abc import Iterator

from mindhold.retrieval.sense.capitals import MONTHS, WEEKDAYS
from mindhold.retrieval.sense.classes import INDEFINITE, OWNERS
from mindhold.retrieval.sense.english import modifies
from mindhold.retrieval.sense.evidence import Evidence
from mindhold.retrieval.sense.place import Place

_WHEN = frozenset(
    """
    by until till since before after during through this next last every each early mid late of
    from
    """.split()  # noqa: SIM905 (reads better)
)
_WITH_WEEKDAYS = _WHEN | frozenset(["on", "to", "for", "come", "comes", "coming"])
_WITH_MONTHS = _WHEN | frozenset(["in"])

_FRONTS = INDEFINITE | OWNERS | {"", "the"}


def date(place: Place) -> Iterator[Evidence]:
    """The evidence that the word says when."""
    before = place.left()
    if place.word in WEEKDAYS:
        dated = before in _WITH_WEEKDAYS or (before in _FRONTS and modifies(place))
    elif place.word in MONTHS:
        number = place.right()
        dated = before in _WITH_MONTHS or before.isdecimal() or number[:-2].isdecimal()
    else:
        return
    if dated:
        yield Evidence(kind="date", words=f"{place.quoted()} is a date", share=2.0)
