"""Statements (Tier A): what people say outright, and mean to hold."""

import re
from collections.abc import Iterator

from mindhold.beliefs.learning.candidate import Proposal
from mindhold.beliefs.learning.rules.changes import CHANGES
from mindhold.beliefs.learning.rules.directives import DIRECTIVES
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.preferences import PREFERENCES
from mindhold.beliefs.learning.rules.questions import answering
from mindhold.beliefs.learning.rules.shape import (
    Spoken,
    belief,
    inner,
    key_terms,
    sentence,
)
from mindhold.beliefs.learning.terms import (
    determined,
    namelike,
    names,
    spelled,
    term,
    unusual,
)
from mindhold.beliefs.model import Type

_DECIDED = pattern(
    r"{WE} (?P<verb>decided|ended up (?:choosing|picking|using|adopting)|ended up(?: going)?"
    r"|agreed|chose|chosen|picked|opted"
    r"|settled|committed|landed|plumped|voted|concluded|locked in|nailed down|signed off|shook"
    r" hands|shaken hands|going ahead|gave the green light|given the green light|green-?lit"
    r"|standardi[sz]ed|going|gone|went|resolved|adopted|finali[sz]ed|fixed)"
    r"(?P<link> (?:for|on|to|with|that|against|in favou?r of))?(?P<what> [^;!?\n]{1,200})"
)


_MEETING = re.compile(
    r"(?i)\s(?!\w+\.\w)(?:up|out|off|down|things|break|leave|marry|divorce|sleep|sit|quit|give up"
    r"|ask|walk"
    r"|run|fly|drive|write to|skip|meet|talk|speak|wait"
    r"|leave|go(?! with\b)|see|call|postpone|eat|stay|visit"
    r"|take a|have a|try)\b"
)
_DECISION = pattern(r"(?:the )?decision(?: is| was)?(?: to|:| that)(?P<what> [^;!?\n]{2,200})")


_USE = pattern(
    r"(?:{WE} )(?P<verb>(?:use|run|get|do|have) (?:[\w-]+ ){1,3}(?:through|via|from|by means of)"
    r"(?= (?-i:[A-Z]))|use|using|run(?:{OURS})?(?: on)?|running(?: on)?|rely(?:ing)?"
    r" on|deploy(?:ing)?(?:{OURS})?(?: to| on| with)|host(?:ing)?(?:{OURS})? on"
    r"|build(?:ing)? (?:with|on)|write(?: everything)? in|develop in|work with|play|target"
    r"|targeting|print with|draft in|test with|code in|train on|develop(?:ing)? on|(?:follow"
    r"|stick to|adhere to|comply with|standardi[sz]e on|practi[sc]e|speak|read|write|cite in|bill"
    r" in|invoice in|think in|ship with|build for|sell on|swear by)(?= (?-i:[A-Z]))"
    r"|(?:take|accept|send|handle|process|store|manage|track|collect|join|host|publish|serve|sell"
    r"|ship|buy|order|book)"
    r"(?: (?:our |all |the |my )?[\w-]+){1,2} (?:with|through|via|over|at|from|on))"
    r" (?P<what>[^;!?\n]{1,100})"
)
_DO = pattern(
    r"{WE} (?P<verb>do|keep|manage|write|draft|edit|version|build|ship|release|compile|test|lint"
    r"|format|bundle|package|schedule|orchestrate|monitor|log|document|design|prototype|model"
    r"|simulate|plot|train|label|annotate"
    r"|analy[sz]e|cite|typeset|print|record|mix|animate|render|paint|sketch|bill|invoice|plan"
    r"|organi[sz]e|back up|sync|stream|map|solder|lay out|route|slice|grade|teach|cook|bake|brew"
    r"|measure|weigh|transform|authenticate|provision"
    r"|configure|cache|queue|index|query|review|sign|file|archive|coordinate|track|store|host"
    r"|deploy|run|render|translate|proofread|transcribe|take|make|write up|handle|process|serve"
    r"|set|drive|validate|parse|mock|containeri[sz]e|style)"
    r" (?P<what>(?P<thing>(?:all|most|every|both|everything|our|my)(?: (?:of )?(?:our|my"
    r"|the))?(?: [\w'’-]+){0,4}?|(?:\w+ )?(?:references|notes|transformations|deployments?"
    r"|releases|migrations|diagrams|schematics|slides|invoices|drafts|code reviews?|time|issues"
    r"|tickets|auth|logging|monitoring|testing|styling|state|payments|data|backups)) (?:in|with"
    r"|on|via|through|using|to) (?P<name>[^;!?\n]{1,80}))"
)


_PRACTISE = pattern(
    r"{WE} (?:do|practi[sc]e|follow|go by|work by|stick to|enforce) (?P<what>[^,;:!?\n]{3,50}?)"
    r" (?:here|around here|with us|on (?:our|my) (?:side|team)|(?:in|at|on) (?:our|my|this)"
    r" (?:team|firm|company|office|lab|shop|house|kitchen|studio|school|practice|project|repo))"
    r"(?=[,.;!]|$)"
)


_HAVE_UNTIL = pattern(
    r"{WE} (?:have|are on|am on) (?P<what>an? [^,;:!?\n]{2,60}?) (?:until|till|through)"
    r" [^,;:!?\n]{2,40}"
)


def decided(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "We decided to …", "we chose X", "we settled on X"."""
    groups = found.groupdict()
    verb, link, what = (
        groups.get("verb") or "decided",
        groups.get("link", " to") or "",
        groups["what"],
    )
    if bool(_DIRECT.fullmatch(verb)) == bool(link) or (
        _GOES.fullmatch(verb) and link.strip() not in ("with", "for")
    ):
        return
    if what.strip().lower() in {"it", "that", "this", "so"} or re.match(
        r"(?i)\s(?:(?:it|that|this|them|they|he|she|you|there)\b|one\W*$)", what
    ):
        return
    if _MEETING.match(what) or re.search(r"(?i)\bwithout you\b", what):
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
    made = belief(
        spoken,
        Type.DECISION,
        name=terms[0],
        content=sentence(spoken.text),
        why=_because_decided(link.strip().lower(), what.strip(), about),
        aliases=terms,
        replaces=over,
    )
    yield answering(made, what)


_DIRECT = re.compile(
    r"(?i)chose|chosen|picked|adopted|ended up \w+ing(?<!going)|locked in|nailed down"
    r"|finali[sz]ed|fixed"
)
_GOES = re.compile(r"(?i)going|gone|went|ended up(?: going)?")
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


def doing(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "We do all our transformations in dbt"."""
    used = [name for name in names(found["name"]) if namelike(name)]
    if not used or (determined(found["name"]) and not spelled(used[0])):
        return
    thing = re.sub(r"(?i)^(?:all|most|both|of|our|my|the|\s)+\b", "", found["thing"]).strip()
    yield belief(
        spoken,
        Type.DECISION,
        name=used[0],
        content=sentence(spoken.text),
        why=f"Use {' and '.join(used)}{' for ' + thing if thing and thing != 'every' else ''};"
        f" do not suggest alternatives unless asked.",
        aliases=(*used, *((thing,) if len(thing.split()) in (1, 2) else ())),
    )


def practised(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "We do trunk-based development here"."""
    what = found["what"]
    named_ = names(what)
    if not named_ or determined(what) or not (" " in named_[0] or unusual(named_[0])):
        return
    terms = tuple(dict.fromkeys((*named_, *key_terms("x " + what))))
    yield belief(
        spoken,
        Type.DECISION,
        name=terms[0],
        content=sentence(spoken.text),
        why=f"Go by {inner(what, terms[0])}; do not suggest alternatives unless asked.",
        aliases=terms,
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


STATEMENTS: tuple[tuple[re.Pattern[str], Build], ...] = (
    *CHANGES,
    *PREFERENCES,
    *DIRECTIVES,
    (_DECIDED, decided),
    (_DECISION, decided),
    (_USE, use),
    (_DO, doing),
    (_PRACTISE, practised),
    (_HAVE_UNTIL, standing_until),
)
