"""Lineage: what a statement does to what is held, from one conversation to the next."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from made import belief, quote

from mindhold.beliefs.learning.deciding import Learned
from mindhold.beliefs.learning.learner import Learner
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.model import LIVE, Alias, Belief, Origin, State, Type
from mindhold.beliefs.scope import UNIVERSAL
from mindhold.beliefs.store import Store

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
HERE = ("project:shop", "domain:code")
ME = (UNIVERSAL,)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        yield opened


def say(store: Store, *said: str, **where: object) -> Learned:
    """One conversation for each text, a day apart; what came of the last."""
    learned = Learned()
    for text in said:
        number = store.database.rows("SELECT count(*) FROM jobs")[0][0]
        given = {
            "scopes": HERE, "conversation": f"c{number}",
            "at": AT + timedelta(days=number), **where,
        }  # fmt: skip
        learned = Learner(store, zone=UTC).learn(Said(text=text, **given))  # type: ignore[arg-type]
    return learned


def hold(store: Store, content: str, *aliases: str, **fields: object) -> Belief:
    """Something that is held already."""
    given = {
        "content": content, "aliases": tuple(Alias(text=alias) for alias in aliases),
        "evidence": (quote(content, fingerprint="before", conversation="before"),), **fields,
    }  # fmt: skip
    with store.write(actor="rules", now=AT) as write:
        return write.add(belief(**given))  # type: ignore[arg-type]


def told(store: Store, *states: State) -> list[str]:
    return [one.content for one in store.select(states=states or LIVE)]


class TestAChangeReplacesTheRightBelief:
    def test_of_two_that_name_it_the_one_that_is_about_it(self, store: Store) -> None:
        mocks = hold(store, "Mock timers with Jest's fake ones.", "fake timers", "Jest", name="t")
        runner = hold(store, "We use Jest.", "test runner", "Jest", name="test_runner")
        say(store, "We replaced Jest with Vitest.")
        assert store.get(runner.id).state is State.SUPERSEDED
        assert store.get(mocks.id).state is State.ACTIVE
        assert store.get(mocks.id).review_by == (AT + timedelta(days=0)).date()

    def test_of_two_that_only_use_it_neither(self, store: Store) -> None:
        one = hold(store, "Coverage reports are made with Jest.", "coverage", "Jest", name="cov")
        other = hold(store, "Mock timers with Jest's fake ones.", "timers", "Jest", name="timers")
        say(store, "We replaced Jest with Vitest.")
        assert {store.get(each.id).state for each in (one, other)} == {State.ACTIVE}
        (vitest,) = [one for one in store.select() if one.canonical_name == "vitest"]
        assert "Jest" in {a.text for a in vitest.aliases if a.origin is Origin.COUNTER}

    def test_by_a_part_of_its_name(self, store: Store) -> None:
        old = hold(store, "The campaign is played with D&D 5e.", "D&D 5e", name="rules_system")
        say(store, "We replaced 5e with Pathfinder.")
        assert store.get(old.id).state is State.SUPERSEDED

    def test_what_ends_and_what_begins_in_one_breath_are_one_change(self, store: Store) -> None:
        for number, text in enumerate(
            (
                "We no longer use webpack, we switched to Vite.",
                "We no longer use webpack. We've switched to Vite.",
            )
        ):
            where = (f"project:p{number}",)
            old = hold(store, "We use webpack.", "webpack", name="webpack", scopes=where)
            say(store, text, scopes=where)
            (new,) = store.select(scopes=where, states={State.ACTIVE})
            assert new.canonical_name == "vite"
            assert store.get(old.id).superseded_by == new.id

    def test_back_to_what_a_belief_tells_of_leaving(self, store: Store) -> None:
        old = hold(store, "We moved from RabbitMQ to NATS.", "NATS", name="nats")
        say(store, "We went back to RabbitMQ.")
        assert store.get(old.id).state is State.SUPERSEDED

    @pytest.mark.parametrize(
        "text",
        [
            "We said goodbye to Orbis. We've switched to Epic.",
            "Orbis is out. We use Epic now.",
        ],
    )
    def test_what_is_said_to_be_over_gives_way_to_what_begins(
        self, store: Store, text: str
    ) -> None:
        old = hold(store, "We chart in Orbis.", "Orbis", name="charting", type=Type.ENTITY)
        found = lambda *_: [store.get(old.id)]  # noqa: E731, an index of one
        said = Said(text=text, scopes=HERE, conversation="c", at=AT)
        Learner(store, find=found, zone=UTC).learn(said)
        assert store.get(old.id).state is State.SUPERSEDED

    @pytest.mark.parametrize(
        "text",
        [
            "Orbis is slow. We use Epic for billing.",
            "We use Epic now, and Orbis stays for the archive.",
            "Is Orbis history? We use Epic now.",
        ],
    )
    def test_and_what_is_not_said_to_be_over_stays(self, store: Store, text: str) -> None:
        old = hold(store, "We chart in Orbis.", "Orbis", name="charting", type=Type.ENTITY)
        found = lambda *_: [store.get(old.id)]  # noqa: E731, an index of one
        said = Said(text=text, scopes=HERE, conversation="c", at=AT)
        Learner(store, find=found, zone=UTC).learn(said)
        assert store.get(old.id).state is State.ACTIVE

    def test_what_has_nothing_to_do_with_it_does_not_follow_it(self, store: Store) -> None:
        old = hold(store, "We use webpack.", "webpack", name="webpack")
        say(store, "We no longer use webpack. We decided to deploy on Fridays.")
        assert store.get(old.id).state is State.RETRACTED

    def test_back_to_what_was_replaced(self, store: Store) -> None:
        say(store, "We moved from RabbitMQ to NATS.", "We went back to RabbitMQ.")
        (back,) = store.select(states={State.ACTIVE})
        assert back.canonical_name == "rabbitmq"
        assert store.get(back.supersedes[0]).canonical_name == "nats"

    def test_to_use_what_was_left_contradicts_having_left_it(self, store: Store) -> None:
        say(store, "We moved from RabbitMQ to NATS.", "We use RabbitMQ.")
        assert told(store, State.CONTESTED) == ["Moved from RabbitMQ to NATS."]
        assert told(store, State.PENDING) == ["We use RabbitMQ."]

    @pytest.mark.parametrize(
        ("first", "then", "left"),
        [
            ("We deploy to Fly.io.", "We deploy to Hetzner now.", 1),
            ("We deploy to Fly.io.", "We deploy to Hetzner.", 2),
            ("We deploy to Fly.io.", "We also deploy to Hetzner now.", 2),
            ("We decided to test on Chrome.", "We decided to test on Firefox.", 2),
            ("We use npm.", "We use Postgres now.", 2),
            ("Call me Ada.", "Call me Kat from now on.", 1),
            ("I'm vegan.", "I'm vegetarian now.", 1),
        ],
    )
    def test_the_same_said_of_another_thing_with_a_word_of_change(
        self, store: Store, first: str, then: str, left: int
    ) -> None:
        say(store, first, then)
        assert len(told(store, State.ACTIVE)) == left

    def test_a_second_use_of_it_is_no_contradiction(self, store: Store) -> None:
        say(store, "We moved from Jest to Vitest.", "We use Jest for the legacy admin.")
        assert len(told(store, State.ACTIVE)) == 2


class TestAGuessAndAFact:
    def test_a_guess_with_a_word_of_change_replaces_the_fact(self, store: Store) -> None:
        hold(store, "I live in Berlin.", "Berlin", name="user_place", type=Type.ENTITY, scopes=ME)
        hold(store, "My commute is short.", "commute", name="commute", type=Type.ENTITY, scopes=ME)
        say(store, "I live in Hamburg now.")
        assert told(store, State.SUPERSEDED) == ["I live in Berlin."]
        (commute,) = [one for one in store.select() if one.canonical_name == "commute"]
        assert commute.review_by == AT.date()

    def test_and_without_one_it_changes_nothing(self, store: Store) -> None:
        hold(store, "I live in Berlin.", "Berlin", name="user_place", type=Type.ENTITY, scopes=ME)
        say(store, "I live in Hamburg.")
        assert told(store) == ["I live in Berlin."]


class TestMoreOfTheSame:
    def test_makes_it_more_exact(self, store: Store) -> None:
        say(store, "We use Postgres.", "We use Postgres 16.")
        (made,) = store.select()
        assert (made.content, made.reinforced) == ("We use Postgres 16.", 1)

    def test_another_version_is_another_fact(self, store: Store) -> None:
        say(store, "We use Python 3.11.", "We use Python 3.12 now.")
        assert told(store, State.SUPERSEDED) == ["We use Python 3.11."]

    def test_leaves_the_words_of_its_owner(self, store: Store) -> None:
        (made,) = say(store, "We use Postgres.").beliefs
        with store.write(actor="owner", now=AT) as write:
            write.edit(made.id, why_it_matters="Use Postgres, and nothing else.")
        say(store, "We use Postgres 16.")
        assert store.get(made.id).content == "We use Postgres."

    def test_the_same_day_for_another_thing_is_no_doubt(self, store: Store) -> None:
        say(store, "Our deploy day is Monday.", "Our standup day is Friday.")
        assert len(told(store, State.ACTIVE)) == 2


class TestWhatIsContestedIsSettledByALaterWord:
    @pytest.fixture
    def day(self, store: Store) -> str:
        say(store, "Our deploy day is Monday.", "Our deploy day is Friday.")
        (doubted,) = store.select(states={State.CONTESTED})
        return doubted.id

    def test_for_the_newcomer(self, store: Store, day: str) -> None:
        say(store, "As I said, our deploy day is Friday.")
        assert told(store) == ["Our deploy day is Friday."]
        assert store.get(day).state is State.SUPERSEDED

    def test_for_what_was_held(self, store: Store, day: str) -> None:
        say(store, "No really, our deploy day is Monday.")
        assert told(store, State.ACTIVE) == ["Our deploy day is Monday."]
        assert told(store, State.PENDING) == []
        assert store.get(day).state is State.ACTIVE

    def test_by_a_change_to_a_third(self, store: Store, day: str) -> None:
        say(store, "Our deploy day is now Tuesday.")
        assert told(store) == ["Our deploy day is now Tuesday."]
        assert told(store, State.PENDING, State.CONTESTED) == []

    def test_not_by_the_same_message_sent_again(self, store: Store, day: str) -> None:
        before = store.sequence
        learner = Learner(store, zone=UTC)
        learner.learn(Said(text="Our deploy day is Friday.", scopes=HERE, conversation="c1", at=AT))
        assert store.sequence == before

    def test_not_while_its_owner_wants_to_see_everything_first(
        self, store: Store, day: str
    ) -> None:
        learner = Learner(store, mode="curated", zone=UTC)
        learner.learn(
            Said(text="As said, our deploy day is Friday.", scopes=HERE, conversation="x", at=AT)
        )
        assert store.get(day).state is State.CONTESTED


class TestAQuestionIsAnswered:
    @pytest.mark.parametrize(
        ("question", "answer"),
        [
            ("We're torn between Iceberg and Delta.", "We settled on Iceberg."),
            (
                "I'm torn between an injunction and a plain claim for damages.",
                "We've decided on the damages claim.",
            ),
            ("We haven't decided whether to use Kafka.", "We decided to use Kafka."),
        ],
    )
    def test_by_a_decision_for_one_of_its_options(
        self, store: Store, question: str, answer: str
    ) -> None:
        say(store, question, answer)
        (resolved,) = store.select(states={State.RESOLVED})
        (decided,) = store.select(states={State.ACTIVE})
        assert decided.resolves == (resolved.id,)

    @pytest.mark.parametrize(
        "said",
        [
            "We decided to write tests with pytest.",
            "We settled on green for the buttons.",
            "We use Iceberg lettuce in the salad.",
        ],
    )
    def test_not_by_another_decision(self, store: Store, said: str) -> None:
        say(store, "We're torn between Iceberg and Delta.", said)
        assert told(store, State.OPEN) == ["We're torn between Iceberg and Delta."]

    def test_or_dropped(self, store: Store) -> None:
        say(store, "We're torn between Iceberg and Delta.", "Forget the question about Iceberg.")
        assert len(told(store, State.DROPPED)) == 1


class TestALessonIsOver:
    @pytest.mark.parametrize(
        ("lesson", "then"),
        [
            (
                "Next time run the migration first.",
                "Running the migration first is no longer needed.",
            ),
            ("Next time run the migration first.", "We no longer need to run the migration first."),
            ("That fix did not work because the cache is shared.", "That fix did work after all."),
            (
                "Lesson learned: preheat the board before reflow.",
                "You don't have to preheat the board any more.",
            ),
            (
                "What finally worked was pinning numpy to 1.26.",
                "Pinning numpy is no longer necessary.",
            ),
            (
                "Don't proof the dough in the oven again, it dried out both times.",
                "Proofing the dough in the oven works after all.",
            ),
        ],
    )
    def test_when_it_is_contradicted(self, store: Store, lesson: str, then: str) -> None:
        say(store, lesson)
        assert len(told(store, State.ACTIVE)) == 1
        say(store, then)
        assert told(store) == []
        assert len(told(store, State.RETRACTED)) == 1

    @pytest.mark.parametrize(
        "then",
        [
            "Is running the migration first no longer needed?",
            "The seed data is no longer needed.",
            "If running the migration first is no longer needed, tell me.",
            "The vendor says running the migration first is no longer needed.",
            "A cover letter is not required.",
            "The backup did work after all.",
        ],
    )
    def test_and_by_nothing_else(self, store: Store, then: str) -> None:
        say(store, "Next time run the migration first.", then)
        assert len(told(store, State.ACTIVE)) == 1

    def test_of_two_that_may_be_meant_neither(self, store: Store) -> None:
        say(store, "That fix did not work because the cache is shared.")
        say(store, "The other fix did not work because the lock is global.")
        say(store, "That fix did work after all.")
        assert len(told(store, State.ACTIVE)) == 2


class TestOneTasteTakesThePlaceOfAnother:
    @pytest.mark.parametrize(
        ("first", "then"),
        [
            ("I prefer tabs.", "I prefer spaces."),
            ("Always answer in German.", "Always answer in English."),
            ("Always use metric units.", "Always use imperial units."),
            ("I prefer dark mode.", "I prefer light mode."),
        ],
    )
    def test_without_a_word_of_change_it_is_in_doubt(
        self, store: Store, first: str, then: str
    ) -> None:
        for text in (first, then):
            say(store, text)
        (doubted,), (waits,) = (
            list(store.select(states={state})) for state in (State.CONTESTED, State.PENDING)
        )
        assert doubted.evidence[0].quote == first
        assert waits.evidence[0].quote == then

    @pytest.mark.parametrize(
        ("first", "then"),
        [
            ("I prefer tabs.", "I prefer spaces now."),
            ("Always answer in German.", "From now on, always answer in English."),
        ],
    )
    def test_with_one_it_is_replaced(self, store: Store, first: str, then: str) -> None:
        say(store, first, then)
        assert len(told(store)) == 1
        (old,) = store.select(states={State.SUPERSEDED})
        assert old.evidence[0].quote == first

    @pytest.mark.parametrize(
        ("first", "then"),
        [
            ("I prefer tabs.", "I prefer tea."),
            ("Always answer in German.", "Always write commit messages in English."),
            ("I prefer tabs.", "I prefer spaces in Python."),
            ("I prefer short answers.", "I prefer dark mode."),
        ],
    )
    def test_two_tastes_for_two_things_stand_side_by_side(
        self, store: Store, first: str, then: str
    ) -> None:
        say(store, first, then)
        assert len(told(store, State.ACTIVE)) == 2
