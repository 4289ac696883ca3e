"""Lives: files of probes, read strictly; what is wrong is told with its file and line."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from yaml.nodes import Node, ScalarNode

from mindhold.beliefs.errors import Invalid
from mindhold.beliefs.model import SUBTYPES, Alias, Belief, Evidence, State, Type
from mindhold.beliefs.scope import parse_scope
from mindhold.beliefs.valid import checked
from mindhold.cli.failure import Failed
from mindhold.proxy.fields import (
    Malformed,
    Reader,
    Section,
    Wrong,
    choice,
    document,
    each,
    flag,
    maybe,
    text,
    whole,
)
from mindhold.retrieval.probes import CONVERSATION, FAMILIES, Life, Probe

_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
_ENDS = (".yaml", ".yml")


def lives(paths: Iterable[Path]) -> list[Life]:
    """The life of each file, and of each file of a directory; raises `Failed`."""
    found = [life(file) for path in paths for file in _files(path)]
    twice = [name for name, count in Counter(life.name for life in found).items() if count > 1]
    if twice:
        raise Failed(f"Two files of probes are called {twice[0]}; a report could not tell them.")
    return found


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.iterdir() if file.suffix in _ENDS)
    if not files:
        raise Failed(f"{path} holds no file of probes (.yaml).")
    return files


def life(path: Path) -> Life:
    """The life in one file; raises `Failed` with the line of what is wrong."""
    try:
        root = document(path)
        if root is None:
            raise Failed(f"{path}: the file is empty.")
        sheet: _Sheet = _FILE(root, "")
        return _life(path.stem, sheet)
    except Malformed as error:
        raise Failed(str(error)) from None
    except Wrong as wrong:
        raise Failed(f"{path}:{wrong.line}: {wrong}") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """What one node says, and where it stands, for what cannot be judged by the node alone."""

    node: Node
    name: str
    fields: dict[str, Any]

    def wrong(self, sentence: str) -> Wrong:
        return Wrong(self.node, f"{self.name} {sentence}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """The file as it stands."""

    life: str
    scopes: tuple[str, ...]
    beliefs: tuple[_Placed, ...]
    cases: tuple[_Placed, ...]
    conversations: tuple[_Placed, ...] = ()


def _life(name: str, sheet: _Sheet) -> Life:
    beliefs = _beliefs(sheet)
    reader = _Talks(sheet, frozenset(belief.id for belief in beliefs))
    talks: list[tuple[Probe, ...]] = [(reader.probe(case),) for case in sheet.cases]
    talks += [reader.talk(conversation) for conversation in sheet.conversations]
    return Life(name=name, about=sheet.life, beliefs=tuple(beliefs), talks=tuple(talks))


def _beliefs(sheet: _Sheet) -> list[Belief]:
    """Raises `Wrong` where two would answer to one id or one name, or one names nobody."""
    ids = [placed.fields["id"] for placed in sheet.beliefs]
    made: list[Belief] = []
    names: set[tuple[object, ...]] = set()
    for placed in sheet.beliefs:
        belief = _belief(placed, sheet.scopes[:1])
        if belief.id in ids[: len(made)]:
            raise placed.wrong(f"has the id of another belief, {belief.id}.")
        taken = {(belief.user, belief.agent, s, belief.canonical_name) for s in belief.scopes}
        if belief.live and names & taken:
            raise placed.wrong(f"has the name of another live belief, {belief.canonical_name}.")
        names |= taken if belief.live else set()
        _known(placed, ids, (*belief.participants, *filter(None, [belief.superseded_by])))
        made.append(belief)
    return made


def _belief(placed: _Placed, scopes: tuple[str, ...]) -> Belief:
    given = dict(placed.fields)
    kind = given["type"] = Type(given["type"])
    said = given.pop("said", given["content"])
    begun = State.OPEN if kind is Type.OPEN_QUESTION else State.ACTIVE
    given["state"] = State(given.get("state", "superseded" if "superseded_by" in given else begun))
    given["canonical_name"] = given.pop("name")
    given["why_it_matters"] = given.pop("why")
    mute = given.pop("muted", ())
    given["aliases"] = tuple(Alias(text=name, muted=name in mute) for name in given["aliases"])
    given["evidence"] = (Evidence(quote=said, start=0, end=len(said), at=_BEGINNING),)
    try:
        return checked(
            Belief(**{"scopes": scopes} | given, created_at=_BEGINNING, updated_at=_BEGINNING)
        )
    except Invalid as error:
        raise placed.wrong(f"is no belief: {error}") from None


class _Talks:
    """Makes probes of what the file says, in the life's scopes unless they have their own."""

    def __init__(self, sheet: _Sheet, ids: frozenset[str]) -> None:
        self._scopes, self._ids = sheet.scopes, ids
        spoken = Counter(case.fields["language"] for case in sheet.cases)
        self._language = spoken.most_common(1)[0][0] if spoken else "en"

    def talk(self, placed: _Placed) -> tuple[Probe, ...]:
        """The turns of one conversation, in the life's language unless it says its own."""
        language = placed.fields.get("language", self._language)
        common = {"family": CONVERSATION, "language": language}
        if not placed.fields["turns"]:
            raise placed.wrong("has no turns.")
        return tuple(
            self.probe(replace(turn, fields=common | turn.fields))
            for turn in placed.fields["turns"]
        )

    def probe(self, placed: _Placed) -> Probe:
        given = {"scopes": self._scopes} | placed.fields
        given.pop("reply", None)  # what the assistant said names nothing
        if repeat := given.pop("repeat", None):
            given["text"] = "\n".join([*repeat["lines"] * repeat["times"], given["text"]])
        made = Probe(**given)
        tiers = (made.pinned or (), made.questions or ())
        said = (made.expect, made.tempts, made.may, *tiers)
        _known(placed, self._ids, (id for ids in said for id in ids))
        _apart(placed, made)
        return made


def _known(placed: _Placed, known: Iterable[str], ids: Iterable[str]) -> None:
    have = set(known)
    for id in ids:
        if id not in have:
            raise placed.wrong(f"speaks of {id}, and there is no such belief in this file.")


def _apart(placed: _Placed, probe: Probe) -> None:
    """A belief is due, tempting or free to come, and only one of them."""
    told = Counter([*probe.expect, *probe.tempts, *probe.may])
    if twice := [id for id, count in told.items() if count > 1]:
        raise placed.wrong(f"says two things of {twice[0]}.")


def _placed(section: Section) -> Reader[_Placed]:
    def read(node: Node, name: str) -> _Placed:
        return _Placed(node=node, name=name, fields=section(node, name))

    return read


def _words(node: Node, name: str) -> str:
    """A message: a text, and a quoted one may be empty."""
    return (
        "" if isinstance(node, ScalarNode) and node.value == "" and node.style else text(node, name)
    )


def _scope(node: Node, name: str) -> str:
    try:
        return parse_scope(text(node, name))
    except Invalid as error:
        raise Wrong(node, f"{name}: {error}") from None


def _day(node: Node, name: str) -> date:
    try:
        return date.fromisoformat(node.value if isinstance(node, ScalarNode) else "")
    except ValueError:
        raise Wrong(node, f"{name} must be a day such as 2026-03-01.") from None


def _language(node: Node, name: str) -> str:
    code = text(node, name)
    if not re.fullmatch("[a-z]{2}", code):
        raise Wrong(node, f"{name} must be the two letters of a language, such as en.")
    return code


_BELIEF = Section(
    dict,
    {
        "id": text,
        "type": choice(*Type),
        "name": text,
        "aliases": each(text),
        "muted": each(text),
        "content": text,
        "why": text,
        "said": text,
        "subtype": choice(*sorted(set().union(*SUBTYPES.values()))),
        "scopes": each(_scope),
        "agent": text,
        "user": text,
        "pinned": flag,
        "participants": each(text),
        "relation_type": text,
        "expertise_domain": text,
        "expertise_depth": text,
        "state": choice(*State),
        "superseded_by": text,
        "valid_from": _day,
        "valid_until": _day,
    },
    needs=("id", "type", "name", "aliases", "content", "why"),
)
_MESSAGE: dict[str, Reader[Any]] = {
    "text": _words,
    "expect": each(text),
    "reason": text,
    "tempts": each(text),
    "may": each(text),
    "language": _language,
    "scopes": each(_scope),
    "agent": text,
    "user": text,
    "budget": maybe(whole(0, 1_000)),
    "pinned": each(text),
    "questions": each(text),
    "prelude": each(text),
    "prelude_not": each(text),
}
_NEEDED = ("text", "expect", "reason")
_LINES = Section(dict, {"lines": each(text), "times": whole(1, 10_000)}, needs=("lines", "times"))
_CASE = Section(
    dict,
    _MESSAGE | {"family": choice(*FAMILIES), "repeat": _LINES},
    needs=(*_NEEDED, "family", "language"),
)
_TURN = Section(dict, _MESSAGE | {"reply": text}, needs=_NEEDED)
_CONVERSATION = Section(
    dict,
    {"title": text, "language": _language, "turns": each(_placed(_TURN))},
    needs=("title", "turns"),
)
_FILE = Section(
    _Sheet,
    {
        "life": text,
        "scopes": each(_scope),
        "beliefs": each(_placed(_BELIEF)),
        "cases": each(_placed(_CASE)),
        "conversations": each(_placed(_CONVERSATION)),
    },
)
