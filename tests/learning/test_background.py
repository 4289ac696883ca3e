"""The background extractor without a wire: what waits, what is asked, what an answer may do."""

import json
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mindhold.beliefs import switches
from mindhold.beliefs.errors import Invalid
from mindhold.beliefs.learning.background import calls
from mindhold.beliefs.learning.background.answer import read
from mindhold.beliefs.learning.background.batch import batch
from mindhold.beliefs.learning.background.budget import Limits, Model, Spent, room
from mindhold.beliefs.learning.background.circuit import REST, THRESHOLD, Ended, circuit
from mindhold.beliefs.learning.background.contract import schema, shape
from mindhold.beliefs.learning.background.desk import Desk, Job, Reply
from mindhold.beliefs.learning.background.prompt import prompt
from mindhold.beliefs.learning.background.turn import Turn, turn_of
from mindhold.beliefs.learning.background.waiting import Pace, Waiting, count
from mindhold.beliefs.learning.deciding import Learned
from mindhold.beliefs.learning.heard import hear
from mindhold.beliefs.learning.learner import Learner
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.model import Belief, State
from mindhold.beliefs.store import Store
from mindhold.beliefs.text.machine import machine_made
from mindhold.retrieval.budget import estimate

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
SCOPES = ("project:shop", "domain:code")
SECRET = "sk-proj-" + "aB3dE5fG7h" * 4
WAITS = "We keep our invoices in Lexoffice, all of them."
TINY = Model(upstream="local", model="tiny")
LEXOFFICE: dict[str, Any] = {
    "type": "decision",
    "canonical_name": "invoices",
    "content": "We keep our invoices in Lexoffice.",
    "why_it_matters": "Look for invoices in Lexoffice.",
    "confidence": 0.9,
    "aliases": ["Lexoffice", "invoices"],
    "evidence": [1],
}


class Place:
    """A store whose turns wait for a model, and the desk in front of it."""

    def __init__(self, store: Store, limits: Limits | None = None, *, rules: bool = False) -> None:
        self.store = store
        self.found = 0
        self.broken = False
        self.waiting = Waiting(store.database, pace=Pace())
        self.learner = Learner(store, rules=rules, later=self.waiting, find=self._find)
        model = replace(TINY, **asdict(limits or Limits()))
        self.desk = Desk(
            store, self.learner, self.waiting, model, estimate=estimate, find=self._find,
            day=lambda now: now.replace(hour=0, minute=0, second=0, microsecond=0),
        )  # fmt: skip

    def _find(self, _: str, __: Said) -> Sequence[Belief]:
        self.found += 1
        if self.broken:
            raise RuntimeError("secret words")
        return list(self.store.select())

    def say(self, text: str, second: int = 0, **where: Any) -> Learned:
        given = {"scopes": SCOPES, "conversation": "one", "turn": str(second), **where}
        return self.learner.learn(Said(text=text, at=AT + timedelta(seconds=second), **given))

    def job(self, second: int = 100) -> Job:
        job = self.desk.next(AT + timedelta(seconds=second))
        assert job is not None
        return job

    def answer(self, job: Job, **made: Any) -> list[Learned]:
        text = json.dumps(made)
        return self.desk.answered(job, Reply(text=text), AT + timedelta(seconds=200), ms=9)

    def held(self) -> list[str]:
        return [belief.content for belief in self.store.select() if belief.live]

    def reasons(self, extractor: str = "background") -> list[str]:
        sql = "SELECT reason FROM decisions WHERE extractor = ? ORDER BY id"
        return [row[0] for row in self.store.database.rows(sql, extractor)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def place(store: Store) -> Place:
    return Place(store)


def turn(text: str, **where: Any) -> Turn:
    said = Said(text=text, scopes=SCOPES, at=AT, conversation="one", **where)
    return turn_of(hear(said), key=b"k" * 32, fingerprint="f")


def asked(*texts: str, **where: Any) -> str:
    return prompt(batch([turn(text, **where) for text in texts]), []).user


# What a model is shown


def test_a_model_sees_numbered_sentences_of_the_users_own_words() -> None:
    told = asked("We use Postgres. I prefer short answers.", "We deploy on Fridays.")
    lines = [line for line in told.splitlines() if line[0].isdigit()]
    assert lines == [
        "1. We use Postgres.", "2. I prefer short answers.", "3. We deploy on Fridays.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("pasted", "told"),
    [
        ("```sql\nselect zanzibar;\nselect 2;\n```", "[code]"),
        ("> the zanzibar is ours", "[quote]"),
        ('He wrote: "we want the zanzibar in all of our new services".', "[quote]"),
        (f"The zanzibar's key is {SECRET}.", "[secret]"),
    ],
    ids=["fenced code", "a blockquote", "a quotation", "a credential"],
)
def test_what_is_not_the_users_own_is_only_named(pasted: str, told: str) -> None:
    shown = asked(f"We use Postgres.\n{pasted}\nWe like it.")
    assert told in shown
    assert SECRET not in shown
    if told != "[secret]":
        assert "zanzibar" not in shown


def test_the_answer_before_is_cut_and_is_no_evidence(place: Place) -> None:
    place.say(WAITS, answer="Zanzibar is best. " * 100)
    job = place.job()
    (line,) = (one for one in job.prompt.user.splitlines() if one.startswith("Assistant: "))
    assert len(line) == len("Assistant: ") + 400
    lie = LEXOFFICE | {"evidence": ["Zanzibar is best."], "content": "Zanzibar is best."}
    place.answer(job, new_beliefs=[lie])
    assert place.held() == []


def test_what_is_held_near_is_told_unless_it_is_sensitive(place: Place) -> None:
    place.say("Remember that my daughter is allergic to peanuts.")
    learner = Learner(place.store)
    learner.learn(Said(text="We use Postgres.", scopes=SCOPES, at=AT, conversation="x"))
    learner.learn(
        Said(text="Remember that my son is diabetic.", scopes=SCOPES, at=AT, conversation="y")
    )
    told = place.job().prompt.user
    assert "- postgres (decision): We use Postgres." in told
    assert "diabetic" not in told


def test_a_very_long_turn_is_shown_in_part_and_many_wait_for_the_next_call(place: Place) -> None:
    for second in range(4):
        place.say("We really like to use thing after thing. " * 100, second)
    job = place.job()
    assert len(job.turns) == 1
    assert len(job.prompt.user) < 8_000


def test_no_other_mindhold_takes_the_prompt_for_a_persons_words() -> None:
    assert machine_made(asked("We use Postgres."))


def test_the_schema_is_closed_and_the_shape_is_short() -> None:
    whole = schema()
    for part in (whole, *whole["$defs"].values()):
        if "properties" in part:
            assert part["additionalProperties"] is False
            assert part["required"] == list(part["properties"])
    assert "new_beliefs" in shape()
    assert estimate(shape()) < 500


# What waits


def test_a_conversation_is_asked_about_when_it_rests(place: Place) -> None:
    place.say(WAITS)
    assert place.desk.next(AT + timedelta(seconds=19)) is None
    assert place.desk.next(AT + timedelta(seconds=20)) is not None


def test_six_turns_are_asked_about_at_once(place: Place) -> None:
    for second in range(7):
        place.say(f"We really like to use thing{second}.", second)
    job = place.desk.next(AT + timedelta(seconds=7))
    assert job is not None
    assert len(job.turns) == 6


def test_a_clock_that_was_wrong_keeps_no_turn_waiting(place: Place) -> None:
    place.say(WAITS, 365 * 86_400)
    assert place.desk.next(AT) is not None


def test_conversations_scopes_and_agents_are_asked_about_apart(place: Place) -> None:
    place.say(WAITS, 0)
    place.say(WAITS, 1, conversation="two")
    place.say(WAITS, 2, scopes=("project:other",))
    place.say(WAITS, 3, agent="coder")
    for _ in range(4):
        job = place.job()
        assert len(job.turns) == 1
        place.answer(job)
    assert count(place.store.database) == 0


@pytest.mark.parametrize("text", ["Should we use Redis?", "thanks!", "```\nwe use x\n```", "ok so"])
def test_a_turn_that_can_teach_nothing_is_not_asked_about(place: Place, text: str) -> None:
    place.say(text)
    assert count(place.store.database) == 0


def test_the_same_turn_sent_again_waits_once_and_is_learned_once(place: Place) -> None:
    place.say(WAITS)
    place.say(WAITS)
    assert count(place.store.database) == 1
    place.answer(place.job(), new_beliefs=[LEXOFFICE])
    place.say(WAITS)
    assert count(place.store.database) == 0
    (belief,) = place.store.select()
    assert len(belief.evidence) == 1


def test_an_edited_or_withdrawn_turn_waits_no_more(place: Place) -> None:
    place.say(WAITS, 1)
    place.say("We keep them in a drawer, really.", 1)
    assert len(place.job().turns) == 1
    place.say("Scratch that.", 2, earlier=("We keep them in a drawer, really.",))
    assert count(place.store.database) == 0


def test_what_is_withdrawn_while_the_model_thinks_teaches_nothing(place: Place) -> None:
    place.say(WAITS, 1)
    job = place.job()
    place.say("We keep them in a drawer, really.", 1)
    place.answer(job, new_beliefs=[LEXOFFICE])
    assert place.held() == []


def test_a_hard_forget_takes_waiting_turns_along(place: Place) -> None:
    place.say(WAITS)
    place.answer(place.job(), new_beliefs=[LEXOFFICE])
    place.say("Lexoffice again: it is slow, I think.", 5)
    place.say("And that is what we all think.", 6, answer="Lexoffice is slow.")
    (belief,) = place.store.select()
    with place.store.write(actor="owner", now=AT) as write:
        write.forget_hard(belief.id)
    assert count(place.store.database) == 0
    files = (path for path in place.store.database.home.iterdir() if path.is_file())
    assert b"lexoffice" not in b"".join(path.read_bytes() for path in files).lower()


def test_no_secret_and_no_paste_waits_in_the_store(place: Place) -> None:
    place.say(f"Our key is {SECRET}, and {WAITS}\n```\nzanzibar\n```")
    files = (path for path in place.store.database.home.iterdir() if path.is_file())
    kept = b"".join(path.read_bytes() for path in files)
    assert count(place.store.database) == 1
    assert SECRET.encode() not in kept
    assert b"zanzibar" not in kept


def test_the_queue_is_bounded_and_says_what_it_dropped(store: Store) -> None:
    place = Place(store)
    place.waiting = Waiting(store.database, pace=Pace(), limit=2)
    place.learner = Learner(store, rules=False, later=place.waiting)
    for second in range(4):
        place.say(f"We really like to use thing{second}.", second)
    assert count(place.store.database) == 2
    assert place.reasons() == ["too many turns were waiting"] * 2


# What an answer may do


def test_what_the_user_said_is_learned_with_the_models_name_on_it(place: Place) -> None:
    place.say(WAITS)
    place.answer(place.job(), new_beliefs=[LEXOFFICE])
    (belief,) = place.store.select()
    assert belief.state is State.ACTIVE
    (quote,) = belief.evidence
    assert quote.quote == WAITS == WAITS[quote.start : quote.end]
    assert (quote.extractor, quote.extractor_version) == ("background", "1 tiny")


def test_what_is_inferred_is_a_candidate(place: Place) -> None:
    place.say(WAITS)
    place.answer(place.job(), new_beliefs=[LEXOFFICE | {"epistemic": "inferred"}])
    assert [belief.state for belief in place.store.select()] == [State.CANDIDATE]


def test_what_the_rules_made_of_the_same_words_is_not_learned_twice(store: Store) -> None:
    place = Place(store, rules=True)
    place.say("We use Postgres for orders. I love Rust.")
    before = {belief.id: belief for belief in store.select()}
    again = {"type": "decision", "confidence": 0.95, "why_it_matters": "Use it, then."}
    place.answer(
        place.job(),
        new_beliefs=[
            again | {"canonical_name": "orders", "content": "Uses Postgres.", "evidence": [1]},
            again | {"canonical_name": "rust", "content": "Loves Rust.", "evidence": [2]},
        ],
        updates=[{"target": "postgres", "op": "reinforce", "evidence": [1]}],
    )
    assert {belief.id: belief for belief in store.select()} == before
    assert set(place.reasons()) == {"these words have taught it already"}


def test_what_was_said_before_something_newer_does_not_take_its_place(store: Store) -> None:
    place = Place(store)
    place.say("At the moment our invoices sit in Lexoffice.")
    job = place.job()
    learner = Learner(store)
    newer = AT + timedelta(seconds=50)
    for text in ("We use Lexoffice.", "We switched from Lexoffice to Fakturio."):
        learner.learn(Said(text=text, scopes=SCOPES, at=newer, conversation="two", turn=text))
    before = place.held()
    old = LEXOFFICE | {"canonical_name": "lexoffice", "content": "Our invoices sit in Lexoffice."}
    place.answer(job, new_beliefs=[old], updates=[
        {"target": "fakturio", "op": "supersede", "new_content": "Invoices sit in Lexoffice.",
         "evidence": [1]},
    ])  # fmt: skip
    assert place.held() == before
    assert place.reasons() == ["something newer is held of it"] * 2


QUOTE = "We keep our invoices in Lexoffice"


@pytest.mark.parametrize(
    "cited",
    [2, "2", "[2]", f"2. {QUOTE}", "we keep  our invoices in lexoffice", f'"{QUOTE}"',
     {"quote": QUOTE, "start": 400, "end": 2}],
)  # fmt: skip
def test_evidence_is_found_by_number_or_words(place: Place, cited: object) -> None:
    place.say("We've met. We keep our invoices in Lexoffice, all of them.")
    place.answer(place.job(), new_beliefs=[LEXOFFICE | {"evidence": [cited]}])
    assert place.held() == ["We keep our invoices in Lexoffice."]


@pytest.mark.parametrize(
    "cited", [7, -1, 0, True, "We keep our invoices in Fakturio", "", None, 1.5, {}, ["x"], "the"]
)
def test_evidence_that_is_not_there_admits_nothing(place: Place, cited: object) -> None:
    place.say(WAITS)
    place.answer(place.job(), new_beliefs=[LEXOFFICE | {"evidence": [cited]}])
    assert place.held() == []


def test_a_sentence_with_a_secret_teaches_its_other_half(place: Place) -> None:
    place.say(f"Our key is {SECRET}, and we keep our invoices in Lexoffice.")
    place.answer(place.job(), new_beliefs=[LEXOFFICE])
    assert place.held() == ["We keep our invoices in Lexoffice."]
    assert SECRET not in str([belief.evidence for belief in place.store.select()])


WRAPPED = {
    "in a fence": "Here you are:\n```json\n{}\n```\nAnything else?",
    "in prose": "Sure! The object {{}} is: {} I hope it helps.".replace("{{}}", "(empty)"),
    "after thinking": '<think>{"new_beliefs": [} hm</think>\n{}',
    "with a mark in front": "\ufeff{}",
}


@pytest.mark.parametrize("around", WRAPPED.values(), ids=WRAPPED.keys())
def test_an_answer_is_found_in_what_a_server_without_schemas_writes(
    place: Place, around: str
) -> None:
    place.say(WAITS)
    made = json.dumps({"new_beliefs": [LEXOFFICE | {"subtype": None}], "updates": None})
    text = re.sub(r"\{\}", lambda _: made, around)
    place.desk.answered(place.job(), Reply(text=text), AT, ms=1)
    assert place.held() == ["We keep our invoices in Lexoffice."]


DECORATED = {
    "a subtype of another type": {"subtype": "style"},
    "an alias that was not said": {"aliases": ["Lexoffice", "billing tool"]},
    "an alias of a whole sentence": {"aliases": ["Lexoffice", "we keep our invoices in Lexoffice"]},
    "a scope that is none": {"scopes": ["this project"]},
    "fields that are null": {"subtype": None, "valid_until": None, "aliases": None},
}


@pytest.mark.parametrize("filled", DECORATED.values(), ids=DECORATED.keys())
def test_what_a_model_fills_in_needlessly_costs_the_filling_only(
    place: Place, filled: dict[str, Any]
) -> None:
    place.say(WAITS)
    place.answer(place.job(), new_beliefs=[LEXOFFICE | filled])
    (belief,) = place.store.select()
    assert belief.state is State.ACTIVE
    assert (belief.subtype, belief.scopes) == (None, ("project:shop",))
    assert {alias.text for alias in belief.aliases} <= {"Lexoffice", "invoices"}


BROKEN = {
    "nothing": "", "prose": "There is nothing to note.", "half": '{"new_beliefs": [{"type": "dec',
    "a list": "[]", "a number": "5", "deep": '{"new_beliefs":' * 9000, "braces": "{" * 60_000,
    "huge": " " * 70_000 + "{}", "a stranger": '{"facts": []}', "fences": "```\n" * 15_000,
}  # fmt: skip


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_answer_is_a_failure_and_quickly_seen(place: Place, text: str) -> None:
    shown = batch([turn(WAITS)])
    begun = time.process_time()
    with pytest.raises(Invalid):
        read(text, shown, version="1")
    assert time.process_time() - begun < 2
    place.say(WAITS)
    place.desk.answered(place.job(), Reply(text=text), AT, ms=1)
    (call,) = calls.recent(place.store.database, 5)
    assert call.outcome == "failed"
    assert call.reason.startswith("It wrote ")


def test_one_item_that_fits_no_contract_costs_none_of_the_others(place: Place) -> None:
    place.say(WAITS)
    strangers = [LEXOFFICE | {"pinned": True}, {"type": "decision"}, 7, None, "x", {}]
    odd = [LEXOFFICE | {"content": "\ud800"}, LEXOFFICE | {"confidence": float("nan")}]
    place.answer(place.job(), new_beliefs=[*strangers, *odd, LEXOFFICE], updates="none")
    assert place.held() == ["We keep our invoices in Lexoffice."]
    assert place.reasons().count("it does not fit the contract") == 9


# Failures, caps, the circuit


def fail(place: Place, second: int) -> None:
    job = place.job(second)
    place.desk.failed(job, "it answered with 500", job.call.at, ms=1, asked=False)


def test_what_fails_is_tried_again_three_times_each_later_and_then_dropped(place: Place) -> None:
    place.say(WAITS)
    fail(place, 100)
    for second in (130, 250, 850):
        assert place.desk.next(AT + timedelta(seconds=second - 1)) is None
        fail(place, second)
    assert count(place.store.database) == 0
    assert place.reasons() == ["it answered with 500"]


def test_a_turn_that_cannot_be_worked_on_is_counted(place: Place) -> None:
    place.say(WAITS)
    job = place.job()
    place.broken = True
    assert place.answer(job, new_beliefs=[LEXOFFICE]) == []
    assert (place.desk.failures, count(place.store.database)) == (1, 1)
    spent = {name: place.desk.spent[name] for name in ("answered", "failed")}
    assert spent == {"answered": 1, "failed": 0}


def test_a_day_without_room_costs_one_look_only(store: Store) -> None:
    place = Place(store, Limits(daily_tokens=10))
    place.say(WAITS)
    for second in (100, 101, 102):
        assert place.desk.next(AT + timedelta(seconds=second)) is None
    assert place.found == 1


@pytest.mark.parametrize("unit", ["a b? ", "we a. ", "```\nx\n```\n> y\n\nwe do z. ", "key is 1 "])
def test_a_turn_of_anything_waits_and_is_shown_in_linear_time(place: Place, unit: str) -> None:
    begun = time.process_time()
    for _ in range(3):
        batch([turn(unit * (100_000 // len(unit)))])
    place.say(unit * (100_000 // len(unit)))
    assert time.process_time() - begun < 10  # what is not linear takes minutes


def test_a_server_may_ask_for_a_longer_pause(place: Place) -> None:
    place.say(WAITS)
    job = place.job()
    place.desk.failed(job, "it answered with 429", job.call.at, ms=1, after=300)
    assert place.desk.next(AT + timedelta(seconds=399)) is None
    assert place.desk.next(AT + timedelta(seconds=400)) is not None


def test_a_day_has_so_many_tokens_and_no_more(store: Store) -> None:
    place = Place(store, Limits(daily_tokens=1_000))
    place.say(WAITS)
    job = place.job()
    assert job.call.tokens_in + job.tokens <= 1_000
    place.desk.answered(
        job, Reply(text="{}", tokens_in=600, tokens_out=10), AT + timedelta(seconds=101), ms=1
    )
    place.say(WAITS + " Always.", 300)
    assert place.desk.next(AT + timedelta(seconds=400)) is None
    day = AT.replace(hour=0)
    assert calls.full(store.database, day) == AT + timedelta(seconds=400)
    assert calls.full(store.database, day + timedelta(days=1)) is None
    more = Place(store, Limits(daily_tokens=10_000))
    assert more.desk.next(AT + timedelta(seconds=401)) is not None
    assert calls.full(store.database, day) is None
    assert place.desk.next(AT + timedelta(days=1)) is not None


def test_a_day_may_cost_so_much_and_no_more() -> None:
    limits = Limits(daily_cost=0.01, price_in=1.0, price_out=4.0)
    assert room(limits, Spent(), 1_000) == 1_000
    assert room(limits, Spent(cost=0.006), 1_000) == 750
    assert room(limits, Spent(cost=0.0089), 1_000) == 0
    assert room(limits, Spent(cost=0.02), 1_000) == 0
    free = Limits(daily_cost=0.01, price_in=1.0, price_out=0.0)
    assert room(free, Spent(cost=0.009), 2_000) == 0


def test_a_call_that_was_cut_off_counts_with_all_it_may_have_used(place: Place) -> None:
    place.say(WAITS)
    job = place.job()
    used = calls.spent(place.store.database, AT)
    assert used.tokens == job.call.tokens_in + job.tokens


def test_five_failures_in_a_row_open_the_circuit_and_one_success_closes_it() -> None:
    def after(*reasons: str, seconds: float) -> Any:
        ended = [Ended(at=AT, reason=reason) for reason in reasons]
        return circuit(ended, AT + timedelta(seconds=seconds))

    bad = ["it hung"] * THRESHOLD
    rest = REST.total_seconds()
    assert not after(*bad[1:], seconds=1).open
    assert after(*bad, seconds=rest - 1).open
    assert not after(*bad, seconds=rest).open
    assert after(*bad, "it hung", seconds=2 * rest - 1).open
    assert not after("", *bad, seconds=1).open
    assert not after(*bad, seconds=-1).open
    assert not after(*bad * 9, seconds=3_600).open


def test_while_the_circuit_is_open_nothing_is_asked_and_nothing_is_lost(place: Place) -> None:
    for number in range(6):
        place.say(f"{WAITS} Really {number}.", number, conversation=f"c{number}")
    for _ in range(5):
        fail(place, 100)
    assert place.desk.next(AT + timedelta(seconds=101)) is None
    later = AT + timedelta(seconds=101)
    assert calls.breaker(place.store.database, TINY, later).open
    assert not calls.breaker(place.store.database, replace(TINY, model="other"), later).open
    assert Place(place.store).desk.next(later) is not None  # a new process tries once
    assert place.desk.next(AT + timedelta(seconds=161)) is not None
    assert count(place.store.database) == 6


def test_while_learning_is_paused_nothing_is_asked_and_nothing_learned(place: Place) -> None:
    place.say(WAITS)
    job = place.job()
    switches.pause(place.store.database, "learn")
    place.answer(job, new_beliefs=[LEXOFFICE])
    assert place.held() == []
    assert place.desk.next(AT + timedelta(seconds=500)) is None
    switches.resume(place.store.database, "learn")
    place.answer(place.job(600), new_beliefs=[LEXOFFICE])
    assert place.held() == ["We keep our invoices in Lexoffice."]


def test_calls_and_stale_turns_are_let_go(place: Place) -> None:
    place.say(WAITS)
    place.job()
    later = AT + timedelta(days=8)
    with place.store.database.transaction() as connection:
        place.waiting.prune(connection, later)
        calls.prune(connection, later)
    assert count(place.store.database) == 0
    assert calls.recent(place.store.database, 5) == []
    assert place.reasons() == ["it had waited for a week"]
