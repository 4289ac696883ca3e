"""`mindhold learn --backfill`: exports of ChatGPT and Claude, read for what their owner said.

The rules read every turn; the model that the config names is asked about them too, within the
day's budget. Whatever is found waits for its owner, and a second run changes nothing.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from mindhold.beliefs.learning import marks
from mindhold.beliefs.learning.background import calls
from mindhold.beliefs.learning.background.batch import batch
from mindhold.beliefs.learning.background.budget import ANSWER, Model, Spent
from mindhold.beliefs.learning.background.desk import Desk
from mindhold.beliefs.learning.background.prompt import prompt
from mindhold.beliefs.learning.background.turn import Turn, turn_of
from mindhold.beliefs.learning.background.waiting import Pace, Waiting, says_something
from mindhold.beliefs.learning.deciding import Learned
from mindhold.beliefs.learning.heard import hear
from mindhold.beliefs.learning.learner import Learner
from mindhold.beliefs.learning.said import ANSWER as KEPT
from mindhold.beliefs.learning.said import Said, context
from mindhold.beliefs.model import State
from mindhold.beliefs.store import Store
from mindhold.beliefs.text.machine import machine_made
from mindhold.cli import screen
from mindhold.cli.exports import Conversation, exported
from mindhold.cli.failure import Failed
from mindhold.cli.options import local_zone
from mindhold.cli.places import Places
from mindhold.cli.terminal import at_terminal, data
from mindhold.proxy.asking import Asking, NoAnswer
from mindhold.proxy.keys import Keys
from mindhold.proxy.opened import day
from mindhold.proxy.settings import Settings
from mindhold.proxy.upstream import Upstreams
from mindhold.retrieval.budget import estimate

_PACE = Pace()
_FULL = "today's limit is reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What there is to read, and what asking a model about it would take at most."""

    conversations: int
    unread: int
    turns: int
    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None


@dataclass(slots=True, kw_only=True)
class Result:
    """What came of it; `stopped` says why it ended early."""

    found: set[str] = field(default_factory=set)
    failed: int = 0
    stopped: str = ""


def backfill(
    files: Sequence[Path], *, scopes: tuple[str, ...], agent: str | None, dry_run: bool, yes: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Reads the exports after saying what it will take; raises `Failed`."""
    places = Places.find()
    settings = places.settings()
    if settings.learn.mode == "off":
        raise Failed("Learning is off: set learn.mode in the config to learn from anything.")
    read = [exported(file) for file in files]
    talks = [talk for one in read for talk in one.conversations]
    with Store.open(places.home) as store:
        work = Backfill(store, places, settings, scopes or (settings.default_scope,), agent)
        plan = work.plan(talks, unread=sum(one.unread for one in read))
        if not as_json:
            _tell(plan, settings.learn.background, work.spent())
        if dry_run or not plan.turns:
            _end(plan, None, as_json=as_json)
            return
        _agreed(yes=yes)
        _end(plan, asyncio.run(work.run(talks, plan)), as_json=as_json)


class Backfill:
    """Learns from old conversations into one store, everything pending."""

    def __init__(
        self, store: Store, places: Places, settings: Settings, scopes: tuple[str, ...],
        agent: str | None,
    ) -> None:  # fmt: skip
        self._store, self._settings, self._home = store, settings, places.home
        self._scopes, self._agent = scopes, agent
        self._day = partial(day, zone=local_zone(places))
        self._learner = Learner(
            store, mode="curated", rules=settings.learn.rules, zone=local_zone(places)
        )

    def spent(self) -> Spent:
        """What the model's calls have used today."""
        return calls.spent(self._store.database, self._day(datetime.now(UTC)))

    def plan(self, talks: Sequence[Conversation], *, unread: int) -> Plan:
        """What there is to do that was not done before."""
        turns = sum(1 for talk in talks for _ in self._said(talk))
        asked = [one for talk in talks for one in self._batches(talk)]
        model = self._settings.learn.background
        prompts = [prompt(batch(one), ()) for one in asked]
        tokens_in = sum(estimate(one.system) + estimate(one.user) for one in prompts)
        tokens_out = ANSWER * len(asked)
        return Plan(
            conversations=len(talks), unread=unread, turns=turns, calls=len(asked),
            tokens_in=tokens_in, tokens_out=tokens_out,
            cost=model.cost(tokens_in, tokens_out) if model else None,
        )  # fmt: skip

    async def run(self, talks: Sequence[Conversation], plan: Plan) -> Result:
        """All of it, oldest first, with a bar on a terminal."""
        result = Result()
        model = self._settings.learn.background
        upstreams = Upstreams(self._settings.upstreams, keys=Keys(self._home))
        await upstreams.start()
        asking = Asking(upstreams, model, limit=_PACE.call) if model else None
        try:
            with _bar(plan.turns) as bar:
                task = bar.add_task("reading", total=plan.turns)
                for talk in sorted(talks, key=_begun):
                    for said in self._said(talk):
                        _keep(result, self._learner.learn(said))
                        bar.advance(task)
                    if asking and not result.stopped:
                        await self._ask(asking, talk, result)
        finally:
            await upstreams.aclose()
        return result

    async def _ask(self, asking: Asking, talk: Conversation, result: Result) -> None:
        desk = self._desk()
        for turns in self._batches(talk):
            now, begun = datetime.now(UTC), monotonic()
            job = desk.job(turns, now)
            if job is None:
                result.stopped = _FULL
                return
            try:
                reply = await asking.ask(job)
            except NoAnswer as error:
                took = round((monotonic() - begun) * 1e3)
                desk.failed(job, str(error), now, ms=took, asked=error.counted)
                result.failed += 1
                if desk.circuit(datetime.now(UTC)).open:
                    result.stopped = f"the model does not answer ({error})"
                    return
            else:
                took = round((monotonic() - begun) * 1e3)
                for learned in desk.answered(job, reply, now, ms=took):
                    _keep(result, learned)

    def _desk(self) -> Desk:
        model = self._settings.learn.background
        assert model is not None  # noqa: S101, for the type checker
        waiting = Waiting(self._store.database, pace=_PACE)
        return Desk(self._store, self._learner, waiting, model, estimate=estimate, day=self._day)

    def _batches(self, talk: Conversation) -> Iterator[list[Turn]]:
        """The turns that the model was not asked about yet, as one call holds them."""
        if self._settings.learn.background is None:
            return
        left = [turn for said in self._said(talk) if (turn := self._turn(said))]
        while left:
            shown = len(batch(left[: _PACE.turns]))
            yield left[:shown]
            left = left[shown:]

    def _turn(self, said: Said) -> Turn | None:
        heard, key = hear(said), self._store.database.key
        if not says_something(heard):
            return None
        turn = turn_of(heard, key=key, fingerprint=marks.fingerprint(key, said.text))
        asked = self._store.database.rows("SELECT 1 FROM jobs WHERE job = ?", turn.mark)
        return None if asked else turn

    def _said(self, talk: Conversation) -> Iterator[Said]:
        texts = [turn.text for turn in talk.turns]
        for number, turn in enumerate(talk.turns):
            if not machine_made(turn.text):
                yield Said(
                    text=turn.text, scopes=self._scopes, at=turn.at, agent=self._agent,
                    client=talk.client, conversation=f"{talk.client}:{talk.id}", turn=str(number),
                    earlier=context(texts[:number]), answer=turn.answer[:KEPT],
                )  # fmt: skip


def _begun(talk: Conversation) -> datetime:
    return talk.turns[0].at if talk.turns else datetime.max.replace(tzinfo=UTC)


def _keep(result: Result, learned: Learned) -> None:
    result.found |= {one.id for one in learned.beliefs if one.state is State.PENDING}


def _bar(total: int) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = screen.aside()
    return Progress(
        *columns, TimeRemainingColumn(), console=console, transient=True,
        disable=not console.is_terminal or not total,
    )  # fmt: skip


def _agreed(*, yes: bool) -> None:
    if yes:
        return
    if not at_terminal():
        raise Failed("Nobody is there to be asked: say --yes to go on, or --dry-run to only look.")
    typer.confirm("Go on", abort=True, err=True)


def _tell(plan: Plan, model: Model | None, spent: Spent) -> None:
    say = partial(screen.aside().print, soft_wrap=True)
    unread = f"; {plan.unread} more could not be read" if plan.unread else ""
    talks = "1 conversation" if plan.conversations == 1 else f"{plan.conversations:,} conversations"
    turns = "1 turn" if plan.turns == 1 else f"{plan.turns:,} turns"
    say(f"{talks} with {turns} of yours{unread}.")
    if model is None:
        say("No model is chosen (learn.background): the rules alone read them, at no cost.")
        return
    cost = "" if plan.cost is None else f", at most {plan.cost:.2f} by the prices of the config"
    say(
        f"{model.model} ({model.upstream}) would be asked {plan.calls:,} times: about"
        f" {plan.tokens_in:,} tokens in, at most {plan.tokens_out:,} out{cost}."
    )
    left = max(0, model.daily_tokens - spent.tokens)
    if left < plan.tokens_in + plan.tokens_out:
        say(f"Today's limit leaves {left:,} tokens: it may stop there. Run it again another day.")


def _end(plan: Plan, result: Result | None, *, as_json: bool) -> None:
    if as_json:
        data(_described(plan, result))
        return
    if result is None:
        screen.answer().print("Nothing was changed.")
        return
    count = len(result.found)
    found = "1 belief waits" if count == 1 else f"{count} beliefs wait"
    screen.answer().print(f"{found} for you: mindhold review" if count else "Nothing was found.")
    if result.failed:
        screen.aside().print(f"Calls without an answer: {result.failed}; mindhold learn --costs")
    if result.stopped:
        line = f"It stopped: {result.stopped}. Run it again to go on where it stopped."
        screen.aside().print(line, soft_wrap=True)


def _described(plan: Plan, result: Result | None) -> dict[str, Any]:
    made = {name: getattr(plan, name) for name in Plan.__dataclass_fields__}
    if result is None:
        return made
    return made | {
        "found": sorted(result.found),
        "failed": result.failed,
        "stopped": result.stopped or None,
    }
