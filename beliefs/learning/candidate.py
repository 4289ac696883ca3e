"""Candidates: the contract of what an extractor may return; a field it does not know is refused."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Protocol

import msgspec
from msgspec import Meta

from mindhold.beliefs.errors import Invalid
from mindhold.beliefs.learning.heard import Heard
from mindhold.beliefs.model import MAX_ALIASES, MAX_CONTENT, Epistemic, Type

MAX_EXTRACTION = 65_536  # bytes
_UNKNOWN = "The extractor returned what its contract does not know."

_Name = Annotated[str, Meta(min_length=1, max_length=80)]
_Scope = Annotated[str, Meta(max_length=200)]
_Line = Annotated[str, Meta(max_length=MAX_CONTENT)]
_Quotes = Annotated[
    tuple[Annotated[str, Meta(min_length=1, max_length=2000)], ...],
    Meta(min_length=1, max_length=5),
]


class _Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every part of an extraction refuses what it does not know."""


class NewBelief(_Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A belief that an extractor proposes; `evidence` are verbatim quotes of the newest turn.

    `replaces` names what this takes the place of, whether or not that was ever a belief;
    `resolves` names open questions that it answers.
    """

    type: Type
    canonical_name: _Name
    content: Annotated[str, Meta(min_length=1, max_length=MAX_CONTENT)]
    evidence: _Quotes
    why_it_matters: _Line = ""
    subtype: str | None = None
    scopes: Annotated[tuple[_Scope, ...], Meta(max_length=4)] = ()
    epistemic: Epistemic = Epistemic.STATED
    confidence: Annotated[float, Meta(ge=0, le=1)] = 0.5
    aliases: Annotated[tuple[_Name, ...], Meta(max_length=MAX_ALIASES)] = ()
    participants: Annotated[tuple[_Name, ...], Meta(max_length=8)] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    resolves: Annotated[tuple[_Name, ...], Meta(max_length=4)] = ()
    replaces: Annotated[tuple[_Name, ...], Meta(max_length=4)] = ()


class Op(StrEnum):
    """What an update does to its target."""

    REINFORCE = "reinforce"
    CONTRADICT = "contradict"
    SUPERSEDE = "supersede"
    ENRICH = "enrich"
    RETRACT = "retract"
    CORRECT = "correct"


class Update(_Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A change to a belief that is there, named by its id, name or alias.

    A correction puts `new_content` where the belief says `old`.
    """

    target: _Name
    op: Op
    evidence: _Quotes
    new_content: _Line = ""
    old: _Line = ""


class AliasAdded(_Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A further surface of a belief that is there."""

    target: _Name
    alias: _Name
    evidence: _Quotes


class Answered(_Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An open question that the user's words settle."""

    target: _Name
    answer: _Line
    evidence: _Quotes


class Extraction(_Strict, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that one extractor proposes for one user turn."""

    new_beliefs: Annotated[tuple[NewBelief, ...], Meta(max_length=32)] = ()
    updates: Annotated[tuple[Update, ...], Meta(max_length=32)] = ()
    aliases_added: Annotated[tuple[AliasAdded, ...], Meta(max_length=32)] = ()
    open_questions: Annotated[tuple[NewBelief, ...], Meta(max_length=16)] = ()
    resolved_questions: Annotated[tuple[Answered, ...], Meta(max_length=16)] = ()


Proposal = NewBelief | Update | AliasAdded | Answered


class Extractor(Protocol):
    """Proposes; what it returns is believed in nothing until the gate has looked at it."""

    name: str
    version: str

    def extract(self, heard: Heard) -> Extraction | bytes:
        """What the user's words may mean: parsed, or JSON as a model wrote it."""


def read_extraction(raw: Extraction | bytes) -> Extraction:
    """The extraction in its strict form; raises `Invalid` for anything else."""
    if not isinstance(raw, Extraction | bytes):
        raise Invalid(_UNKNOWN)
    try:
        made = msgspec.json.encode(raw) if isinstance(raw, Extraction) else raw
        if len(made) > MAX_EXTRACTION:
            raise Invalid("The extractor returned too much.")
        return msgspec.json.decode(made, type=Extraction)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, TypeError) as exc:
        raise Invalid(_UNKNOWN) from exc
