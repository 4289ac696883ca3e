"""The state machine, state by state: what each event makes of a belief, and what it refuses."""

import pytest
from made import belief

from mindhold.beliefs.errors import Refused
from mindhold.beliefs.model import LIVE, Epistemic, State, Type
from mindhold.beliefs.states import Event, after, begun

LEADS: dict[Event, dict[str, str]] = {
    Event.PROMOTED: {
        "candidate pending quarantined contested": "active",
    },
    Event.CONTESTED: {"active exploratory contested": "contested"},
    Event.SUPERSEDED: {
        "active exploratory contested open candidate pending": "superseded",
    },
    Event.MERGED: {"active exploratory contested open candidate pending": "superseded"},
    Event.RETIRED: {
        "active exploratory contested open candidate pending quarantined expired": "retracted",
    },
    Event.WITHDRAWN: {
        "active exploratory contested open candidate pending quarantined expired": "retracted",
    },
    Event.REJECTED: {"candidate pending quarantined": "retracted"},
    Event.FORGOTTEN: {" ".join(State): "retracted"},
    Event.ERASED: {" ".join(State): "retracted"},
    Event.EXPIRED: {
        "active exploratory contested open candidate pending quarantined": "expired",
    },
    Event.RESOLVED: {"open": "resolved"},
    Event.DROPPED: {"open": "dropped"},
    Event.RETURNED: {"contested superseded": "active"},
}
CASES = [
    (event, state, next((end for begin, end in ways.items() if state in begin.split()), None))
    for event, ways in LEADS.items()
    for state in State
]


@pytest.mark.parametrize(("event", "state", "end"), CASES)
def test_an_event_leads_where_the_table_says_or_is_refused(
    event: Event, state: State, end: str | None
) -> None:
    if end is None:
        with pytest.raises(Refused, match=state.value):
            after(belief(state=state), event)
    else:
        assert after(belief(state=state), event) == end


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, State.ACTIVE),
        ({"epistemic": Epistemic.EXPLORATORY}, State.EXPLORATORY),
        ({"type": Type.OPEN_QUESTION}, State.OPEN),
        ({"state": State.CANDIDATE}, State.CANDIDATE),
        ({"state": State.PENDING}, State.PENDING),
    ],
    ids=["said", "hedged", "asked", "inferred", "held back"],
)
def test_a_new_belief_begins_as_its_kind_begins(fields: dict, state: State) -> None:
    assert begun(belief(**fields)) is state


@pytest.mark.parametrize(
    "state", [s for s in State if s not in LIVE and s not in {State.PENDING, State.CANDIDATE}]
)
def test_no_belief_begins_at_its_end(state: State) -> None:
    with pytest.raises(Refused):
        begun(belief(state=state))
