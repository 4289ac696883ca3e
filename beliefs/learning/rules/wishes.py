"""Wishes (Tier A): what the user asks to be remembered, to hold from now on, or to be forgotten."""

import re
from collections.abc import Iterator

import msgspec

from mindhold.beliefs.learning.candidate import Op, Proposal, Update
from mindhold.beliefs.learning.rules.directives import does, orders
from mindhold.beliefs.learning.rules.form import pattern
from mindhold.beliefs.learning.rules.ours import BROKEN
from mindhold.beliefs.learning.rules.shape import (
    Spoken,
    bare,
    belief,
    key_terms,
    mine,
    sentence,
)
from mindhold.beliefs.learning.terms import namelike, names
from mindhold.beliefs.learning.tongues.english import ENGLISH
from mindhold.beliefs.model import Type
from mindhold.beliefs.scope import UNIVERSAL

_HELD = (
    r"(?:(?:what(?:ever)?|everything|anything|all)(?: that)? (?:you(?:['’]ve)?(?: have| know"
    r"| remember"
    r"| noted| stored| saved| kept)?|i(?:['’]ve)? (?:said|told you|mentioned))(?: down)?"
    r"|(?:the|that|this|any|all|every) (?:notes?|memor(?:y|ies)|entry|entries|bits?|parts?|things?"
    r"|stuff"
    r"|beliefs?|facts?)|everything|all)"
)
_FORGET = pattern(
    rf"(?:please )?(?:you (?:can|may|could|should) )?(?:(?:forget|disregard|unlearn)(?: (?:that"
    rf"|about"
    rf"|{_HELD} (?:on|about|regarding|of)))?"
    rf"|(?:scrap|drop|delete|wipe|erase|remove|clear|discard|throw (?:out|away)|get rid of) {_HELD}"
    rf" (?:on|about|regarding|of)) (?P<what>[^;!?\n]{{2,120}}?)"
    r"(?: (?:from|out of) (?:your )?(?:memory|notes|records|mind))?(?:,? (?:please|would you"
    r"|will you))?[.!?]*$"
    rf"|{_HELD} (?:on|about|regarding) (?P<gone>[^;,!?\n]{{2,80}}?) (?:does(?:n['’]t| not) (?:apply"
    rf"|hold|count)"
    r"|no longer (?:applies|holds|counts)|is (?:out of date|outdated|wrong|obsolete|old"
    r"|no longer (?:true"
    r"|valid|current))|(?:can|may|should) go)\b[^;!?\n]{0,60}$"
)


def forget(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Forget that we use Jest": whatever answers to the names in it ends."""
    about = re.sub(
        r"(?i)^(?:i|we|our|my)(?:['’]\w+)?\s(?:\w+\s)?(?=\S)", "", found["what"] or found["gone"]
    )
    about = re.sub(
        r"(?i)^(?:the|my|our|that)\s|,? (?:that|this|it) was\b.*$|\s(?:thing|stuff)\b", "", about
    )
    wanted = dict.fromkeys((*names(about), *key_terms("x " + about)))
    for name in wanted:
        yield Update(target=name, op=Op.RETRACT, evidence=(spoken.quote,))


_THE_MILK = re.compile(r"(?i)(?:the|my|our|your|an?) [\w'’-]+\W*")  # nothing is said of it


_OF_THE_MOMENT = re.compile(
    r"(?i)^(?:your|you['’]?re|you (?:are(?! now)|were|said|did|have|just)|that (?:was|is|did)"
    r"|this (?:is"
    r"|was)|i['’]?m (?:laughing|joking|kidding|crying|tired|done|back|leaving|going|trying"
    r"|working|stuck|confused|lost|sorry|happy|not sure)|i (?:think|guess|just|did|tried"
    r"|already))\b"
    r"|\b(?:is|are|['’]s) (?:now |still |currently )?(?:broken|down|failing|red|green|back up"
    r"|fixed|late|sick|ill|away|offline|online|stuck|wrong|here|awful|terrible|great|fun|running"
    r" late)\W*$|\b(?:laughing|good times)\b"
)


def fact(spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Remember that P", where P has no form of its own: kept as it was said."""
    text = spoken.text
    if re.match(
        r"(?i)(?:to|when|how|what|where|this|it|these|those|the last|our conversation"
        r"|everything)\b(?! (?:always|never))",
        text,
    ):
        return
    terms = key_terms("x " + text)
    if (
        not terms
        or len(text.split()) < 2
        or _THE_MILK.fullmatch(text)
        or _OF_THE_MOMENT.search(text)
    ):
        return
    bound = re.search(
        r"(?i)\b(?:must|needs?|always|never|should|can['’]?t|cannot|don['’]t|allergic|no|not"
        r"|only)\b",
        text,
    )
    made = belief(
        spoken,
        Type.PREFERENCE if bound else Type.ENTITY,
        subtype="constraint" if bound else None,
        name="_".join(terms[:2]) if len(terms[0].split()) == 1 else terms[0],
        content=sentence(text),
        why=f"In every answer, {text[:1].lower()}{bare(text)[1:]}."
        if orders(text)
        else f"Take this into account wherever it applies: {bare(text)}.",
        aliases=terms,
    )
    if made is not None and mine(spoken) and not spoken.project:
        made = msgspec.structs.replace(made, scopes=(UNIVERSAL,))
    yield made


_HOPED = re.compile(
    r"(?i)(?:i|we)(?:['’]\w+)? (?:hope|wish|think|guess|want to|would|might|may|can|could|will"
    r"|plan|look|am|was|are|\w+ to)\b"
)
_MEANT = re.compile(
    r"(?i)^by default,? (?:the|all)\b|\b(?:i|we|our|my|you|me|us|from (?:now|here|today) on|going"
    r" forward|henceforth)\b"
)


_JUDGED = re.compile(r"(?i)\b(?:is|are|feels?|looks?) (?:way |far |much )?too \w+\W*$")


def standing(spoken: Spoken) -> Iterator[Proposal | None]:
    """ "From now on, P", "by default P", "in this project P", where P is of no other form."""
    terms = key_terms(spoken.text)
    aside = re.match(
        r"(?i)(?:it|that|this|there|i (?:will|am|'m|hope|trust|wish)|you|(?:we|they) can)\b",
        spoken.text,
    )
    if not terms or aside or _JUDGED.search(spoken.text) or BROKEN.search(spoken.text):
        return
    everywhere = ENGLISH.voice.everywhere.search(spoken.quote)
    if _HOPED.match(spoken.text) or not (
        _MEANT.search(spoken.quote) or spoken.project or everywhere or does(spoken.text)
    ):
        return
    told = bare(re.sub(r"(?i),? please\b[.!]*", "", spoken.text))
    order = orders(spoken.text)
    yield belief(
        spoken,
        Type.DECISION if spoken.project else Type.PREFERENCE,
        subtype=None if spoken.project else "constraint",
        name=next(filter(namelike, terms), terms[0]),
        content=sentence(spoken.quote),
        why=f"{told}, unless told otherwise."
        if order
        else f"Unless told otherwise, keep to this: {told}.",
        aliases=terms,
    )


FORGET = (_FORGET, forget)
