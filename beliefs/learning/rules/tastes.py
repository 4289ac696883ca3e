"""Tastes (Tier B): what is merely liked, and who and where the user is."""

import re
from collections.abc import Iterator

from mindhold.beliefs.learning.candidate import NewBelief, Proposal
from mindhold.beliefs.learning.rules.form import Build
from mindhold.beliefs.learning.rules.shape import STATED, WEAK, Spoken, belief, sentence
from mindhold.beliefs.learning.rules.slots import PEOPLE
from mindhold.beliefs.learning.terms import determined, namelike, names, term
from mindhold.beliefs.model import Epistemic, Type
from mindhold.beliefs.scope import UNIVERSAL

_LIKE = re.compile(
    r"(?i)(?:i|we)(?: (?:really|absolutely|quite|just|do|also|truly))* (?P<verb>like|love"
    r"|hate|enjoy|dislike|adore|can['’]t stand|detest|loathe) (?P<what>[^,;!?\n]{2,80})"
)
_ROLE = re.compile(
    r"(?i)(?:(?:i['’]m|i am|i['’]ve been|i have been) (?:an?|the) (?P<role>[^,.;!?\n]{3,60})|i"
    r" work as (?:an?|the)"
    r" (?P<job>[^,.;!?\n]{3,60}))"
)
_PLACE = re.compile(
    r"(?:[Ii] (?:currently )?(?P<verb>live|work|am based|was born) (?:in|at|for)|[Ii](?:['’]m| am)"
    r" (?:based in|from)) (?P<where>(?:the )?[A-Z][\w'’.-]*(?: (?:[A-Z]|de|of|am"
    r"|la)[\w'’.-]*){0,3}|(?<=in )an? [^,;!?\n]{3,60}|(?<=at )an? [^,;!?\n]{3,60}"
    r"|(?<=for )an? [^,;!?\n]{3,60})"
)
_THEIRS = re.compile(
    r"(?i)(?:our|my) (?P<thing>(?:[\w/&-]+ ){0,2}[\w/&-]+) (?P<verb>uses|runs|targets|requires|is"
    r" (?:written"
    r"|built|made) (?:in|with|on)|relies on|depends on) (?P<what>[^;!?\n]{1,60})"
)
_ROLE_END = re.compile(
    r"(?i)(?:er|or|ist|ian|ant|ent|eer|yst|ect|nurse|chef|lawyer|paralegal|barrister"
    r"|teacher|student|freelancer|parent|vegan|vegetarian|coach|scientist|judge|clerk"
    r"|physician|surgeon|dentist|pilot"
    r"|analyst|postdoc|undergrad|novelist|poet|farmer|mechanic|librarian|economist"
    r"|linguist|beginner|fellow|cto|ceo|sre|dba)$"
)
_NO_ROLE = re.compile(
    r"(?i)^(?:bit|little|fan|big|huge|lot|bad|terrible|idiot|bot|few|firm|mess|believer"
    r"|lover|sucker|user of|member|better|number|former|character|paper|matter|winner"
    r"|loser|monster)\b"
)


_NO_THING = re.compile(r"(?i)^(?:on|in|at|to|of|for|with|about|from)\b|\b(?:i|we|you) \w+")


def liking(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I love X": a taste, held as a candidate."""
    what = re.sub(r"(?i)^(?:to)\s", "", found["what"])
    liked = names(what)
    if (
        not liked
        or determined(what)
        or _NO_THING.search(what)
        or re.match(
            r"(?i)(?:you|my|our|your|how|when|if|what|that|working with you|being|think|say"
            r"|believe|know|see|hear|imagine)\b",
            what,
        )
    ):
        return
    against = found["verb"].lower() in {
        "hate",
        "dislike",
        "detest",
        "loathe",
        "can't stand",
        "can’t stand",
    }
    yield belief(
        spoken,
        Type.PREFERENCE,
        name=liked[0],
        content=sentence(spoken.text),
        why=f"Avoid {' and '.join(liked)} where there is a choice."
        if against
        else f"Lean towards {' and '.join(liked)} where there is a choice.",
        aliases=liked,
        epistemic=Epistemic.INFERRED,
        confidence=WEAK,
    )


def role(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I'm a nurse"."""
    said = term(found["role"] or found["job"])
    sure = found["job"] and len(said.split()) <= 3
    if not said or _NO_ROLE.match(said) or not (sure or _ROLE_END.search(said)):
        return
    yield NewBelief(
        type=Type.ENTITY,
        canonical_name="user_role",
        content=sentence(spoken.text),
        why_it_matters=f"Take into account that the user is a {said}.",
        aliases=(said,),
        epistemic=Epistemic.INFERRED,
        confidence=WEAK,
        evidence=(spoken.quote,),
        scopes=(UNIVERSAL,),
    )


def place(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I live in Lisbon"."""
    where = term(found["where"])
    if not where:
        return
    yield NewBelief(
        type=Type.ENTITY,
        canonical_name="user_work" if found["verb"] == "work" else "user_place",
        content=sentence(spoken.text),
        why_it_matters=f"Assume {where} where the user's place matters.",
        aliases=(where,),
        epistemic=Epistemic.INFERRED,
        confidence=WEAK,
        evidence=(spoken.quote,),
        scopes=(UNIVERSAL,),
    )


def theirs(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Our backend uses Sentry"."""
    used = [name for name in names(found["what"]) if namelike(name)]
    if not used or PEOPLE.search(found["thing"]):
        return
    yield belief(
        spoken,
        Type.DECISION,
        name=used[0],
        content=sentence(spoken.text),
        why=f"Assume {' and '.join(used)} for the {found['thing']}.",
        aliases=(*used, found["thing"]),
        epistemic=Epistemic.INFERRED if found["verb"] == "uses" else Epistemic.STATED,
        confidence=WEAK if found["verb"] == "uses" else STATED,
    )


TASTES: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_ROLE, role),
    (_PLACE, place),
    (_THEIRS, theirs),
    (_LIKE, liking),
)
