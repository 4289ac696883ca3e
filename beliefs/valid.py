"""The rules of the model: what a belief must be to be written, and how a name is spelled."""

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

from mindhold.beliefs.errors import Invalid
from mindhold.beliefs.model import (
    MAX_ALIASES,
    MAX_CONTENT,
    SUBTYPES,
    Alias,
    Belief,
    Epistemic,
    State,
    Type,
)
from mindhold.beliefs.scope import parse_scope
from mindhold.beliefs.text.codepoints import clean

MAX_NAME = 80  # characters
MAX_WORDS = 4  # of an alias
_DEPTHS = frozenset({"learning", "working", "deep", "expert"})
_QUESTION_STATES = frozenset({State.OPEN, State.RESOLVED, State.DROPPED})
_FACT_STATES = frozenset({State.ACTIVE, State.EXPLORATORY})
_PLAIN_NAME = re.compile("[a-z0-9]+(?:_[a-z0-9]+)*")
_CONTROL = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")  # line ends among them
_SIGNS = {"+": " plus ", "#": " sharp "}  # C, C++ and C# are three things

EDITABLE = frozenset(
    {
        "agent", "aliases", "canonical_name", "confidence", "content", "epistemic",
        "expertise_depth", "expertise_domain", "participants", "relation_type", "review_by",
        "scopes", "sensitive", "subtype", "type", "valid_from", "valid_until", "why_it_matters",
    }
)  # fmt: skip


def name_of(text: str) -> str:
    """The snake_case name for any words of any script; raises `Invalid` when nothing is left."""
    if len(text) <= MAX_NAME and _PLAIN_NAME.fullmatch(text):
        return text
    spelled = re.sub(r"(?<=\w)[+#]+", lambda signs: _spoken(signs[0]), text)
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", spelled).casefold())
    kept = "".join(char if unicodedata.category(char)[0] in "LNM" else " " for char in folded)
    name = "_".join(kept.split())[:MAX_NAME].strip("_")
    if not name:
        raise Invalid("A name needs letters or digits.")
    return name


def surface(text: str) -> str:
    """The key under which an alias or a name is looked up."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("_", " ").split())


def surfaces(belief: Belief) -> frozenset[str]:
    """Every key by which a belief can be looked up."""
    return frozenset(
        {surface(belief.canonical_name), *(surface(alias.text) for alias in belief.aliases)}
    )


def distinct(aliases: tuple[Alias, ...]) -> tuple[Alias, ...]:
    """The aliases with each surface once, the first one kept, at most 25."""
    kept: dict[str, Alias] = {}
    for alias in aliases:
        kept.setdefault(surface(alias.text), alias)
    return tuple(kept.values())[:MAX_ALIASES]


def settled(belief: Belief) -> State:
    """The live state in which a belief of this kind stands once it is admitted."""
    if belief.type is Type.OPEN_QUESTION:
        return State.OPEN
    return State.EXPLORATORY if belief.epistemic is Epistemic.EXPLORATORY else State.ACTIVE


def checked(belief: Belief) -> Belief:
    """The belief in its canonical spelling; raises `Invalid` with the rule that it breaks."""
    made = replace(
        belief,
        canonical_name=name_of(belief.canonical_name),
        content=_line("content", belief.content),
        why_it_matters=_line("why_it_matters", belief.why_it_matters),
        scopes=tuple(dict.fromkeys(parse_scope(scope) for scope in belief.scopes)),
        aliases=_aliases(belief.aliases),
        created_at=_moment(belief.created_at),
        updated_at=_moment(belief.updated_at),
    )
    _check_kind(made)
    _check_bounds(made)
    return made


def _spoken(signs: str) -> str:
    return "".join(_SIGNS[sign] for sign in signs)


def _line(field: str, text: str) -> str:
    line = clean(text).strip()
    if not line:
        raise Invalid(f"A belief needs a {field}.")
    if len(line) > MAX_CONTENT:
        raise Invalid(f"The {field} is longer than {MAX_CONTENT} characters.")
    if _CONTROL.search(line):
        raise Invalid(f"The {field} must be one line without control characters.")
    return line


def _aliases(aliases: tuple[Alias, ...]) -> tuple[Alias, ...]:
    if len(aliases) > MAX_ALIASES:
        raise Invalid(f"A belief has at most {MAX_ALIASES} aliases.")
    return distinct(tuple(_alias(alias) for alias in aliases))


def _alias(alias: Alias) -> Alias:
    text = _surface_of(alias.text)
    return alias if text == alias.text else replace(alias, text=text)


def _surface_of(text: str) -> str:
    words = clean(text).split()
    if not 1 <= len(words) <= MAX_WORDS or sum(map(len, words)) > MAX_NAME:
        raise Invalid(f"An alias has 1 to {MAX_WORDS} words and at most {MAX_NAME} characters.")
    made = " ".join(words)
    if _CONTROL.search(made):
        raise Invalid("An alias must not hold control characters.")
    return made


def _moment(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise Invalid("A time needs its time zone.")
    return at.astimezone(UTC)


def _check_kind(belief: Belief) -> None:
    if belief.subtype is not None and belief.subtype not in SUBTYPES.get(belief.type, ()):
        known = ", ".join(sorted(SUBTYPES.get(belief.type, ()))) or "none"
        raise Invalid(f"The subtypes of a {belief.type.value} are: {known}.")
    question = belief.type is Type.OPEN_QUESTION
    if belief.state in (_FACT_STATES if question else _QUESTION_STATES):
        raise Invalid(f"A {belief.type.value} cannot be {belief.state.value}.")
    if belief.expertise_depth is not None and belief.expertise_depth not in _DEPTHS:
        raise Invalid("The depth of expertise is learning, working, deep or expert.")


def _check_bounds(belief: Belief) -> None:
    if not belief.scopes:
        raise Invalid("A belief needs a scope.")
    if not belief.id or not belief.user:
        raise Invalid("A belief needs an id and a user.")
    if not 0 <= belief.confidence <= 1:
        raise Invalid("The confidence is a number from 0 to 1.")
    if belief.valid_from and belief.valid_until and belief.valid_until < belief.valid_from:
        raise Invalid("A belief cannot end before it begins.")
    times = [belief.reinforced_at, *(quote.at for quote in belief.evidence)]
    if any(at is not None and at.tzinfo is None for at in times):
        raise Invalid("A time needs its time zone.")
    if any(quote.start < 0 or quote.end < quote.start for quote in belief.evidence):
        raise Invalid("The offsets of a quote run from its start to its end.")
