"""Identity (Tier A): what the user says they are, need, know or are called."""

import re
from collections.abc import Iterator

import msgspec

from mindhold.beliefs.learning.candidate import NewBelief, Proposal
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.shape import STATED, Spoken, sentence
from mindhold.beliefs.learning.terms import names, term
from mindhold.beliefs.model import Type
from mindhold.beliefs.scope import UNIVERSAL

_BODY = (
    r"vegan|vegetarian|pescatarian|(?:left|right)-handed"
    r"|(?:[\w-]+ )?colou?r-?blind|(?:partially |legally )?(?:blind|deaf|sighted)|hard of hearing"
    r"|dyslexic|teetotal|[\w]+[- ]intolerant|kosher|halal"
)
_AM = pattern(
    rf"i(?:['’]m| am)(?: (?:a|also|strictly|now|still|severely|very|fully|both))*"
    rf" (?P<what>{_BODY})(?= and\b|[,.;!]|$)"
)
_PRONOUNS = pattern(r"my pronouns are (?P<what>[\w/ ]{2,30})(?=[,.;!]|$)")
_CALLED = pattern(
    r"(?:i(?:['’]m| am) (?P<me>(?-i:[A-Z])[\w'’-]+), please|(?:everyone|everybody|people|friends|my"
    r" (?:friends|family|colleagues)) calls? me (?P<name>(?-i:[A-Z])[\w'’-]+))(?=[,.;!]|$)"
)
_KNOWS = pattern(
    r"i(?:['’]ve| have) (?:been )?(?:writing|using|programming(?: in)?|coding(?: in)?|teaching"
    r"|working with|developing in|playing|knitting|baking|brewing|practi[sc]ing|doing|written|used"
    r"|taught) (?P<what>[^,;:!?\n]{1,40}?) for (?:(?:over|about|more than|almost|nearly) )?(?:\w+"
    r" )?(?:years|decades|two decades)(?P<so>,? so (?:skip|no need|do not|don['’]t|you (?:can"
    r"|need))"
    r"[^;!?\n]{0,60})?(?=[,.;!]|$)"
)


def being(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I'm vegan"."""
    what = found["what"]
    yield _own(
        spoken,
        found[0],
        name=what,
        aliases=(what,),
        why=f"In every suggestion, take into account that the user is {what}.",
    )


def pronouns(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "My pronouns are they/them"."""
    what = found["what"].strip()
    why = f"Speak of the user as {what}."
    yield _own(spoken, found[0], name="pronouns", aliases=("pronouns",), why=why)


def called(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I'm Kat, please", "everyone calls me Kat"."""
    name = found["me"] or found["name"]
    made = _own(spoken, f"The user's name is {name}", name="user_name", aliases=(name,), why="")
    yield msgspec.structs.replace(
        made, type=Type.ENTITY, subtype=None, why_it_matters=f"Address the user as {name}."
    )


def knows(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I've been writing SQL for twenty years, so skip the basics"."""
    for what in names(found["what"])[:1]:
        made = _own(
            spoken,
            found[0],
            name=f"{what} experience",
            aliases=(what,),
            why=f"Take it that the user knows {what} well; leave out the basics.",
        )
        yield msgspec.structs.replace(made, subtype="expertise")


def _own(
    spoken: Spoken, content: str, *, name: str, aliases: tuple[str, ...], why: str
) -> NewBelief:
    return NewBelief(
        type=Type.PREFERENCE,
        subtype="constraint",
        canonical_name=name,
        content=sentence(content),
        why_it_matters=why,
        aliases=tuple(dict.fromkeys(alias for alias in aliases if term(alias, keep_tail=True))),
        confidence=STATED,
        evidence=(spoken.quote,),
        scopes=(UNIVERSAL,),
    )


IDENTITY: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_AM, being),
    (_PRONOUNS, pronouns),
    (_CALLED, called),
    (_KNOWS, knows),
)
