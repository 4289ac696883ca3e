"""Talks: labelled conversations and what must come of each, read strictly from YAML.

One file a life, or a language; an unknown key is refused with its line:

    life: a novelist                    # who
    scopes: [project:saltmarsh]         # where every conversation takes place
    talks:
      - title: a renamed character
        kind: change                    # one of KINDS
        held:                           # beliefs that stand before; `state` and `scopes` if needed
          - {id: tomas, type: entity, name: detective, aliases: [Tomas], content: …, why: …}
        turns:                          # in order
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

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mindhold.beliefs.errors import Invalid
from mindhold.beliefs.model import Type
from mindhold.beliefs.scope import parse_scope
from mindhold.beliefs.states import BEGINNINGS
from mindhold.cli.failure import Failed
from mindhold.cli.wish import SCOPES, Wish
from mindhold.proxy.fields import Malformed, Reader, Section, Wrong, choice, document, each, text

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
    file: str
    life: str
    place: tuple[str, ...]
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
        """The ids of what its new beliefs take the place of."""
        return frozenset(id for wish in self.learns for id in wish.supersedes)


def talks(path: Path) -> list[Talk]:
    """The conversations of a file; raises `Failed` with the file and the line."""
    try:
        root = document(path)
        if root is None:
            raise Failed(f"{path}: the file is empty.")
        sheet = _FILE(root, "")
    except Malformed as error:
        raise Failed(str(error)) from None
    except Wrong as wrong:
        raise Failed(f"{path}:{wrong.line}: {wrong}") from None
    about = {"file": path.stem, "life": path.stem, "place": sheet["scopes"]}
    return [Talk(**given, **about) for given in sheet["talks"]]


def _scope(node: Any, name: str) -> str:
    try:
        return parse_scope(text(node, name))
    except Invalid as error:
        raise Wrong(node, f"{name}: {error}") from None


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
