"""Identity (Tier A): what the user is called, and knows."""

import re
from collections.abc import Iterator

import msgspec

from mindhold.beliefs.learning.candidate import NewBelief, Proposal
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.shape import STATED, Spoken, sentence
from mindhold.beliefs.learning.terms import names, term
from mindhold.beliefs.model import Type
from mindhold.beliefs.scope import UNIVERSAL
from mindhold.beliefs.text.words import parts

_NAME = pattern(
    r"(?:(?:my|the) (?:first |full |real )?name(?:['’]?s| is)|(?:you can |you may |please |just"
    r" )*call me"
    r"|i(?:['’]m| am) called|i(?: usually| normally)? go by|i answer to|address me as) (?:just"
    r" )?(?P<name>[\w'’.-]+(?: (?-i:[A-Z])[\w'’.-]+){0,2})"
    r"(?=[,.!;–—(]|$| (?:and|but|btw|please|from now|by the way|not|instead|for short|rather)\b| -)"
)
_INTRODUCED = pattern(
    r"(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening)|greetings|howdy)(?: there| all|"
    r" again| claude| chatgpt)?[,.!–— -]+(?:i['’]m|i am|this is|it['’]s|my name is|name['’]s)"
    r" (?P<name>(?-i:[A-Z][\w'’-]+)(?: (?-i:[A-Z][\w'’-]+))?)(?=[,.!]|$| and\b| from\b| here\b| -"
    r"| –)"
)
_PRONOUNS = pattern(
    r"(?:my pronouns are|i use|i go by) (?P<what>(?:she|he|they|ze|xe|it|any)/[\w/ ]{2,20}|(?:she"
    r"|he|they|any|neutral)(?: pronouns)?)(?=[,.;!]|$| and\b)"
)
_CALLED = pattern(
    r"(?:i(?:['’]m| am) (?P<me>(?-i:[A-Z])[\w'’-]+), please|(?:most )?(?:everyone|everybody"
    r"|people|friends|my"
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


_HOURS = pattern(
    r"i(?:['’]m| am)? (?:only |mostly |usually |always |just )*(?:work|working) (?P<what>(?:part"
    r"|full)[- ]time|(?:only )?"
    r"(?:\d|two|three|four|five|six)[- ]days? (?:a|per) week|nights|night shifts|shifts|weekends"
    r"|mornings|afternoons|evenings|remotely|from home)"
    r"(?=[,.;!]|$| and\b| but\b| so\b| as\b| in\b| at\b| on\b)"
)


_ABSTRACT = re.compile(r"(?i)\w{5,}(?:tion|ness|ment|ism|ity)$|\bthe [A-Z]|^Emperor")


def named(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "My name is Ada"."""
    name = found["name"].strip(" .'’")
    if name[:1].islower() and not re.search(r"(?i)\b(?:call me|name['’]?s|name is)\b", found[0]):
        return
    if _ABSTRACT.search(name) or name.split()[0].lower() in {
        "when",
        "if",
        "back",
        "crazy",
        "a",
        "an",
        "the",
        "later",
        "tomorrow",
        "maybe",
        "out",
        "not",
        "on",
        "in",
        "that",
        "stupid",
        "old-fashioned",
        "by",
        "taken",
        "used",
        "whatever",
        "anything",
    }:
        return
    yield NewBelief(
        type=Type.ENTITY,
        canonical_name="user_name",
        content=f"The user's name is {name}.",
        why_it_matters=f"Address the user as {name}.",
        aliases=(name,),
        confidence=0.95,
        evidence=(found[0].strip(),),
        scopes=(UNIVERSAL,),
    )


_TEACHES = pattern(
    r"i (?:play(?= (?:the )?(?:\w+ )?(?:guitar|bass|drums|piano|violin|viola|cello|flute|oboe"
    r"|clarinet"
    r"|trumpet|horn|sax\w*|harp|organ|banjo|mandolin|ukulele|accordion|trombone|tuba|keyboards?"
    r"|synths?|percussion)\b)|teach|study|coach|lecture (?:on|in)|specialise in|specialize in"
    r"|major in|am fluent in"
    r"|speak|['’]?m fluent in)(?: mainly| mostly| fluent)? (?P<what>[^,;:.!?\n]{2,50}?)(?= to\b|"
    r" at\b| in\b| for\b| and\b| with\b| natively\b| fluently\b| well\b|[,;.!]|$)|i['’]m fluent in"
    r" (?P<fluent>[^,;:.!?\n]{2,40}?)(?=[,;.!]|$)"
)


def teaches(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I teach chemistry to 14-year-olds": what they do and know."""
    for what in names(found["what"] or found["fluent"])[:1]:
        made = own(
            spoken,
            spoken.text,
            name=what,
            aliases=(what,),
            why=f"Take into account what the user does with {what}: {sentence(spoken.text)[:200]}",
        )
        yield msgspec.structs.replace(made, subtype="expertise")


def introduced(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Hi, I'm Priya": a name, and no nationality or state."""
    name = found["name"]
    if any("A" in parts(part.lower())[:1] or _NO_NAME.match(part) for part in name.split()):
        return
    made = own(spoken, f"The user's name is {name}", name="user_name", aliases=(name,), why="")
    yield msgspec.structs.replace(
        made, type=Type.ENTITY, subtype=None, why_it_matters=f"Address the user as {name}.",
        evidence=(found[0].strip(),),
    )  # fmt: skip


_NO_NAME = re.compile(
    r"(?i)(?:german|french|british|english|american|indian|spanish|italian|dutch|irish|scottish"
    r"|canadian|australian|chinese|japanese|new|back|here|trying|working|having|looking|stuck|not"
    r"|using|writing|building|getting|just|so|a|an|the|in|on|at|\w+ing|monday|tuesday|wednesday"
    r"|thursday|friday|saturday|sunday|me|chatgpt|claude)$"
)


def pronouns(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "My pronouns are they/them"."""
    what = found["what"].strip()
    why = f"Speak of the user as {what}."
    yield own(spoken, found[0], name="pronouns", aliases=("pronouns",), why=why)


def hours(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I work four days a week": when and where somebody works."""
    what = found["what"]
    why = f"Plan with it: the user works {what}."
    yield own(spoken, spoken.text, name="working hours", aliases=(what,), why=why)


def called(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I'm Kat, please", "everyone calls me Kat"."""
    name = found["me"] or found["name"]
    made = own(spoken, f"The user's name is {name}", name="user_name", aliases=(name,), why="")
    yield msgspec.structs.replace(
        made, type=Type.ENTITY, subtype=None, why_it_matters=f"Address the user as {name}."
    )


def knows(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I've been writing SQL for twenty years, so skip the basics"."""
    for what in names(found["what"])[:1]:
        made = own(
            spoken,
            found[0],
            name=f"{what} experience",
            aliases=(what,),
            why=f"Take it that the user knows {what} well; leave out the basics.",
        )
        yield msgspec.structs.replace(made, subtype="expertise")


def own(
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
        evidence=(content if content in spoken.around and not spoken.explicit else spoken.quote,),
        scopes=(UNIVERSAL,),
    )


IDENTITY: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_NAME, named),
    (_INTRODUCED, introduced),
    (_PRONOUNS, pronouns),
    (_CALLED, called),
    (_HOURS, hours),
    (_KNOWS, knows),
    (_TEACHES, teaches),
)
