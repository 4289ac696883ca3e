"""Obedience: what a command does to memory, and the sentences that tell it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from operator import attrgetter

from mindhold.beliefs import requests, switches
from mindhold.beliefs.learning.case import REJECTED
from mindhold.beliefs.learning.deciding import Learned
from mindhold.beliefs.model import Belief
from mindhold.beliefs.requests import Request
from mindhold.beliefs.shorthand import short
from mindhold.beliefs.states import STANDING, WAITING
from mindhold.proxy.commands import Command
from mindhold.proxy.dialects.speech.spoken import Speech
from mindhold.proxy.explained import origin, reason
from mindhold.proxy.inject import reaches
from mindhold.proxy.ledger import Trace
from mindhold.proxy.logged import Injection, said
from mindhold.proxy.opened import Opened, plain
from mindhold.proxy.turn import Turn

FAILED = "mindhold failed here; nothing was changed. Its log says where."
UNREACHED = "Memory cannot be reached just now; nothing was changed. See mindhold status."
_NOTHING = (
    "Nothing was kept: no statement that lasts was found in it. Say it in a sentence, as in"
    " !remember we deploy on Fridays; or by hand: mindhold beliefs add --help"
)
_SENT = " It still stands in this conversation, which your client sends again."
_MOST = 8  # beliefs that are listed


def obey(turn: Turn, trace: Trace, now: datetime, opened: Opened) -> str:
    """Does what the newest command says, and tells it; on the writing thread."""
    command = turn.commands.newest
    assert command is not None  # noqa: S101, `settled` has answered otherwise
    match command.word:
        case "remember":
            return _remember(turn, command, trace, now, opened)
        case "forget":
            return _forget(turn, command.argument, now, opened)
        case _:
            return _why(turn, trace, opened)


def _remember(turn: Turn, command: Command, trace: Trace, now: datetime, opened: Opened) -> str:
    if switches.read(opened.writing.database).paused("learn", now):
        return "Nothing was kept: learning is paused. To go on: mindhold resume learn"
    bare = Injection(body=b"", header="", trace=trace)
    words = plain(turn.own(turn.dialogue.turns[-1].text))
    wish = replace(said(turn, bare, trace, words, now), command=command.start)
    learned = opened.learner.learn(wish, job=f"command {turn.request}")
    return "\n".join(_kept(learned, opened)) or _NOTHING


def _kept(learned: Learned, opened: Opened) -> Iterator[str]:
    """A line for each belief that stands because of it, else why none does."""
    outcomes = {one.belief: one.outcome for one in learned.decisions}
    for belief in learned.beliefs:
        told = _told(belief, outcomes.get(belief.id, ""))
        id_ = short(opened.writing.database, belief.id)
        yield f"{told}: {_named(belief, id_)}. Undo: mindhold beliefs undo {id_}"
    refused = [one for one in learned.decisions if one.outcome == REJECTED]
    for one in refused if not learned.beliefs else ():
        yield f"Nothing was kept: {one.reason}." + (_SENT if one.redacted else "")


def _told(belief: Belief, outcome: str) -> str:
    if belief.state in WAITING:
        return "Waits for you (mindhold review)"
    if not belief.live:
        return "No longer held"
    return "Held already" if outcome in ("known", "reinforced") else "Kept"


def _named(belief: Belief, id_: str) -> str:
    return f"{belief.content} ({belief.canonical_name}, {id_}, in {', '.join(belief.scopes)})"


def _forget(turn: Turn, reference: str, now: datetime, opened: Opened) -> str:
    store = opened.writing
    found = (*store.begun(reference, user=turn.user), *store.named(reference, user=turn.user))
    meant = {one.id: one for one in found if one.state in STANDING and reaches(one, turn)}
    by_name = sorted(meant.values(), key=attrgetter("canonical_name"))
    shown = [(one, short(store.database, one.id)) for one in by_name[:_MOST]]
    if not meant:
        return f"Nothing here answers to {reference}, as a name or as an id; nothing was forgotten."
    if len(meant) > 1:
        lines = [f"- {_named(one, id_)}" for one, id_ in shown]
        told = f"{len(meant)} beliefs answer to {reference}; nothing was forgotten. Say which id:"
        return "\n".join([told, *lines])
    [(belief, id_)] = shown
    if turn.limit is not None and not set(belief.scopes) <= set(turn.limit):
        where = ", ".join(belief.scopes)
        return f"{reference} is in {where}, which this access token does not reach; it is held on."
    opened.forget(belief.id, now)
    return (
        f"Forgot {_named(belief, id_)}. It is not learned again. Undo: mindhold beliefs undo {id_}"
    )


def _why(turn: Turn, trace: Trace, opened: Opened) -> str:
    """What the newest request of this conversation that went to a model was given."""
    database = opened.writing.database
    last = requests.latest(database, trace.conversation, user=turn.user, agent=turn.agent)
    seen = {*turn.began, *turn.commands.named}
    if last is None or not seen.issuperset(last.scopes):
        return "Nothing is known of an earlier request of this conversation."
    names = {id: one.canonical_name for id, one in opened.writing.many(_ids(last)).items()}
    return "\n".join(_given(last, names))


def _ids(request: Request) -> list[str]:
    return [one.id for one in request.injected]


def _given(request: Request, names: dict[str, str]) -> Iterator[str]:
    where = f"in {', '.join(request.scopes)}, {origin(request.origin)}"
    if not request.injected:
        yield f"Your last message was given nothing ({where}). Memory said: {request.memory}"
    else:
        count = len(request.injected)
        given = "1 belief" if count == 1 else f"{count} beliefs"
        yield f"Your last message was sent with {given} ({where}):"
    for one in request.injected:
        yield f"- {names.get(one.id, f'{one.id} (forgotten since)')}: {reason(one)}"
    left_out = [one for one in request.left_out if one.rule != "given"][:_MOST]
    if left_out:
        yield "Left out:"
    for left in left_out:
        yield f"- {left.name}: {left.reason}"
    yield f"All of it, word for word: mindhold why {request.id}"


def speech(turn: Turn, text: str, now: datetime) -> Speech:
    """The answer to a command. Where the next request would name it to go on, it goes by the id of
    the answer before it: no upstream knows of it."""
    goes_on = turn.dialogue.held if turn.dialogue.conversation is None else None
    return Speech(
        text=text,
        mark=turn.commands.mark(turn.request),
        payload=turn.dialogue.payload,
        id=goes_on or "",
        at=int(now.timestamp()),
    )
