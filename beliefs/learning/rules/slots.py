"""Slots (Tier A): "our <slot> is X", what a thing of theirs is."""

import re
from collections.abc import Iterator

import msgspec

from mindhold.beliefs.learning.candidate import Proposal
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.shape import Spoken, belief, inner, sentence, taken
from mindhold.beliefs.learning.terms import namelike, names, term
from mindhold.beliefs.model import Type
from mindhold.beliefs.scope import UNIVERSAL

_SLOT = pattern(
    r"(?P<slot>(?:our|my) (?:[\w/&-]+ ){0,3}[\w/&-]+?) (?P<verb>(?:is|are) (?:called|named"
    r"|set to|now called|now)|is|are|runs? on|lives? (?:in|on|at)"
    r"|(?:is|are) hosted (?:on|at)|starts? (?:in|on|at)|ends? (?:in|on|at))"
    r" (?P<value>[^;!?\n]{1,80})"
)
_NO_SLOT = re.compile(
    r"(?i)\b(?:problem|issue|question|point|concern|guess|bug|error|errors|code|test|tests"
    r"|output|result|results|goal|task|idea|plan|understanding|assumption"
    r"|opinion|worry|fear|mistake|bad|fault|turn|apologies|build|query|function|script"
    r"|program|computer|laptop|phone|internet|account|screen|head|mind|day|life"
    r"|answer|confusion|theory|thought|thoughts|hope|dream|suggestion|request|favourite"
    r" part|dog|cat|page|site|app|application|server|chart|file|thinking|last|first|next"
    r"|preference|preferences|only|main|biggest|current)$"
)
PEOPLE = re.compile(
    r"(?i)\b(?:client|customer|competitor|vendor|supplier|neighbou?r|boss|manager"
    r"|colleague|coworker|friend|wife|husband|partner|teacher|professor|mother|father|mum"
    r"|mom|dad"
    r"|sister|brother|son|daughter|kids?|student|landlord|lawyer|doctor|uncle|aunt|cousin"
    r"|flatmate|roommate|players?|users?)\b"
)
_ADJECTIVE = re.compile(
    r"(?i)(?:very|too|so|not|n't|really|quite|a bit|a little|still|also|always|never|being"
    r"|getting|going|trying|running|about|based|due|done|broken|slow|fast)\b|\w+(?:ing"
    r"|ed)\b(?!\s(?-i:[A-Z]))"
)
_DAY = re.compile(
    r"(?i)(?:on |in |every )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|(?:in"
    r" )?(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december)\b"
)
_PLAIN = re.compile(
    r"(?i)\b(?:branch|time ?zone|locale|(?:native |first |target |main )?language|database|db"
    r"|editor|ide|shell|os|operating system|framework|test runner|package manager|linter"
    r"|formatter|orm|stack|back-?end|front-?end"
    r"|queue|broker|cache|hosting(?: provider)?|provider|registrar|theme|font|keyboard(?:"
    r" layout)?|birthday|currency|prefix|suffix|domain|username|handle|major|field|university"
    r"|employer|company|favou?rite [\w-]+"
    r"|citation style|style guide|code style|licen[cs]e|units?|scale|system|ruleset|region"
    r"|cluster|supplier|host|printer|router|default [\w-]+|target [\w-]+|line length|naming"
    r" convention|indentation|job|profession|hobby|instrument|diet|home ?town|genre|working title"
    r"|protagonist|narrator|antagonist|villain|main character|tense|pov|point of view)$"
)
_TAIL = re.compile(
    r"(?i)(?:,? (?:now|by the way|btw|fyi|currently))+\W*$"
    r"|, (?:it['’]?s|it is|they['’]?re|which|who|that['’]?s|but|so|because|since|and (?:it|we|i"
    r"|they))\b.*$"
)
_PERSONAL = re.compile(
    r"(?i)my (?:\w+ )?(?:time ?zone|locale|language|os|operating system|editor|shell|keyboard(?:"
    r" layout)?|birthday|currency|major|field|university|employer|company|favou?rite [\w-]+|job"
    r"|profession|hobby|instrument|diet|home ?town|handle|username)$"
)


def slot(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Our staging environment is called mercury": what a thing of theirs is."""
    thing, value = (
        found["slot"],
        _TAIL.sub("", found["value"]),
    )
    called = re.search(r"called|named", found["verb"])
    if (_NO_SLOT.search(thing) and not (_DAY.match(value) or called)) or _ADJECTIVE.match(
        value.strip()
    ):
        return
    if thing.lower() == "my name" or (re.search('["“”]', value) and not namelike(term(value))):
        return  # our architecture is called "hope"
    if PEOPLE.search(thing) and re.match(r"(?i)an?\s", value):
        return
    short = term(value)
    if not short and not _DAY.match(value):
        return
    plain = _PLAIN.search(thing) and len(value.split()) <= 4
    certain = _DAY.match(value) or namelike(short) or called or plain
    if not (certain or re.match(r"(?i)an?\s", value)):
        return
    label = re.sub(r"(?i)^(?:our|my)\s", "", thing)
    made = belief(
        spoken,
        Type.ENTITY,
        name=label,
        content=sentence(spoken.text),
        why=_taken(found["verb"], inner(value, short), label),
        aliases=(
            label,
            *names(value),
            *((short, re.sub(r"\s+v?\d[\w.]*$", "", short)) if short else ()),
            *([label.split()[-1]] if " " in label else []),
        ),
    )
    if made is not None and _PERSONAL.match(thing):
        made = msgspec.structs.replace(made, scopes=(UNIVERSAL,))
    yield made


def _taken(verb: str, value: str, label: str) -> str:
    """The directive of what a thing is, is called, or does."""
    if re.search(r"(?i)called|named", verb):
        return f"Take {value} as the name of the {label}."
    if re.match(r"(?i)(?:is|are)\b", verb):
        return taken(value, label)
    return f"Go by this: the {label} {verb} {value}."


SLOTS: tuple[tuple[re.Pattern[str], Build], ...] = ((_SLOT, slot),)
