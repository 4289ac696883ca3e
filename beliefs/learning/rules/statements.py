"""Statements (Tier A): what people say outright, and mean to hold."""

import re
from collections.abc import Iterator

from mindhold.beliefs.learning.candidate import NewBelief, Proposal
from mindhold.beliefs.learning.rules.changes import CHANGES
from mindhold.beliefs.learning.rules.directives import DIRECTIVES
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.shape import (
    Spoken,
    belief,
    inner,
    key_terms,
    sentence,
)
from mindhold.beliefs.learning.terms import determined, namelike, names, term
from mindhold.beliefs.model import Type
from mindhold.beliefs.scope import UNIVERSAL

_NAME = pattern(
    r"(?:my (?:first |full )?name(?:['’]s| is)|(?:you can |please )?call me|i(?:['’]m| am)"
    r" called|i go by) (?P<name>[\w'’.-]+(?: (?-i:[A-Z])[\w'’.-]+){0,2})"
    r"(?=[,.!]|$| and\b| from now)"
)


_DECIDED = pattern(
    r"{WE} (?P<verb>decided|ended up (?:choosing|picking)|agreed|chose|chosen|picked|opted"
    r"|settled|committed"
    r"|standardi[sz]ed|going|went|resolved|adopted)"
    r"(?P<link> (?:for|on|to|with|that|against|in favou?r of))?(?P<what> [^;!?\n]{1,200})"
)


_MEETING = re.compile(
    r"(?i)\s(?:meet|talk|speak|wait|leave|go(?! with\b)|see|call|postpone|eat|stay|visit"
    r"|take a|have a|try)\b"
)
_DECISION = pattern(r"(?:the )?decision(?: is| was)?(?: to|:| that)(?P<what> [^;!?\n]{2,200})")


_USE = pattern(
    r"(?:{WE} )(?P<verb>use|using|run(?:{OURS})?(?: on)?|running(?: on)?|rely(?:ing)?"
    r" on|deploy(?:ing)?(?:{OURS})?(?: to| on| with)|host(?:ing)?(?:{OURS})? on"
    r"|build(?:ing)? (?:with|on)|write(?: everything)? in|develop in|work with|play|target"
    r"|targeting|print with|draft in|test with|code in|train on"
    r"|(?:take|accept|send|handle|process|store|manage|track|collect|join|host|publish|serve)"
    r"(?: (?:our |all |the )?[\w-]+){1,2} (?:with|through|via))"
    r" (?P<what>[^;!?\n]{1,100})"
)


_HAVE_UNTIL = pattern(
    r"{WE} (?:have|are on|am on) (?P<what>an? [^,;:!?\n]{2,60}?) (?:until|till|through)"
    r" [^,;:!?\n]{2,40}"
)


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


def named(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "My name is Ada"."""
    name = found["name"].strip(" .'’")
    if name[:1].islower() and not spoken.text.lower().startswith("call me"):
        return
    if name.split()[0].lower() in {
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


def decided(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "We decided to …", "we chose X", "we settled on X"."""
    groups = found.groupdict()
    verb, link, what = (
        groups.get("verb") or "decided",
        groups.get("link", " to") or "",
        groups["what"],
    )
    direct = {"chose", "chosen", "picked", "adopted", "ended up choosing", "ended up picking"}
    if (verb.lower() in direct) == bool(link) or (
        verb.lower() in {"going", "went"} and link.strip() != "with"
    ):
        return
    if what.strip().lower() in {"it", "that", "this", "so"} or re.match(
        r"(?i)\s(?:(?:it|that|this|them)\b|one\W*$)", what
    ):
        return
    if _MEETING.match(what):
        return
    terms = (
        (*names(what), *key_terms(what)) if link.strip() not in {"to", "that"} else key_terms(what)
    )
    if not terms:
        return
    rejected = _OVER.search(what)
    over = names(rejected["old"]) if rejected else ()
    terms = tuple(one for one in terms if one not in over) or terms
    about = inner(re.sub(r"(?i)^\s*(?:to )?(?:go with|use)\s", "", what), terms[0])
    yield belief(
        spoken,
        Type.DECISION,
        name=terms[0],
        content=sentence(spoken.text),
        why=_because_decided(link.strip().lower(), what.strip(), about),
        aliases=terms,
        replaces=over,
    )


_OVER = re.compile(
    r"(?i)\s(?:instead of|rather than|over|and not|not) (?P<old>(?-i:[A-Z])[^,;:!?\n]{0,60})"
)


def _because_decided(link: str, what: str, about: str) -> str:
    """What follows from a decision, as an order: to do it, to use it, or to leave it alone."""
    if link == "against":
        return f"Do not propose {about}: it was decided against."
    if link == "that":
        return f"Hold to what was decided: {about}."
    if link != "to" or re.match(r"(?i)(?:go with|use)\s", what):
        return f"Use {about}: it is decided."
    order = f"do {what}" if re.match(r"(?i)not\s", what) else what
    return f"{sentence(order)[:-1]}: it is decided."


def use(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "We use X", where X is spelled like a name or is no everyday word."""
    used = [name for name in names(found["what"]) if namelike(name)]
    if not used or (
        determined(found["what"])
        and not spoken.explicit
        and not re.search(r"[A-Z]", term(found["what"]))
    ):
        return
    yield belief(
        spoken,
        Type.DECISION,
        name=used[0],
        content=sentence(spoken.text),
        why=f"{_doing(found['verb'])} {' and '.join(used)};"
        f" do not suggest alternatives unless asked.",
        aliases=used,
    )


def _doing(verb: str) -> str:
    """The order that follows from what they do: deploying has its own, the rest is use."""
    return "Deploy to" if verb.lower().startswith("deploy") else "Use"


def standing_until(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "We have a code freeze until 31 March", if the day can be told."""
    what = term(found["what"])
    made = belief(
        spoken,
        Type.ENTITY,
        name=what or "x",
        content=sentence(spoken.text),
        why=f"Plan around the {what} as long as it lasts.",
        aliases=(what,),
    )
    if what and made is not None and made.valid_until:
        yield made


def slot(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Our staging environment is called mercury": what a thing of theirs is."""
    thing, value = found["slot"], re.sub(r"(?i)\s+now\W*$", "", found["value"])
    called = re.search(r"called|named", found["verb"])
    if (_NO_SLOT.search(thing) and not (_DAY.match(value) or called)) or _ADJECTIVE.match(
        value.strip()
    ):
        return
    if PEOPLE.search(thing) and re.match(r"(?i)an?\s", value):
        return
    short = term(value)
    if not short and not _DAY.match(value):
        return
    certain = _DAY.match(value) or namelike(short) or called
    if not (certain or re.match(r"(?i)an?\s", value)):
        return
    label = re.sub(r"(?i)^(?:our|my)\s", "", thing)
    yield belief(
        spoken,
        Type.ENTITY,
        name=label,
        content=sentence(spoken.text),
        why=f"Take {inner(value, short)} as the {label}.",
        aliases=(
            label,
            *((short, re.sub(r"\s+v?\d[\w.]*$", "", short)) if short else ()),
            *([label.split()[-1]] if " " in label else []),
        ),
    )


STATEMENTS: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_NAME, named),
    *CHANGES,
    *DIRECTIVES,
    (_DECIDED, decided),
    (_DECISION, decided),
    (_USE, use),
    (_HAVE_UNTIL, standing_until),
    (_SLOT, slot),
)
