"""Injection: what memory has to say to a request, less what the request already carries; pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mindhold.beliefs.ledger import Block, Given
from mindhold.beliefs.model import Belief
from mindhold.beliefs.requests import LeftOut
from mindhold.beliefs.scope import UNIVERSAL, expand
from mindhold.beliefs.text.block import Note, parse
from mindhold.proxy.block import ENDED, Item, ended, item, render
from mindhold.proxy.settings import Inject
from mindhold.proxy.turn import Turn
from mindhold.retrieval.context import valid
from mindhold.retrieval.query import Hit, Recalled


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A belief as a request already carries it."""

    given: Given
    note: Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The blocks to add, what the message named, and who was considered and left out."""

    stable: Block | None = None
    turn: Block | None = None
    hits: tuple[Hit, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def carried(blocks: Iterable[Block]) -> dict[str, Earlier]:
    """What blocks that are sent again say, by belief; a later block corrects an earlier one."""
    return {
        given.id: Earlier(given=given, note=note)
        for block in blocks
        for given, note in zip(block.given, _told(block.text), strict=True)
    }


_told = lru_cache(maxsize=1_024)(parse)  # an agent sends the same blocks again with every round


def draw(
    turn: Turn,
    recalled: Recalled,
    *,
    stable: Block | None,
    frozen: bool,
    earlier: Mapping[str, Earlier],
    standing: Mapping[str, Belief],
    settings: Inject,
    day: date,
    key: bytes,
) -> Drawn:
    """The stable block, kept where it is frozen, and the block of the newest turn if it has one.

    `earlier` is what the request carries already, `standing` those beliefs and their successors
    as they are now.
    """
    lasting = (*recalled.pinned, *recalled.prelude, *recalled.questions)
    now = render((item(belief) for belief in lasting), tokens=settings.stable_tokens, key=key)
    if not frozen:
        stable = now.block if turn.dialogue.stable and not turn.errand else None
        earlier = carried([stable] if stable else [])
    left_out = [_over(one, "stable_tokens") for one in now.over]
    left_out += [
        LeftOut(id=one.id, name=one.name, rule=one.rule, reason=one.reason)
        for one in recalled.rejected
    ]
    if not turn.dialogue.ends or turn.errand:
        return Drawn(stable=stable, left_out=tuple(left_out))
    due = list(_corrections(turn, earlier, standing, day))
    told = {one.given.id for one in due} | set(earlier)
    fits = {given.id for given in now.block.given} if now.block else set()
    for belief in (
        *(belief for belief in lasting if belief.id in fits),
        *(hit.belief for hit in recalled.relevant),
    ):
        if belief.id in told:
            left_out += [_given(belief)] if belief.id not in fits else []
            continue
        told.add(belief.id)
        due.append(item(belief))
    rendered = render(due, tokens=settings.turn_tokens, key=key)
    left_out += [_over(one, "turn_tokens") for one in rendered.over]
    return Drawn(
        stable=stable, turn=rendered.block, hits=recalled.relevant, left_out=tuple(left_out)
    )


def reaches(belief: Belief, turn: Turn) -> bool:
    """Whether the belief is of this request's user, agent and scopes."""
    return (
        belief.user == turn.user
        and belief.agent in {None, turn.agent}
        and not set(belief.scopes).isdisjoint({UNIVERSAL, *expand(turn.scopes)})
    )


def successors(beliefs: Iterable[Belief]) -> Iterator[str]:
    """The ids of what has taken these beliefs' place, one step on."""
    return (belief.superseded_by for belief in beliefs if belief.superseded_by)


def _corrections(
    turn: Turn, earlier: Mapping[str, Earlier], standing: Mapping[str, Belief], day: date
) -> Iterator[Item]:
    """What was given and is no longer so: changed, superseded, or ended."""
    told: set[str] = set()
    for id, said in earlier.items():
        heir = _heir(id, standing)
        if heir is None or (heir.id != id and heir.id in (earlier.keys() | told)):
            continue
        if _stands(heir, turn, day):
            if Given(id=heir.id, version=heir.version) == said.given:
                continue
            made = item(heir, corrects=said.note.name)
            if heir.id != id or _says(made.note) != _says(said.note):
                told.add(heir.id)
                yield made
        elif said.note.status != ENDED:
            version = standing[id].version
            yield ended(Given(id=id, version=version), said.note.name)


def _heir(id: str, standing: Mapping[str, Belief]) -> Belief | None:
    """What holds now in the place of a belief; itself, if nothing took its place."""
    belief = standing.get(id)
    seen = {id}
    while belief and belief.superseded_by and belief.superseded_by not in seen:
        seen.add(belief.superseded_by)
        if belief.superseded_by not in standing:
            break
        belief = standing[belief.superseded_by]
    return belief


def _stands(belief: Belief, turn: Turn, day: date) -> bool:
    """Whether the belief may be said to this request, today."""
    return belief.live and reaches(belief, turn) and valid(belief, day)


def _says(note: Note) -> tuple[str, str, str]:
    """What counts as a change of a note: a newer date alone does not."""
    return note.content, note.why_it_matters, note.status.partition(" ")[0]


def _given(belief: Belief) -> LeftOut:
    return LeftOut(
        id=belief.id,
        name=belief.canonical_name,
        rule="given",
        reason="this request carries it already",
    )


def _over(one: Item, budget: str) -> LeftOut:
    return LeftOut(
        id=one.given.id, name=one.note.name, rule="budget", reason=f"no room left in {budget}"
    )
