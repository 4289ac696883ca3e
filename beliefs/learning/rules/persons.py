"""Persons (Tier A): who somebody is to the user, or to one another in the user's own work."""

import re
from collections.abc import Iterator
from dataclasses import replace

import msgspec

from mindhold.beliefs.learning.candidate import NewBelief, Proposal
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.shape import Spoken, bare, belief, sentence
from mindhold.beliefs.learning.terms import term
from mindhold.beliefs.model import Type
from mindhold.beliefs.scope import UNIVERSAL

KIN = (
    r"(?:(?:older|younger|elder|little|big|twin|half-?|step-?|ex-?|late|eldest|youngest|oldest"
    r"|foster|adopted) ?)?(?:sister|brother|mother|mum|mom|mam|mama|father|dad|papa|son|daughter"
    r"|child|kid|baby|wife|husband|spouse|partner|girlfriend|boyfriend"
    r"|fianc[ée]e?|aunt|auntie|uncle|cousin|niece|nephew|grand-?(?:mother|father|son|daughter|ma"
    r"|pa|child)|gran|nan|god(?:son|daughter|mother|father|child)|twins?|sibling"
    r"|parents?|dog|puppy|cat|kitten|horse|pony|rabbit|hamster|parrot|tortoise|guinea pig)"
    r"(?:[- ]in[- ]law)?"
)
_WORK = (
    r"(?:[\w-]+ ){0,2}?(?:boss|manager|supervisor|advis[oe]r|co-?founder|colleague|co-?worker"
    r"|teammate|team ?lead|tech lead|lead|editor|co-?author|agent|landlord|landlady|gp|doctor"
    r"|dentist|therapist|lawyer|solicitor|accountant|vet|teacher|professor"
    r"|mentor|mentee|client|assistant|pm|project manager|product manager|intern|designer|cto|ceo"
    r"|cfo|director|principal|coach|trainer|publisher|illustrator|translator|paralegal|partner"
    r"|associate|postdoc|student|flatmate|roommate|housemate|neighbou?r|best friend|friend"
    r"|maintainer|contact|gm|dm|game master|dungeon master|bandmate|tutor|nanny|childminder"
    r"|cleaner|gardener|plumber|electrician|contractor|architect|secretary|chair|treasurer|pi)"
)
_NAME = (
    r"(?-i:(?:(?:Mr|Mrs|Ms|Dr|Prof)\.? )?[A-ZÀ-Þ][\w'’-]*(?: (?:[A-ZÀ-Þ][\w'’-]*|de|van|von"
    r"|der|la|bin|al)){0,3})"
)
_IS = r"(?:['’]s| is| was| are)"
_NAMED_KIN = pattern(
    rf"(?:my|our) (?P<rel>{KIN}|{_WORK}),? (?P<name>{_NAME}),?(?: (?P<is>is|['’]s|was|has"
    rf"|can(?:['’]?t|not)?|must|may|needs?|will|won['’]?t"
    rf"|(?!and\b|or\b)(?-i:[a-z])+(?:s|ed)) (?P<what>[^;!?\n]{{2,120}}))"
)
_KIN_NAME = pattern(
    rf"(?:my|our) (?P<rel>{KIN}|{_WORK})(?:(?:['’]s| s)? name{_IS}|(?:{_IS}|['’]re) (?:called"
    rf"|named)|{_IS}) (?P<name>{_NAME}(?:(?:,| and|, and) {_NAME})*)(?=[,.;!]|$| and\b| who\b|"
    rf" from\b| in\b)"
)
_IS_MY = pattern(
    rf"(?P<name>{_NAME}){_IS} (?:my|our) (?P<rel>{KIN}|{_WORK})(?=[,.;!]|$| at\b| on\b| for\b|"
    rf" in\b| and\b| who\b)(?P<more>[^;!?\n]{{0,80}})"
)
_TIE = pattern(
    r"(?=[^\n]*['’])"
    rf"(?:in (?:my|our|the|this) (?:novel|book|story|campaign|series|game|play|screenplay|world"
    rf"|trilogy|manuscript|comic)[,:]? )?(?P<name>{_NAME}){_IS} (?P<other>{_NAME})['’]s?"
    rf" (?P<rel>{KIN}|{_WORK}|(?:sworn |arch-?)?(?:enemy|rival|nemesis|lover|squire|apprentice"
    rf"|servant|heir|murderer|killer|bodyguard))(?=[,.;!]|$)"
)
_REPORT = pattern(
    rf"(?:i|we) (?P<rel>report to|work for|work with|am married to|live with|share a flat with"
    rf"|co-?write with|was hired by) (?P<name>{_NAME})(?P<more>(?:,| \(|$| at| on| in| for"
    rf"|\.)[^;!?\n]{{0,60}})"
)
_IN_CHARGE = pattern(
    rf"(?P<name>{_NAME}) (?P<rel>runs|leads|heads|manages|chairs|coaches|teaches|conducts|directs"
    rf"|owns|edits|supervises) (?P<more>[^;!?\n]{{2,60}}? (?:at|in|of|for) (?:our"
    rf"|my)\b[^;!?\n]{{0,40}}|(?:our|my)\b[^;!?\n]{{2,60}})"
)
_WHO = pattern(
    rf"(?:the|our) (?:person|one|guy|woman|man|lady|colleague|contact) (?P<rel>(?:who|that|for|in"
    rf" charge of|responsible for)\b[^,;:!?\n]{{3,60}}?) is (?P<name>{_NAME})(?=[,.;!]|$)"
)
_OF_WORK = re.compile(
    r"(?i)\bin (?:my|our|the|this) (?:novel|book|story|campaign|series|game|play|screenplay|world"
    r"|trilogy|manuscript|comic)\b"
)
_LASTING = re.compile(
    r"(?i)(?:(?:is|['’]s|was) (?:an? |the |my |our |(?:now |currently |almost |only )?\d+\b"
    r"|(?:born|based|from|married|engaged|retired|left-handed|deaf|blind|vegan|vegetarian"
    r"|pescatarian|coeliac|celiac|lactose|gluten|allergic|diabetic|in (?:charge|year|grade"
    r"|kindergarten|school|college|(?-i:[A-Z])))\b)"
    r"|(?:works?|lives?) (?:as|at|for|in|with|on|near|abroad)\b|speaks (?-i:[A-Z])|has (?:an?|two"
    r"|three|four|no) (?!cold|bad|headache|problem|question|point|idea|crush|meeting)|studies"
    r"|(?:can['’]?t|cannot|must(?: not|n['’]?t)?|may not|needs) (?:eat|have|drink|be|only|an?|no)\b"
    r"|teaches|runs (?:an?|the|our|my)\b|turns \d|goes to (?:school|the|kindergarten))"
)
_PASSING = re.compile(
    r"(?i)\b(?:fan|pain|mess|idiot|genius|bit|lot|jerk|saint|angel|treasure|star|hero|legend"
    r"|nightmare|micromanager|liar|problem|sick|ill|here|late|home|busy|tired|coming|visiting"
    r"|going|asking|waiting|away|right|wrong|angry|happy|sad|today|tonight|tomorrow|believes?"
    r"|thinks?|says?|prefers?|hates?|loves?|likes?|wants?)\b"
)


def kin(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "My sister Lena is a nurse in Bremen": who somebody is, what they do; not their tastes."""
    told = f"{found['is']} {found['what']}"
    if not _LASTING.match(told) or _PASSING.search(told):
        made = _relation(replace(spoken, text=found["name"]), found["name"], found["rel"])
        if made is not None:
            content = f"{found['name']} is the user's {found['rel']}."
            yield msgspec.structs.replace(made, content=content)
        return
    what = re.split(r"(?i),? (?:and|but|so|because|who)\b", found["what"])[0]
    yield _relation(
        spoken, found["name"], found["rel"], also=(term(re.sub(r"(?i)^an?\s", "", what)),)
    )


def name_of_kin(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "My son's name is Max", "our cats are called Milo and Otis"."""
    slot = found["rel"].split()[-1] if found.re is _KIN_NAME else ""
    yield _relation(spoken, found["name"], found["rel"], named=slot)


def tie(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "In my novel, Ines is Tomas's half-sister": between two whom the user's work knows."""
    made = _relation(spoken, found["name"], found["rel"], also=(found["other"].removesuffix("'s"),))
    if made is None or not (spoken.explicit or _OF_WORK.search(spoken.around)):
        return
    why = f"Keep to it: {bare(spoken.text)}."
    yield msgspec.structs.replace(
        made, scopes=(), why_it_matters=why, participants=(found["name"], found["other"])
    )


def _relation(
    spoken: Spoken, name: str, rel: str, also: tuple[str, ...] = (), named: str = ""
) -> NewBelief | None:
    people = re.split(r",? and |, ", name)
    made = belief(
        spoken,
        Type.RELATION,
        name=named or (people[0] if len(people) == 1 else rel),
        content=sentence(spoken.text),
        why=f"Know who {' and '.join(people)} are to the user: {rel}."
        if len(people) > 1
        else f"Know {name} as the user's {rel} wherever they come up.",
        aliases=(*people, rel, *filter(None, also)),
    )
    if made is None:
        return None
    own = (UNIVERSAL,) if re.fullmatch(rf"(?i){KIN}", rel) else made.scopes
    return msgspec.structs.replace(made, participants=tuple(people[:8]), scopes=own)


def in_charge(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Petra runs the maths department at my school"."""
    made = belief(
        spoken,
        Type.RELATION,
        name=found["name"],
        content=sentence(spoken.text),
        why=f"Know who {found['name']} is to the user: {bare(spoken.text)}.",
        aliases=(found["name"],),
    )
    if made is not None:
        yield msgspec.structs.replace(made, participants=(found["name"],))


def reports(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I report to Dana"."""
    if found["rel"].lower().startswith("work") and not re.match(r"(?i)(?:,| \()", found["more"]):
        return  # a firm, most likely
    yield _relation(spoken, found["name"], found["rel"].split()[0])


PERSONS: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_NAMED_KIN, kin),
    (_KIN_NAME, name_of_kin),
    (_REPORT, reports),
)
TIES: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_IS_MY, name_of_kin),
    (_TIE, tie),
    (_IN_CHARGE, in_charge),
    (_WHO, in_charge),
)
