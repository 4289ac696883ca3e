"""Body (Tier A): diets, allergies and needs that every suggestion must allow for."""

import re
from collections.abc import Iterator

from mindhold.beliefs.learning.candidate import Proposal
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.identity import own
from mindhold.beliefs.learning.rules.shape import Spoken
from mindhold.beliefs.learning.terms import term
from mindhold.beliefs.text.words import parts

_BODY = (
    r"vegan|vegetarian|pescatarian|flexitarian|(?:left|right)[- ]handed|a (?:left|right)y"
    r"|ambidextrous"
    r"|(?:[\w-]+ )?colou?r-?[ ]?blind|(?:partially |legally |nearly )?(?:blind|deaf|sighted)|hard"
    r" of hearing"
    r"|dyslexic|dyscalculic|teetotal|\w+[- ]intolerant|(?:gluten|dairy|lactose|sugar|alcohol|nut"
    r"|meat)[- ]free"
    r"|kosher|halal|co?eliac|keto|a wheelchair user|short-sighted|near-?sighted"
    r"|an? (?:(?:strict|lifelong|committed) )?(?:vegan|vegetarian|pescatarian|co?eliac)"
)
_SO = (
    r"(?= (?:and|so|but|if|in case|since|because|btw|by the way|too|fyi|just so|myself|these"
    r" days|now|for|which)\b|[,.;!()–—]| -|$)"
)
_AM = pattern(
    r"(?:i(?:['’]m| am)|we(?:['’]re| are))(?: (?:a bit|also|strictly|mostly|now|still|severely"
    r"|very|fully|both|all|actually))*"
    rf" (?P<what>{_BODY}){_SO}"
)
_ALLERGY = pattern(
    r"(?:i(?:['’]m| am)|we(?:['’]re| are)(?: both| all)?)(?: (?:very|also|severely|badly|highly"
    r"|mildly|quite|deathly|really|a bit))* (?:allergic|intolerant|sensitive) to"
    r" (?P<what>(?:(?! [-–—] )[^,;:.!?\n]){2,60})"
    r"|i (?:have|['’]ve got|suffer from) (?:an? )?(?:\w+ )?(?P<kind>[\w -]{2,30}?) (?:allergy"
    r"|intolerance)"
)
_EATS = pattern(
    r"(?:i|we)(?: both| all| just| really| also| personally| still)* (?:(?P<no>can['’]t|cannot"
    r"|can not|do not|don['’]t|never|no longer|won['’]t|must not|mustn['’]t|am not allowed to"
    r"|['’]?m not allowed to)(?: (?:ever|really))? (?P<verb>eat|drink|have|tolerate|digest"
    r"|stomach|touch|cook with)|(?P<only>only|just) (?:eat|drink))"
    r" (?P<what>[^,;:.!?\n]{2,60}?)(?= at home\b| any ?more\b| at all\b| because\b| for\b| so\b|"
    r" and\b| but\b| due\b|[,;:.!?\n]|$)"
)
_NEEDS = pattern(
    r"i(?:['’]m| am| have to| need to| must)?(?: now| also| still)? (?:use|using|rely on|wear"
    r"|need|have) (?P<what>(?:an? |my )?(?:\w+ )?(?:wheelchair|screen ?readers?|hearing aids?"
    r"|white cane|walking stick|crutches|walker|guide dog|braille display|braille|magnifier"
    r"|high[- ]contrast \w+|large (?:fonts?|print|text)|captions|subtitles|voice control"
    r"|dictation|tinnitus|low vision|dyslexia|tremor|rsi|(?:bad|weak|poor|dodgy|arthritic)"
    r" (?:knees?|back|eyesight|eyes|vision|hearing|shoulders?|hips?|wrists?|ankles?|hands)|(?:a"
    r" )(?:bad|weak|dodgy) (?:knee|back|shoulder|hip|wrist|ankle|hand)))"
    rf"{_SO}"
)
_CANNOT = pattern(
    r"i(?: really| physically)? (?:can['’]t|cannot|can not) (?P<what>(?:climb stairs|see (?:well"
    r"|colou?rs?|red|green|blue|small)|hear (?:well|high|anything)|walk (?:far|long)|lift"
    r" (?:heavy|anything)|use (?:a mouse|my (?:left|right) (?:hand|arm))|distinguish \w+|tell \w+"
    r" from \w+|run|drive|swim|type (?:much|for long))[^,;:.!?\n]{0,40})"
)


def being(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I'm vegan"."""
    what = re.sub(r"(?i)^an?\s", "", found["what"])
    yield own(
        spoken,
        found[0],
        name=what,
        aliases=(what,),
        why=f"In every suggestion, take into account that the user is {what}.",
    )


def allergy(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I'm allergic to tree nuts": of what can be eaten, touched or breathed, and not in jest."""
    what = (found["what"] or found["kind"]).strip()
    what = re.sub(
        r"(?i)\s(?:and|so|but|btw|by the way|too|as well|please|fyi|in case)\b.*$", "", what
    )
    if not _edible(what):
        return
    why = f"Never suggest anything with {what}; point it out where it may be hidden."
    yield own(spoken, found[0], name=f"{what} allergy"[:60], aliases=(what, "allergic"), why=why)


_ALLERGENS = re.compile(
    r"(?i)\b(?:\w*nuts?|penicillin|aspirin|ibuprofen|latex|pollen|dust|mites|mou?lds?|cats?|dogs?"
    r"|animals?|pets?|bees?|wasps?|stings|nickel|perfumes?|fragrances?|gluten|wheat|lactose|dairy"
    r"|eggs?|soya?|sesame|shellfish|seafood|fish|sulphites|sulfites|histamine|fructose|iodine|hay"
    r"|feathers|horses?|caffeine|alcohol|meat|pork|beef|chicken|red meat|sugar|milk|cheese"
    r"|mushrooms?|coriander|cilantro|onions?|garlic|spicy(?: food)?|carbs|coffee|tea|wine|beer"
    r"|halal|kosher|vegetarian|vegan|organic|plant-based|decaf|raw \w+)\b"
)


def _edible(what: str) -> bool:
    words = what.lower().split()
    head = words[-1] if words else ""
    kinds = parts(head) or parts(head.removesuffix("s")) or parts(head.removesuffix("es"))
    marks = kinds + parts(head.removesuffix("s"))
    return bool(_ALLERGENS.search(what)) or any(mark in marks for mark in "fp")


def eats(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I don't eat pork", "we only eat halal": a diet; not a meal that is left out."""
    what = term(found["what"])
    if not what or not _edible(what) or _MEALS.search(what):
        return
    if re.match(r"(?i)(?:do|won|no longer).* (?:have|touch|cook with)$", _of(found, "no", "verb")):
        return  # we don't have milk: the fridge is empty
    told = f"only {what}" if found["only"] else f"nothing with {what}"
    why = f"Suggest {told} to eat or drink."
    yield own(spoken, found[0], name=what, aliases=(what,), why=why)


def _of(found: re.Match[str], *groups: str) -> str:
    return " ".join(found[group] or "" for group in groups)


_MEALS = re.compile(
    r"(?i)\b(?:breakfast|lunch|dinner|supper|much|enough|out|a lot|less|more|leftovers)\b"
)


def needs(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I use a screen reader", "I have bad knees": what every suggestion must allow for."""
    what = re.sub(r"(?i)^(?:an?|my)\s", "", found["what"].strip())
    yield own(
        spoken,
        found[0],
        name=re.sub(r"(?i)^(?:bad|weak|poor|dodgy)\s", "", what),
        aliases=(what,),
        why=f"Suggest only what suits somebody with {what}.",
    )


def cannot(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I can't climb stairs"."""
    what = found["what"].strip()
    aliases = (what,) if len(what.split()) < 5 else ()
    yield own(
        spoken, found[0], name="_".join(what.split()[:3]), aliases=aliases,
        why=f"Suggest nothing for which one must {what}.",
    )  # fmt: skip


BODY: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_AM, being),
    (_ALLERGY, allergy),
    (_EATS, eats),
    (_NEEDS, needs),
    (_CANNOT, cannot),
)
