"""Extraction, measured: labelled talks put through the real learner and store."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mindhold.beliefs.model import LIVE, Belief, State, Type
from mindhold.beliefs.states import BEGINNINGS
from mindhold.cli.bridge import Bridge
from mindhold.cli.failure import Failed
from mindhold.cli.sentences import sentences
from mindhold.cli.talks import Row, Talk, talks
from mindhold.cli.wish import Wish, nearest

SAID = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""When every turn is said, a Monday: "until 31 March" means the same whenever it is measured."""

_MEMORY = Path("/dev/shm")  # noqa: S108 - what is made in it has a name that nobody can guess
"""Where the stores are made: each talk has one of its own, and no disk need wait for it."""

_READERS = {".yaml": talks, ".yml": talks, ".tsv": sentences}
_PLAIN = State.ACTIVE  # what is stated plainly, Tier A, becomes this, or ends what was this
_BEGAN = {Type.OPEN_QUESTION.value: State.OPEN}
_OVER = frozenset(State) - BEGINNINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a talk.

    `faults` are sentences, none when all is as it should be. `due` counts the plain statements in
    it, `found` those of them that stand, or ended what they should; `stray` what became active, or
    ended, and should not have.
    """

    talk: Talk
    faults: tuple[str, ...]
    due: int
    found: int
    stray: int


def read(paths: Iterable[Path]) -> list[Talk]:
    """The talks of each file, and of each file of a directory and below it; raises `Failed`."""
    return [talk for path in paths for file in _files(path) for talk in _READERS[file.suffix](file)]


def _files(path: Path) -> list[Path]:
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    found = [file for file in files if file.suffix in _READERS]
    if not found:
        raise Failed(f"{path} holds no labelled talks (.yaml) and no sentences (.tsv).")
    return found


def run(every: Iterable[Talk]) -> list[Outcome]:
    """Each talk through the learner, in a store of its own."""
    within = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    with Bridge(clock=lambda: SAID, within=within, indexed=False) as bridge:
        return [_outcome(bridge, talk) for talk in every]


def _outcome(bridge: Bridge, talk: Talk) -> Outcome:
    turns = [{"role": role, "text": said} for turn in talk.turns for role, said in turn.items()]
    held = [{"scope": talk.place[:1], **row} for row in talk.held]
    conversation = {"user_id": "u", "scope": talk.place, "turns": turns, "existing": held}
    answer = bridge.answer(json.dumps({"op": "learn", "conversation": conversation}))
    if "error" in answer:
        raise Failed(f"{talk.file}, {talk.title}: {answer['error']}")
    stands = {belief.id: belief for belief in bridge.store.select(user="u")}
    old = {row["_id"]: stands.pop(row["_id"]) for row in talk.held}
    new = list(stands.values())
    ended = {id for id, belief in old.items() if belief.state not in LIVE}
    plain = [wish for wish in talk.learns if _PLAIN in wish.state]
    return Outcome(
        talk=talk,
        faults=(*_learned(talk, new), *_kept(talk, old)),
        due=len(plain) + len(talk.ends),
        found=sum(any(map(wish.meets, new)) for wish in plain) + len(ended & {*talk.ends}),
        stray=sum(_stray(talk, belief) for belief in new) + len(ended - _may_end(talk)),
    )


def _stray(talk: Talk, belief: Belief) -> bool:
    """Whether it counts as a plain statement that nobody made."""
    wished = any(wish.meets(belief) for wish in (*talk.learns, *talk.may))
    return belief.state is _PLAIN and not wished


def _may_end(talk: Talk) -> set[str]:
    return {*talk.ends, *talk.may_end, *talk.superseded, *talk.resolves, *talk.contests}


def _learned(talk: Talk, new: list[Belief]) -> Iterator[str]:
    """What is missing of the new beliefs, and what is too much."""
    left = new
    for wish in talk.learns:
        if found := nearest(wish, left):
            yield f"wanted {_told(wish)}: {'; '.join(found)}"
        taken = min(left, key=lambda one: len(wish.faults(one)), default=None)
        left = [one for one in left if one is not taken]
    for belief in left:
        if belief.state in BEGINNINGS and all(wish.faults(belief) for wish in talk.may):
            yield f"too much, {belief.state}: {belief.content!r}"


def _told(wish: Wish) -> str:
    return " ".join([*wish.has, *wish.type]) or "something"


def _kept(talk: Talk, old: Mapping[str, Belief]) -> Iterator[str]:
    """What is wrong with the beliefs that were held before."""
    for row in talk.held:
        belief = old[row["_id"]]
        wanted = _wanted(talk, row)
        if belief.state not in wanted:
            yield f"{belief.id} is {belief.state}, not {' or '.join(sorted(wanted))}"
        if belief.state in LIVE and belief.content != row["content"]:
            yield f"{belief.id} says {belief.content!r} now"
        if belief.id in talk.reinforces and not belief.reinforced:
            yield f"{belief.id} is not reinforced"
        if belief.id in talk.flags and not (belief.review_by and belief.review_by <= SAID.date()):
            yield f"{belief.id} is not flagged for review"


def _wanted(talk: Talk, row: Row) -> frozenset[State]:
    """The states in which a held belief may be at the end."""
    began = frozenset({State(row.get("state") or _BEGAN.get(row["type"], State.ACTIVE))})
    id = row["_id"]
    if id in talk.superseded:
        return frozenset({State.SUPERSEDED})
    if id in talk.resolves:
        return frozenset({State.RESOLVED})
    if id in talk.contests:
        return frozenset({State.CONTESTED})
    ends = _OVER if id in talk.ends else frozenset()
    return ends | (began | _OVER if id in talk.may_end else frozenset()) or began
