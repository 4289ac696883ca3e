"""Horizons: how long what is held goes without a question whether it still is so; pure.

Nothing decays: when the day has come the owner is asked, and the belief goes on meanwhile.
"""

import re
from dataclasses import replace
from datetime import date, timedelta

from mindhold.beliefs.model import Belief, Epistemic, Type
from mindhold.beliefs.states import Event

_UNSETTLED = timedelta(days=30)
_CHANGEABLE = timedelta(days=180)
_DECIDED = timedelta(days=365)
_VERSION = re.compile(r"(?i)\b(?:v(?:ersion )?\d+|[a-z][\w+#-]* \d+\.\d+)\b")
_PASSING = re.compile(
    r"(?i)\b(?:employ(?:er|ed)|work(?:s|ing|place)?|job|role|company|office|team|freelance\w*"
    r"|lives?|living|based|city|town|village|home|house|flat|apartment|address|neighbou?rhood"
    r"|commut\w*|location|located|time ?zone|country"
    r"|version|release|upgrade|tools?|stack|frameworks?|librar(?:y|ies)|database|db|warehouse"
    r"|runtime|language|compiler|bundler|linter|formatter|runner|editor|ide|shell|terminal"
    r"|cloud|host(?:ed|ing|s)?|servers?|cluster|registry|broker|queue|cache|orm|ci|pipeline"
    r"|scheduler|dashboard|tracker|crm|browser|phone|laptop|computer|printer|slicer|firmware"
    r"|kernel|distro|operating system|engine|camera|car|router|api|model)\b"
)
_CONFIRMING = frozenset(
    {
        Event.ADDED, Event.SUCCEEDED, Event.PROMOTED, Event.REINFORCED, Event.EDITED,
        Event.RETURNED,
    }
)  # fmt: skip


def horizon(belief: Belief) -> timedelta | None:
    """After how long a belief of its kind is looked at again; None is never.

    What is unsettled after 30 days; employer, location, versions and tools after 180; decisions
    after 365; taste, style and what the user is, never.
    """
    if belief.type is Type.OPEN_QUESTION or belief.epistemic is Epistemic.EXPLORATORY:
        return _UNSETTLED
    told = f"{belief.canonical_name.replace('_', ' ')} {belief.content}"
    if belief.type is Type.DECISION:
        return _CHANGEABLE if _VERSION.search(told) else _DECIDED
    if belief.type in {Type.ENTITY, Type.RELATION} and (
        _PASSING.search(told) or _VERSION.search(told)
    ):
        return _CHANGEABLE
    return None


def renewed(belief: Belief, today: date) -> date | None:
    """The day of the next review once it is known to be so today; a later one stays."""
    span = horizon(belief)
    later = belief.review_by if belief.review_by and belief.review_by > today else None
    return max((day for day in (later, span and today + span) if day), default=None)


def scheduled(before: Belief | None, made: Belief, event: Event, today: date) -> Belief:
    """With its review set where the step says that it is so; a date that the step gives stays."""
    if event not in _CONFIRMING or not made.live:
        return made
    given = before.review_by if before else None
    return made if made.review_by != given else replace(made, review_by=renewed(made, today))
