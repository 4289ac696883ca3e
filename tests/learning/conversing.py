"""Conversations of many lives, read strictly, and what is wrong with what each leaves behind.

One file a life in `conversations/`, unknown keys are refused with their line:

    life: a novelist                    # who
    scopes: [project:saltmarsh]         # where every conversation takes place
    talks:
      - title: a renamed character
        kind: change                    # one of KINDS
        held:                           # beliefs that stand before; `state` and `scopes` if needed
          - {id: tomas, type: entity, name: detective, aliases: [Tomas], content: …, why: …}
        turns:                          # 2 to 8, in order
          - {user: "I've renamed the detective from Tomas to Ilya."}
          - {assistant: "…"}
        learns:                         # the new beliefs that must stand at the end, each a Wish
          - {state: active, type: entity, has: [ilya], lacks: [], supersedes: [tomas]}
        may: []                         # wishes: new beliefs that are neither due nor wrong
        ends: []                        # ids of held beliefs that may not be injected any more
        may_end: []                     # ids that may end or not
        contests: []                    # ids that must be contested
        resolves: []                    # ids of questions that must be resolved
        reinforces: []                  # ids that must be reinforced
        flags: []                       # ids whose review must be due
        reason: …                       # what a careful user would say to it

Nothing that is new may stand beside what is due or free, and what is held and not named in a list
must be as it was. A conversation that changes nothing is negative. What is quarantined is not
learned.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mindhold.beliefs.model import LIVE, Belief, State, Type
from mindhold.beliefs.scope import parse_scope
from mindhold.beliefs.states import BEGINNINGS
from mindhold.cli.bridge import Bridge
from mindhold.proxy.fields import Reader, Section, Wrong, choice, document, each, text
from tests.learning.wish import SCOPES, Wish, nearest

POSITIVE = (
    "change", "correction", "adoption", "decision", "preference", "question", "lesson", "entity",
    "relation", "name", "hedge", "move", "reinforcement", "end", "beside-a-secret",
)  # fmt: skip
NEGATIVE = (
    "asking", "supposing", "role-play", "fiction", "quotation", "third-party", "joke", "taken-back",
    "task", "paste", "off-record", "injection", "assistant", "secret", "small-talk",
)  # fmt: skip
KINDS = (*POSITIVE, *NEGATIVE)
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A conversation and what must come of it; `held` are rows of the bridge's seed."""

    title: str
    kind: str
    turns: tuple[Row, ...]
    reason: str
    life: str = ""
    place: tuple[str, ...] = ()
    held: tuple[Row, ...] = ()
    learns: tuple[Wish, ...] = ()
    may: tuple[Wish, ...] = ()
    ends: tuple[str, ...] = ()
    may_end: tuple[str, ...] = ()
    contests: tuple[str, ...] = ()
    resolves: tuple[str, ...] = ()
    reinforces: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def negative(self) -> bool:
        """Whether nothing may be learned from it and nothing changed."""
        due = (self.learns, self.ends, self.contests, self.resolves, self.reinforces, self.flags)
        return not any(due)

    @property
    def superseded(self) -> frozenset[str]:
        return frozenset(id for wish in self.learns for id in wish.supersedes)


def talks(paths: Iterable[Path]) -> Iterator[Talk]:
    """The conversations of the files; raises `ValueError` with the file and the line."""
    for path in paths:
        try:
            root = document(path)
            assert root is not None, f"{path} is empty"
            sheet = _FILE(root, "")
        except Wrong as wrong:
            raise ValueError(f"{path}:{wrong.line}: {wrong}") from None
        for given in sheet["talks"]:
            yield Talk(**given, life=path.stem, place=sheet["scopes"])


def faults(bridge: Bridge, talk: Talk) -> list[str]:
    """What is wrong with what stands after a conversation, in an empty store of its own."""
    turns = [{"role": role, "text": said} for turn in talk.turns for role, said in turn.items()]
    held = [{"scope": talk.place[:1], **row} for row in talk.held]
    conversation = {"user_id": "u", "scope": talk.place, "turns": turns, "existing": held}
    answer = bridge.answer(json.dumps({"op": "learn", "conversation": conversation}))
    if "error" in answer:
        return [f"error: {answer['error']}"]
    stands = {belief.id: belief for belief in bridge.store.select(user="u")}
    old = {row["_id"]: stands.pop(row["_id"]) for row in talk.held}
    return [*_learned(talk, list(stands.values())), *_kept(talk, old)]


def _learned(talk: Talk, new: list[Belief]) -> Iterator[str]:
    """What is missing of the new beliefs, and what is too much."""
    left = new
    for wish in talk.learns:
        if found := nearest(wish, left):
            yield f"wanted {wish.has}: {'; '.join(found)}"
        taken = min(left, key=lambda one: len(wish.faults(one)), default=None)
        left = [one for one in left if one is not taken]
    for belief in left:
        if belief.state in BEGINNINGS and all(wish.faults(belief) for wish in talk.may):
            yield f"too much, {belief.state}: {belief.content!r}"


def _kept(talk: Talk, old: Mapping[str, Belief]) -> Iterator[str]:
    """What is wrong with the beliefs that were held before."""
    for row in talk.held:
        belief = old[row["_id"]]
        state, wanted = belief.state, _wanted(talk, row)
        if state not in wanted:
            yield f"{belief.id} is {state}, not {' or '.join(sorted(wanted))}"
        if state in LIVE and belief.content != row["content"]:
            yield f"{belief.id} says {belief.content!r} now"
        if belief.id in talk.reinforces and not belief.reinforced:
            yield f"{belief.id} is not reinforced"
        today = datetime.now(UTC).date()
        if belief.id in talk.flags and not (belief.review_by and belief.review_by <= today):
            yield f"{belief.id} is not flagged for review"


_BEGAN = {Type.OPEN_QUESTION.value: State.OPEN}
_OVER = frozenset(State) - BEGINNINGS


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


def _scope(node: Any, name: str) -> str:
    return parse_scope(text(node, name))


def _either(reader: Reader[str]) -> Reader[tuple[str, ...]]:
    """A word, or a list of words any of which will do."""

    def read(node: Any, name: str) -> tuple[str, ...]:
        return each(reader)(node, name) if isinstance(node.value, list) else (reader(node, name),)

    return read


def _row(**given: Any) -> Row:
    renamed = {"id": "_id", "name": "canonical_name", "why": "why_it_matters", "scopes": "scope"}
    return {renamed.get(key, key): value for key, value in given.items()}


_WISH = Section(
    Wish,
    {
        "state": _either(choice(*sorted(BEGINNINGS))),
        "type": _either(choice(*Type)),
        "scope": choice(*SCOPES),
        "since": text,
        "until": text,
        **dict.fromkeys(("has", "lacks", "why", "avoids", "alias", "supersedes"), each(text)),
    },
)
_HELD = Section(
    _row,
    {
        "type": choice(*Type),
        "state": choice(*sorted(BEGINNINGS)),
        "aliases": each(text),
        "scopes": each(_scope),
        **dict.fromkeys(("id", "name", "content", "why"), text),
    },
    needs=("id", "type", "name", "aliases", "content", "why"),
)
_LISTS = ("ends", "may_end", "contests", "resolves", "reinforces", "flags")
_TALK = Section(
    dict,
    {
        "title": text,
        "kind": choice(*KINDS),
        "held": each(_HELD),
        "turns": each(Section(dict, {"user": text, "assistant": text})),
        "learns": each(_WISH),
        "may": each(_WISH),
        "reason": text,
        **dict.fromkeys(_LISTS, each(text)),
    },
    needs=("title", "kind", "turns", "reason"),
)
_FILE = Section(
    dict,
    {"life": text, "scopes": each(_scope), "talks": each(_TALK)},
    needs=("life", "scopes", "talks"),
)
