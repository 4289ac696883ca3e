"""Every change to a belief: what it leads to, how it is told, and that it can be taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from made import NOW, belief, quote

from mindhold.beliefs.errors import AlreadyDone, Ambiguous, Conflict, Invalid, NotFound, Refused
from mindhold.beliefs.model import Alias, Epistemic, Origin, State, Type
from mindhold.beliefs.store import Store

DAY = timedelta(days=1)


def test_a_successor_is_found_by_the_name_it_replaced(store: Store) -> None:
    with store.write(actor="owner", now=NOW) as write:
        old = write.add(belief("jest", aliases=(Alias(text="test runner"), Alias(text="Jest"))))
        new = write.supersede(old.id, belief("vitest"))
    assert new.aliases == (
        Alias(text="jest", origin=Origin.COUNTER),
        Alias(text="test runner"),
    )
    assert new.supersedes == (old.id,)
    assert store.get(old.id).superseded_by == new.id
    assert store.resolve("Jest") == new
    assert store.resolve("test runner") == new


def test_a_change_undone_leaves_the_successor_superseded_and_redone_not(store: Store) -> None:
    with store.write(actor="owner", now=NOW) as write:
        old = write.add(belief("jest"))
        new = write.supersede(old.id, belief("vitest"))
        assert write.undo(old.id).state is State.ACTIVE
        assert write.get(new.id).state is State.SUPERSEDED
        assert write.get(new.id).superseded_by == old.id
        write.undo()
        assert write.get(new.id).state is State.ACTIVE
        assert write.get(old.id).superseded_by == new.id


def test_a_belief_comes_back_though_its_successor_has_changed_since(store: Store) -> None:
    with store.write(actor="owner", now=NOW) as write:
        old = write.add(belief("jest"))
        new = write.supersede(old.id, belief("vitest"))
        write.pin(new.id)
        assert write.undo(old.id).state is State.ACTIVE
        assert write.get(new.id).state is State.SUPERSEDED
        assert write.get(new.id).pinned


def test_undoing_an_addition_retracts_it(store: Store) -> None:
    with store.write(actor="owner", now=NOW) as write:
        made = write.add(belief())
        assert write.undo().state is State.RETRACTED
        assert write.undo().state is State.ACTIVE
        assert write.get(made.id).version == 3


def test_what_cannot_come_back_says_so_and_changes_nothing(store: Store) -> None:
    with store.write(actor="owner", now=NOW) as write:
        old = write.add(belief("jest"))
        write.retire(old.id)
        write.add(belief("jest"))
    before = store.sequence
    with store.write(actor="owner", now=NOW) as write:
        with pytest.raises(Conflict):
            write.undo(old.id)
        with pytest.raises(NotFound):
            write.undo("nobody")
        with pytest.raises(NotFound):
            write.undo(user="nobody")
    assert store.sequence == before


def test_the_past_is_told_as_it_was(store: Store) -> None:
    with store.write(actor="owner", now=NOW) as write:
        old = write.add(belief("jest"))
    with store.write(actor="owner", now=NOW + DAY) as write:
        new = write.supersede(old.id, belief("vitest"))
    assert list(store.select(at=NOW - DAY)) == []
    assert list(store.select(at=NOW)) == [old]
    assert {b.id: b.state for b in store.select(at=NOW + DAY)} == {
        old.id: State.SUPERSEDED,
        new.id: State.ACTIVE,
    }
    assert list(store.select(at=NOW, states=[State.SUPERSEDED])) == []


def test_history_tells_who_when_and_why(store: Store) -> None:
    with store.write(actor="rules", now=NOW, reason="said") as write:
        made = write.add(belief(evidence=(quote(),)))
    with store.write(actor="owner", now=NOW + DAY) as write:
        write.edit(made.id, content="Vitest runs all tests")
    first, second = store.history(made.id)
    assert (first.actor, first.event, first.reason, first.before) == (
        "rules",
        "added",
        "said",
        None,
    )
    assert (second.actor, second.at, second.before) == ("owner", NOW + DAY, made)
    assert second.after == store.get(made.id)
    assert second.after.user_edited
    assert store.journal(limit=1) == [second]
    assert store.journal(limit=9, before=NOW) == [first]


def test_nothing_changed_is_no_entry(store: Store) -> None:
    with store.write(actor="owner", now=NOW) as write:
        made = write.add(belief(evidence=(quote(),)))
        write.pin(made.id)
        again = write.pin(made.id), write.reinforce(made.id, quote()), write.edit(made.id)
        assert again == (write.get(made.id),) * 3
    assert store.sequence == 2


def test_contested_until_the_owner_decides(store: Store) -> None:
    with store.write(actor="owner", now=NOW) as write:
        old = write.add(belief("runner", content="Jest"))
        new = write.contest(old.id, belief("runner", content="Vitest"))
        assert new.state is State.PENDING
        assert write.get(old.id).state is State.CONTESTED
        write.retire(new.id)
        assert write.get(old.id).state is State.ACTIVE
        new = write.contest(old.id, belief("runner", content="Vitest"))
        assert write.promote(new.id).state is State.ACTIVE
        assert write.get(old.id).superseded_by == new.id


def test_one_of_two_challengers_gone_leaves_a_belief_contested(store: Store) -> None:
    with store.write(actor="owner", now=NOW) as write:
        old = write.add(belief())
        first, second = (write.contest(old.id, belief(content=c)) for c in "xy")
        write.retire(first.id)
        assert write.get(old.id).state is State.CONTESTED
        write.retire(second.id)
        assert write.get(old.id).state is State.ACTIVE


def test_what_only_a_withdrawn_message_taught_goes_and_the_rest_stays(store: Store) -> None:
    with store.write(actor="rules", now=NOW) as write:
        old = write.add(belief("jest", evidence=(quote(fingerprint="f0"),)))
        new = write.supersede(old.id, belief("vitest", evidence=(quote(),)))
        both = write.add(belief("mocha", evidence=(quote(fingerprint="f0"), quote())))
        touched = write.withdraw("f1")
        assert {b.id for b in touched} == {new.id, both.id}
        assert write.get(new.id).state is State.RETRACTED
        assert write.get(old.id).state is State.ACTIVE
        assert write.get(both.id).state is State.ACTIVE
        assert len(write.get(both.id).evidence) == 1
        write.undo()
        assert write.get(old.id).state is State.SUPERSEDED


def test_a_message_is_withdrawn_from_one_conversation_only(store: Store) -> None:
    with store.write(actor="rules", now=NOW) as write:
        evidence = (quote(), quote(conversation="c2"))
        made = write.add(belief(evidence=evidence))
        write.withdraw("f1", conversation="c1")
        assert write.get(made.id).evidence == evidence[1:]
        assert write.withdraw("f1", user="someone else") == ()


def test_a_candidate_said_in_three_conversations_over_two_days_is_held(store: Store) -> None:
    with store.write(actor="rules", now=NOW) as write:
        made = write.add(belief(state=State.CANDIDATE, evidence=(quote(),)))
        said = [("c2", DAY), ("c2", 3 * DAY), ("c3", DAY)]
        states = [
            write.reinforce(made.id, quote(conversation=c, at=NOW + later)).state
            for c, later in said
        ]
    assert states == [State.CANDIDATE, State.CANDIDATE, State.ACTIVE]
    assert store.get(made.id).reinforced == 2


def test_a_question_is_answered_dropped_or_taken_up_again(store: Store) -> None:
    with store.write(actor="owner", now=NOW) as write:
        question = write.add(belief("which_db", type=Type.OPEN_QUESTION))
        answer = write.add(belief("postgres"))
        assert write.resolve(question.id, answer.id).state is State.RESOLVED
        assert write.get(answer.id).resolves == (question.id,)
        write.undo()
        assert write.get(question.id).state is State.OPEN
        assert write.get(answer.id).resolves == ()
        assert write.drop(question.id).state is State.DROPPED


def test_an_exploratory_belief_that_is_edited_to_stated_becomes_active(store: Store) -> None:
    with store.write(actor="owner", now=NOW) as write:
        made = write.add(belief(epistemic=Epistemic.EXPLORATORY))
        assert made.state is State.EXPLORATORY
        assert write.edit(made.id, epistemic=Epistemic.STATED).state is State.ACTIVE
        with pytest.raises(Invalid):
            write.edit(made.id, state=State.ACTIVE)


def test_a_surface_is_muted_and_heard_again(store: Store) -> None:
    with store.write(actor="owner", now=NOW) as write:
        made = write.add(belief("vitest", aliases=(Alias(text="Runner"),)))
        assert write.mute(made.id, "runner").aliases[0].muted
        assert write.mute(made.id, "Vitest").aliases[1].muted
        assert not write.mute(made.id, "runner", on=False).aliases[0].muted
        assert write.mute(made.id).muted
        with pytest.raises(Invalid):
            write.mute(made.id, "unheard of")


def test_a_piece_of_learning_is_applied_once(store: Store) -> None:
    with store.write(actor="owner", now=NOW, job="j") as write:
        write.add(belief())
    with pytest.raises(AlreadyDone), store.write(actor="owner", now=NOW, job="j"):
        pytest.fail("entered")
    failing = store.write(actor="owner", now=NOW, job="k")
    with pytest.raises(NotFound), failing as write:
        write.get("nobody")
    with store.write(actor="owner", now=NOW, job="k") as write:
        write.add(belief("jest"))


def test_only_the_owner_may_hold_something_without_evidence(store: Store) -> None:
    with store.write(actor="rules", now=NOW) as write:
        with pytest.raises(Invalid, match="evidence"):
            write.add(belief())
        assert write.quarantine(belief()).state is State.QUARANTINED
        assert write.add(belief("jest", evidence=(quote(),))).user_edited is False
    with store.write(actor="owner", now=NOW) as write:
        assert write.add(belief()).user_edited


def test_a_successor_of_a_successor_cannot_be_its_own_ancestor(store: Store) -> None:
    with store.write(actor="owner", now=NOW) as write:
        a, b = write.add(belief("a")), write.add(belief("b"))
        write.supersede(a.id, b)
        with pytest.raises(Refused):
            write.supersede(b.id, a)
        with pytest.raises(Refused):
            write.supersede(b.id, b)


def test_a_reference_is_an_id_its_beginning_a_name_or_an_alias(store: Store) -> None:
    with store.write(actor="owner", now=NOW) as write:
        dead = write.add(belief("runner"))
        write.retire(dead.id)
        made = write.add(belief("vitest", id="B-Vitest", aliases=(Alias(text="runner"),)))
        write.add(belief("vitest", agent="helper"))
        write.add(belief("elsewhere", user="someone"))
    for reference in ("B-Vitest", "B-Vi", "runner", "Runner "):
        assert store.resolve(reference) == made
    assert store.resolve(dead.id).state is State.RETRACTED
    with pytest.raises(Exception, match="2 beliefs answer"):
        store.resolve("vitest")
    for reference in ("B-", "", "nobody", "elsewhere"):
        with pytest.raises(NotFound):
            store.resolve(reference)


@pytest.mark.parametrize("stranger", [{"user": "someone"}, {"agent": None}, {"agent": "other"}])
def test_no_belief_changes_one_of_another_user_or_agent(store: Store, stranger: dict) -> None:
    with store.write(actor="owner", now=NOW) as write:
        mine = write.add(belief("mine", agent="helper"))
        asked = write.add(belief("asked", agent="helper", type=Type.OPEN_QUESTION))
        theirs = belief("theirs", **{"agent": "helper", **stranger})
        for change in (write.supersede, write.contest):
            with pytest.raises(Refused):
                change(mine.id, theirs)
        with pytest.raises(Refused):
            write.resolve(asked.id, write.add(theirs).id)


@pytest.mark.parametrize("waiting", [State.PENDING, State.CANDIDATE])
def test_the_owners_hand_admits_what_waited_for_it_in_one_change(
    store: Store, waiting: State
) -> None:
    weak = belief(state=waiting, epistemic=Epistemic.INFERRED, evidence=(quote(),))
    for number, hand in enumerate(("edit", "confirm", "pin")):
        with store.write(actor="rules", now=NOW) as write:
            id = write.add(replace(weak, id=f"b{number}", canonical_name=f"name_{number}")).id
        with store.write(actor="owner", now=NOW) as write:
            if hand == "pin":
                made = write.pin(id)
            elif hand == "edit":
                made = write.edit(id, content="Tests run with Vitest 3")
            else:
                made = write.edit(id, confirmed=True)
                assert made.epistemic is Epistemic.STATED
            assert made.state is State.ACTIVE
            assert write.undo().state is waiting


def test_a_confirmed_challenger_takes_the_place_of_what_it_contested(store: Store) -> None:
    with store.write(actor="owner", now=NOW) as write:
        old = write.add(belief())
        new = write.contest(old.id, belief(content="Tests run with Jest"))
        assert write.edit(new.id, confirmed=True).state is State.ACTIVE
        assert write.get(old.id).superseded_by == new.id
        write.undo()
        assert write.get(old.id).state is State.CONTESTED
        assert write.edit(old.id, confirmed=True).state is State.ACTIVE


def test_a_quarantined_belief_is_admitted_by_a_word_and_not_by_an_edit(store: Store) -> None:
    with store.write(actor="owner", now=NOW) as write:
        id = write.quarantine(belief()).id
        assert write.edit(id, content="Tests run").state is State.QUARANTINED
        assert write.pin(id).state is State.QUARANTINED
        assert write.edit(id, confirmed=True).state is State.ACTIVE
        write.retire(id)
        with pytest.raises(Refused):
            write.edit(id, confirmed=True)
        assert write.get(id).state is State.RETRACTED


def test_what_holds_already_is_confirmed_without_a_change(store: Store) -> None:
    with store.write(actor="owner", now=NOW) as write:
        made = write.add(belief())
        assert write.edit(made.id, confirmed=True) == made
        hedged = write.add(belief("jest", epistemic=Epistemic.EXPLORATORY))
        assert hedged.state is State.EXPLORATORY
        assert write.edit(hedged.id, confirmed=True).state is State.ACTIVE


def test_a_name_means_what_stands_at_the_end_of_what_had_it(store: Store) -> None:
    with store.write(actor="owner", now=NOW) as write:
        old = write.add(belief())
        new = write.supersede(old.id, belief(content="Tests run with Vitest 3"))
        write.retire(new.id)
    assert store.resolve("vitest").id == new.id
    with store.write(actor="owner", now=NOW) as write:
        other = write.add(belief(scopes=("project:blog",)))
        write.retire(other.id)
    with pytest.raises(Ambiguous) as refused:
        store.resolve("vitest")
    assert all(f"{one.id} (retracted)" in str(refused.value) for one in (new, other))
    assert old.id not in str(refused.value)
