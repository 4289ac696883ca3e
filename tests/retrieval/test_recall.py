"""Recall: whose beliefs, in which tier, in which order, and on which day."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from holding import NOW, asked, made, named
from hypothesis import given, settings
from hypothesis import strategies as st

from mindhold.beliefs.model import Belief, State, Type
from mindhold.beliefs.store import Store
from mindhold.retrieval.recall import Recall

Hold = Callable[..., Belief]


@pytest.fixture(params=["index", "tables"])
def recall(request: pytest.FixtureRequest, store: Store) -> Iterator[Recall]:
    """Recall over the store; without an index in the second round."""
    with Recall(store) as opened:
        if request.param == "index":
            opened.catch_up()
        yield opened


class TestTiers:
    def test_pinned_facts_come_whatever_is_said(self, hold: Hold, recall: Recall) -> None:
        hold("valkey", pinned=True)
        assert [b.id for b in asked(recall, "good morning").pinned] == ["b0"]

    def test_a_pinned_fact_that_is_named_is_not_given_twice(
        self, hold: Hold, recall: Recall
    ) -> None:
        hold("valkey", pinned=True)
        assert named(recall, "valkey?") == []

    def test_questions_come_only_when_pinned_and_in_their_own_tier(
        self, hold: Hold, recall: Recall
    ) -> None:
        question = {"type": Type.OPEN_QUESTION, "state": State.OPEN}
        hold("valkey or redis", "valkey", pinned=True, **question)
        hold("tabs or spaces", "tabs", **question)
        found = asked(recall, "valkey? tabs?")
        assert [belief.id for belief in found.questions] == ["b0"]
        assert found.relevant == ()

    def test_what_is_true_everywhere_is_the_prelude_and_never_searched(
        self, hold: Hold, recall: Recall
    ) -> None:
        hold("plain answers", "answers", type=Type.PREFERENCE, scopes=("user:universal",))
        found = asked(recall, "plain answers, please")
        assert [belief.id for belief in found.prelude] == ["b0"]
        assert found.relevant == ()

    def test_expertise_of_the_scope_is_in_the_prelude(self, hold: Hold, recall: Recall) -> None:
        expert = {"type": Type.PREFERENCE, "subtype": "expertise"}
        hold("knows react", "react", **expert)
        hold("knows latin", "latin", scopes=("domain:writing",), **expert)
        found = asked(recall, "react")
        assert ([b.id for b in found.prelude], found.relevant) == (["b0"], ())

    def test_the_prelude_is_ordered_by_pin_hand_and_reinforcement(
        self, hold: Hold, recall: Recall
    ) -> None:
        everywhere = {"scopes": ("user:universal",), "type": Type.PREFERENCE}
        hold("one", **everywhere)
        hold("two", reinforced=5, **everywhere)
        hold("three", user_edited=True, **everywhere)
        hold("four", pinned=True, **everywhere)
        assert [b.id for b in asked(recall, "").prelude] == ["b3", "b2", "b1", "b0"]

    def test_a_relation_brings_what_it_relates_one_hop(self, hold: Hold, recall: Recall) -> None:
        hold("redis")
        hold("login", scopes=("domain:writing",))
        hold("queue", type=Type.OPEN_QUESTION, state=State.OPEN)
        hold("inner relation", type=Type.RELATION, participants=("b0",))
        hold("auth on redis", type=Type.RELATION, participants=("b3", "b1", "b2"))
        assert named(recall, "auth on redis and more") == ["b4", "b0", "b3"]
        assert named(recall, "the auth-on-redis") == ["b4", "b0", "b3"]

    def test_the_budget_goes_to_pinned_then_relevant_then_questions(
        self, hold: Hold, recall: Recall
    ) -> None:
        hold("one", pinned=True)
        hold("valkey")
        hold("open", pinned=True, type=Type.OPEN_QUESTION, state=State.OPEN)
        sizes = [
            (len(found.pinned), len(found.relevant), len(found.questions))
            for most in (0, 1, 2, 3, None)
            for found in [asked(recall, "valkey?", max_beliefs=most)]
        ]
        assert sizes == [(0, 0, 0), (1, 0, 0), (1, 1, 0), (1, 1, 1), (1, 1, 1)]

    def test_what_the_budget_left_out_is_told(self, hold: Hold, recall: Recall) -> None:
        hold("valkey")
        hold("redis")
        (left_out,) = asked(recall, "valkey, redis", max_beliefs=1).rejected
        assert (left_out.id, left_out.rule) == ("b1", "budget")

    def test_a_refused_name_of_a_pinned_belief_is_not_told_as_left_out(
        self, hold: Hold, recall: Recall
    ) -> None:
        hold("cli language", "Go", pinned=True)
        assert asked(recall, "where do we go?").rejected == ()

    def test_in_mode_all_a_small_place_gives_everything_and_a_large_one_what_is_named(
        self, store: Store, hold: Hold
    ) -> None:
        for name in ("valkey", "redis", "memcached"):
            hold(name)
        with Recall(store, mode="all") as everything:
            assert named(everything, "redis?", max_beliefs=3) == ["b1", "b0", "b2"]
            assert named(everything, "redis?", max_beliefs=2) == ["b1"]


class TestPlaces:
    def test_a_domain_is_seen_from_its_subdomain_and_not_the_other_way(
        self, hold: Hold, recall: Recall
    ) -> None:
        hold("valkey")
        hold("redis", scopes=("domain:code/python",))
        assert named(recall, "valkey redis", scopes=("domain:code/python",)) == ["b0", "b1"]
        assert named(recall, "valkey redis") == ["b0"]
        assert named(recall, "valkey redis", scopes=("domain:code/go",)) == ["b0"]

    def test_users_and_agents_see_their_own(self, hold: Hold, recall: Recall) -> None:
        hold("valkey", user="anna")
        hold("valkey", agent="coder")
        hold("valkey")
        assert named(recall, "valkey") == ["b2"]
        assert named(recall, "valkey", agent="coder") == ["b1", "b2"]
        assert named(recall, "valkey", user="anna", agent="coder") == ["b0"]

    def test_a_typing_error_is_judged_by_the_users_own_names(
        self, hold: Hold, recall: Recall
    ) -> None:
        hold("kubernetes")
        hold("kubernetis", user="anna")
        assert named(recall, "kubernetis") == ["b0"]

    @settings(max_examples=25)
    @given(data=st.data())
    def test_nothing_ever_comes_from_another_place(
        self, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        users, agents = (
            st.sampled_from(["local", "anna"]),
            st.sampled_from([None, "coder", "other"]),
        )
        scopes = st.sampled_from(
            ["domain:code", "domain:code/go", "project:shop", "user:universal"]
        )
        with (
            Store.open(tmp_path_factory.mktemp("home")) as store,
            Recall(store) as recall,
        ):
            for number in range(data.draw(st.integers(1, 8))):
                belief = made(
                    f"valkey {number}",
                    "valkey",
                    id=f"b{number}",
                    user=data.draw(users),
                    agent=data.draw(agents),
                    scopes=(data.draw(scopes),),
                    pinned=data.draw(st.booleans()),
                )
                with store.write(actor="test", now=NOW) as write:
                    write.add(belief)
                if data.draw(st.booleans()):
                    recall.catch_up()
            user, agent, scope = data.draw(users), data.draw(agents), data.draw(scopes)
            found = asked(recall, "valkey?", user=user, agent=agent, scopes=(scope,))
            seen = {scope, scope.partition("/")[0], "user:universal"}
            given = {belief.id for belief in (*found.prelude, *found.beliefs())}
            here = {
                belief.id
                for belief in store.select(user=user)
                if belief.agent in {None, agent} and not seen.isdisjoint(belief.scopes)
            }
            assert given == here


class TestWhatIsNotCurrent:
    def test_a_fact_outside_its_days_is_not_given(self, hold: Hold, recall: Recall) -> None:
        hold("valkey", valid_until=date(2026, 1, 1))
        hold("redis", valid_from=date(2026, 1, 2), pinned=True)
        today = asked(recall, "valkey")
        later = asked(recall, "valkey", now=NOW + timedelta(days=1))
        assert ([hit.belief.id for hit in today.relevant], today.pinned) == (["b0"], ())
        assert (later.relevant, [belief.id for belief in later.pinned]) == ((), ["b1"])

    @pytest.mark.parametrize(
        "state", [State.CANDIDATE, State.PENDING, State.RETRACTED, State.EXPIRED]
    )
    def test_only_what_is_live_is_given(self, store: Store, recall: Recall, state: State) -> None:
        with store.write(actor="test", now=NOW) as write:
            write.put(replace(made("valkey", id="b"), state=state, pinned=True))
        found = asked(recall, "valkey")
        assert list(found.beliefs()) == []

    def test_a_muted_alias_names_nothing(self, store: Store, hold: Hold, recall: Recall) -> None:
        hold("cache choice", "valkey", "redis")
        with store.write(actor="owner", now=NOW) as write:
            write.mute("b0", "Valkey")
        assert named(recall, "valkey") == []
        assert named(recall, "redis") == ["b0"]

    def test_a_muted_belief_is_named_by_nothing(
        self, store: Store, hold: Hold, recall: Recall
    ) -> None:
        hold("cache choice", "valkey")
        with store.write(actor="owner", now=NOW) as write:
            write.mute("b0")
        assert named(recall, "valkey cache choice") == []


class TestFind:
    def test_learning_also_sees_questions_and_what_waits(
        self, store: Store, hold: Hold, recall: Recall
    ) -> None:
        hold("valkey")
        hold("valkey or redis", "valkey", type=Type.OPEN_QUESTION, state=State.OPEN)
        with store.write(actor="test", now=NOW) as write:
            write.put(replace(made("valkey cluster", "valkey", id="w"), state=State.CANDIDATE))
            write.put(replace(made("valkey old", "valkey", id="r"), state=State.RETRACTED))
        found = recall.find("valkey", scopes=("domain:code",), user="local", agent=None)
        assert {belief.id for belief in found} == {"b0", "b1", "w"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("😀" * 20_000, id="one emoji, twenty thousand times"),
        pytest.param("a.a.a." * 20_000, id="dotted letters"),
        pytest.param("valkey " * 9_000, id="the name again and again"),
        pytest.param("valkex valkez " * 4_000, id="typing errors"),
        pytest.param("valkey/" * 9_000, id="a path without end"),
        pytest.param("é'" * 30_000, id="accents and apostrophes"),
        pytest.param("数据库" * 20_000, id="characters without spaces"),
        pytest.param("```" * 20_000, id="fences"),
        pytest.param("x" * 1_000_000, id="one word of a megabyte"),
        pytest.param("- valkey\n" * 7_000, id="a list"),
    ],
)
def test_no_text_takes_long(hold: Hold, recall: Recall, text: str) -> None:
    hold("valkey", "数据库", "😀")
    began = time.process_time()
    asked(recall, text)
    assert time.process_time() - began < 10  # what is not linear takes far longer


@pytest.mark.parametrize("where", ["head", "tail"])
def test_a_question_is_read_at_either_end_of_a_very_long_text(
    hold: Hold, recall: Recall, where: str
) -> None:
    hold("valkey")
    filler = "we spoke about many other things and then about more of them. " * 2_000
    text = f"what about valkey? {filler}" if where == "head" else f"{filler} what about valkey?"
    (hit,) = asked(recall, text).relevant
    assert hit.match is not None
    assert text[hit.match.start : hit.match.end] == "valkey"
