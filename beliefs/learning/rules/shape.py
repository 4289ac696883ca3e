"""Shape: how a rule words what it has found, so that every proposal is made in one way."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mindhold.beliefs.errors import Invalid
from mindhold.beliefs.learning.candidate import NewBelief
from mindhold.beliefs.learning.rules import dates
from mindhold.beliefs.learning.terms import ENGLISH as PLAIN
from mindhold.beliefs.learning.terms import Terms, chunks, common, namelike
from mindhold.beliefs.learning.tongues.english import ENGLISH
from mindhold.beliefs.learning.tongues.tongue import Tongue
from mindhold.beliefs.model import Epistemic, Type
from mindhold.beliefs.scope import UNIVERSAL
from mindhold.beliefs.valid import name_of, surface

_OF_ME = re.compile(r"(?i)i\b")
STATED, LIKELY, WEAK = 0.95, 0.8, 0.6
"""Confidence of a plain statement, of one that is being weighed, and of a mere taste."""

_ALIASES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A clause of the user's own words, ready for the rules.

    `text` is what the rules match, `quote` what they may cite: with "remember that" in front,
    where it stood. `standing`: "from now on", "by default".
    """

    text: str
    quote: str
    around: str  # the whole sentence
    explicit: bool = False
    standing: bool = False
    project: bool = False
    day: date = date.min  # on which it is said
    earlier: tuple[str, ...] = ()  # the user's turns before
    answer: str = ""  # what the model said last
    before: str = ""  # the end of what the turn said before this sentence
    condition: str = ""  # "for Python code, ", in front of what is always to be done
    tongue: Tongue = ENGLISH


def sentence(text: str) -> str:
    """As one line that begins with a capital and ends with a full stop."""
    line = " ".join(text.replace("`", "").split()).strip(" ,;:-–—")
    line = line.rstrip(".!") if not line.endswith("...") else line
    return (line[:1].upper() + line[1:])[:490] + "."


def bare(text: str) -> str:
    """As part of another sentence: one line without its full stop."""
    return sentence(text)[:-1]


_PLACED = re.compile(r"(?i)(?:at|on|in|by|from|until|every|between|around|via|with)\b")


def taken(value: str, label: str) -> str:
    """The directive of a slot's value: "Take Frankfurt as the region"."""
    if _PLACED.match(value):
        return f"Go by this: the {label} is {value}."
    return f"Take {value} as the {label}."


def inner(text: str, name: str) -> str:
    """As part of another sentence, with a small first letter unless a name is there."""
    line = " ".join(text.replace("`", "").split()).strip(" ,;:-–—").rstrip(".!")
    return line if name and namelike(name) else line[:1].lower() + line[1:]


def belief(
    spoken: Spoken,
    kind: Type,
    *,
    name: str,
    content: str,
    why: str,
    aliases: Iterable[str] = (),
    subtype: str | None = None,
    epistemic: Epistemic = Epistemic.STATED,
    confidence: float = STATED,
    replaces: Sequence[str] = (),
) -> NewBelief | None:
    """The proposal, or None when it has no name; its scope is the user's own if it speaks so."""
    try:
        named = name_of(re.sub(r"['’]s\b", "", name))
    except Invalid:
        return None
    if condition := spoken.condition:
        small = content if _OF_ME.match(content) else f"{content[:1].lower()}{content[1:]}"
        content = sentence(f"{condition}{small}")
        why = f"{condition[:1].upper()}{condition[1:]}{why[:1].lower()}{why[1:]}"
    gone = {surface(old) for old in replaces}
    own = [
        alias
        for alias in (*aliases, *spoken_terms(spoken))
        if len(alias) > 1 and not alias.isdigit()
    ]
    surfaces = dict.fromkeys(alias for alias in own if surface(alias) not in gone)
    return NewBelief(
        type=kind,
        subtype=subtype,
        canonical_name=named,
        content=content,
        why_it_matters=why[:500],
        aliases=tuple(_worth(surfaces))[:_ALIASES],
        epistemic=epistemic,
        confidence=confidence,
        evidence=(spoken.quote,),
        replaces=tuple(replaces)[:4],
        scopes=(UNIVERSAL,) if personal(spoken, kind) else (),
        valid_from=dates.since(spoken.quote, spoken.day),
        valid_until=dates.until(spoken.quote, spoken.day),
    )


def constraint(spoken: Spoken, terms: tuple[str, ...], why: str) -> NewBelief | None:
    """What answers must keep to, as it was said; named after the first of the terms."""
    return belief(
        spoken,
        Type.PREFERENCE,
        subtype="constraint",
        name=terms[0],
        content=sentence(spoken.text),
        why=why,
        aliases=terms,
    )


def personal(spoken: Spoken, kind: Type) -> bool:
    """Whether it is about the person wherever they are: who they are, how they want answers."""
    if spoken.tongue.voice.everywhere.search(spoken.quote):
        return True
    if spoken.project or kind in {Type.DECISION, Type.OPEN_QUESTION}:
        return False
    return kind is Type.PREFERENCE and bool(spoken.tongue.voice.style.search(spoken.text))


def mine(spoken: Spoken) -> bool:
    """Whether the clause speaks of the writer alone."""
    return bool(spoken.tongue.voice.mine.match(spoken.text))


def spoken_terms(spoken: Spoken) -> tuple[str, ...]:
    """What a clause is about."""
    terms = spoken.tongue.terms
    return key_terms("x " + terms.elided.sub(", ", spoken.text), within=terms)


def key_terms(text: str, *, within: Terms = PLAIN) -> tuple[str, ...]:
    """What a directive or a fact is about: its runs of content words, without a leading verb."""
    told = re.sub(r"^\W*\w+\s", "", text, count=1) if " " in text.strip() else text
    found = list(chunks(told, within=within)) or list(chunks(text, within=within))
    return tuple(_worth(dict.fromkeys(found)))


def _worth(surfaces: Iterable[str]) -> list[str]:
    """Those that name something first; the commonest words by themselves are left out."""
    listed = list(surfaces)
    kept = [name for name in listed if not common(name) or len(name.split()) > 1]
    return kept or listed[:1]
