"""Review: when the owner is asked whether something still is so, and who moves that day."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from made import NOW, belief, quote

from mindhold.beliefs.horizons import horizon
from mindhold.beliefs.model import Belief, Epistemic, State, Type
from mindhold.beliefs.store import Store

TODAY = NOW.date()
EXPLORED = Epistemic.EXPLORATORY


def days(count: int) -> date:
    return TODAY + timedelta(days=count)


@pytest.mark.parametrize(
    ("after", "type_", "content"),
    [
        (180, Type.ENTITY, "I live in Lisbon."),
        (180, Type.ENTITY, "I work at Nordlys."),
        (180, Type.ENTITY, "Our database is MariaDB."),
        (180, Type.ENTITY, "The laptop runs Debian 12.5."),
        (180, Type.RELATION, "Dana is my manager at the office in Porto."),
        (180, Type.DECISION, "We use Python 3.12."),
        (365, Type.DECISION, "We decided to write decisions down."),
        (None, Type.ENTITY, "The user's name is Ada."),
        (None, Type.ENTITY, "Ilya is the detective."),
        (None, Type.PREFERENCE, "I prefer short answers."),
        (None, Type.PREFERENCE, "I'm vegan."),
        (None, Type.LESSON, "Run the migration first."),
        (30, Type.OPEN_QUESTION, "Iceberg or Delta?"),
    ],
)
def test_each_kind_is_looked_at_again_when_it_may_be_stale(
    after: int | None, type_: Type, content: str
) -> None:
    assert horizon(belief("what", type=type_, content=content)) == (after and timedelta(days=after))


def test_what_is_being_tried_is_looked_at_after_a_month(store: Store) -> None:
    with store.write(actor="owner", now=NOW) as write:
        made = write.add(belief(epistemic=EXPLORED))
        assert made.review_by == days(30)
        assert write.edit(made.id, epistemic=Epistemic.STATED).review_by == days(365)


def test_what_only_waits_has_no_horizon_before_it_is_admitted(store: Store) -> None:
    with store.write(actor="rules", now=NOW) as write:
        made = write.add(belief(state=State.PENDING, evidence=(quote(),)))
        assert made.review_by is None
    with store.write(actor="owner", now=NOW + timedelta(days=9)) as write:
        assert write.edit(made.id, confirmed=True).review_by == days(9 + 365)


def test_said_again_it_is_asked_about_later_and_a_later_day_stays(store: Store) -> None:
    def again(day: int, conversation: str) -> Belief:
        at = NOW + timedelta(days=day)
        with store.write(actor="rules", now=at) as write:
            return write.reinforce(made.id, quote(conversation=conversation, at=at))

    with store.write(actor="owner", now=NOW) as write:
        made = write.add(belief())
    assert again(100, "c2").review_by == days(465)
    with store.write(actor="owner", now=NOW) as write:
        write.schedule(made.id, days(999))
    assert again(200, "c3").review_by == days(999)


def test_a_successor_has_its_own_horizon_and_a_given_day_stays(store: Store) -> None:
    with store.write(actor="owner", now=NOW) as write:
        old = write.add(belief("jest", review_by=days(3)))
        assert old.review_by == days(3)
        assert write.supersede(old.id, belief("vitest")).review_by == days(365)


def test_the_day_is_the_day_where_its_owner_is(store: Store) -> None:
    late = datetime(2026, 3, 1, 23, tzinfo=UTC).astimezone(timezone(timedelta(hours=2)))
    with store.write(actor="owner", now=late) as write:
        made = write.add(belief())
    assert made.review_by == date(2027, 3, 2)
    assert store.get(made.id).updated_at.tzinfo is UTC


def test_a_flag_makes_the_review_due_and_changes_nothing_else(store: Store) -> None:
    with store.write(actor="owner", now=NOW) as write:
        made = write.add(belief())
    with store.write(actor="learning", now=NOW + timedelta(days=1)) as write:
        flagged = write.flag(made.id)
        assert (flagged.review_by, flagged.state) == (days(1), made.state)
        assert flagged.content == made.content
        assert write.flag(made.id) == flagged
    assert [entry.event for entry in store.history(made.id)] == ["added", "flagged"]


def test_a_review_is_put_off_renewed_and_either_is_taken_back(store: Store) -> None:
    with store.write(actor="owner", now=NOW) as write:
        made = write.add(belief(user_edited=False, evidence=(quote(),)))
        assert write.schedule(made.id, days(14)).review_by == days(14)
        assert write.undo(made.id).review_by == days(365)
        write.flag(made.id)
        renewed = write.schedule(made.id)
        assert renewed.review_by == days(365)
        assert not renewed.user_edited, "to look at it is not to edit it"
        assert write.undo(made.id).review_by == TODAY


def test_to_confirm_what_is_due_renews_it_and_leaves_it_free_to_change(store: Store) -> None:
    with store.write(actor="rules", now=NOW) as write:
        made = write.add(belief(evidence=(quote(),)))
        write.flag(made.id)
    with store.write(actor="owner", now=NOW) as write:
        confirmed = write.edit(made.id, confirmed=True)
        assert (confirmed.review_by, confirmed.user_edited) == (days(365), False)
        assert write.edit(made.id, confirmed=True) == confirmed
