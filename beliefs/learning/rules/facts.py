"""Facts (Tier A): what things of the user's world are, are made of, or are called."""

import re
from collections.abc import Iterator
from dataclasses import replace

from mindhold.beliefs.learning.candidate import Proposal
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.shape import Spoken, bare, belief, inner, key_terms, sentence
from mindhold.beliefs.learning.terms import determined, namelike, names, spelled, term
from mindhold.beliefs.model import Type

_WORK = (
    r"(?:[\w-]+ ){0,2}?(?:back-?end|front-?end|server|client|api|apis|app|apps|site|website|blog"
    r"|shop|store|service|services"
    r"|micro-?services?|daemon|bot|parser|compiler|cli|tool|library|sdk|engine|firmware|game|mod"
    r"|plugin|pipeline|pipelines|stack|platform"
    r"|infra|infrastructure|project|repo|codebase|monorepo|docs|documentation|wiki|tests|test"
    r" suite|migrations|database|db|warehouse|dashboards?"
    r"|reports?|models?|thesis|paper|manuscript|dissertation|book|novel|story|series|trilogy|play"
    r"|screenplay|campaign|course|syllabus|contracts?|templates?"
    r"|ui|gui|portal|extension|driver|bootloader|board|boards|pcb|controller|gateway|sensors?"
    r"|robot|lab|newsletter|podcast|channel|crawler|scraper|simulation|solver|notebooks?"
    r"|house|kitchen|garden|workshop|studio|office|queue|broker|cache|proxy|scheduler|worker"
    r"|workers|jobs|frontends|backends|analysis|experiments?|study|questionnaire|survey|website's"
    r" [\w-]+)"
)
_OWNER = r"(?:the|our|my|this|all (?:of )?(?:our|my|the)|both(?: of)? (?:our|my))"
_MADE = pattern(
    rf"(?P<thing>(?:the|this|both) {_WORK}|(?:our|my|all (?:of )?(?:our|my|the)) (?:[\w/&'’-]+"
    rf" ){{0,3}}[\w/&'’-]+|everything(?: here)?)"
    r"(?:['’]s| is| are| was| were| has been| have been| gets?)?(?: (?:all|now|currently|entirely"
    r"|fully|mostly|mainly|written|being))*"
    r" (?P<verb>(?:re)?(?:written|built|implemented|coded|developed|made|done)|hosted|deployed"
    r"|based|stored|managed|tracked|kept|set up|provisioned|typeset|printed"
    r"|powered|drafted|styled|formatted|licensed|tested|linted|backed up|backed|served|scheduled"
    r"|orchestrated|monitored|published|ported|migrated|moved|converted|runs?|lives?|sits?|hangs"
    r"|relies|depends|goes|go|run|live|rely|depend)"
    r"(?: (?:entirely|only|exclusively|purely))? (?P<link>on top of|in|on|with|at|to|by|using"
    r"|under|through"
    r"|via|off|over) (?P<what>[^;!?\n]{1,80})"
)
_CALLED = pattern(
    r"(?P<thing>(?:the|our|my|this) (?:[\w/&'’-]+ ){0,3}[\w/&'’-]+?)(?:['’]s| is| are|['’]s"
    r" name is| goes by) (?:now |internally |also |simply |just )*"
    r"(?:called|named|known as|codenamed|code-named|nicknamed|dubbed|the name|referred to as)"
    r" (?P<name>[^,.;:!?\n]{1,50})(?=[,.;!]|$)"
)
_IS_OURS = pattern(
    r"(?=[^\n]*\b(?:our|my) )"
    r"(?P<name>[\w][\w.+#&'’-]*(?: [\w.+#&'’-]+){0,3}?)(?:,? (?:btw|by the way),?)? (?:is|are|was"
    r"|means|refers to|stands for) (?P<what>(?:the name of |what we call |short for )?(?:our|my)"
    r" [^;!?\n]{2,120})"
)
_IS_THE = pattern(
    r"(?=[^\n]*\b(?:our|my|we|i)\b)"
    r"(?P<name>(?-i:[A-Z])[\w.+#&'’-]*(?: [\w.+#&'’-]+){0,3}?) (?:is|are) (?P<what>(?:the|an?|one"
    r" of the) [^,;:!?\n]{2,60}? (?:(?:of|for|in|at|on|behind) (?:our|my)|where (?:our|my|we|i)"
    r"|(?:that |which |who )?(?:we|i)) [^;!?\n]{2,80})"
)
_APPOSED = pattern(
    r"(?P<name>(?-i:[A-Z])[\w'’-]*(?: (?-i:[A-Z])[\w'’-]*)?), (?P<what>(?:our|my)"
    r" [^,;:!?\n]{2,40}), (?:is|are|has|was|turns|works|lives|weighs)\b[^;!?\n]{2,80}"
)
_BY = pattern(
    r"(?:by|when (?:i|we) (?:say|write|mention|talk about))[,:]? [\"“'‘]?(?:the"
    r" )?(?P<name>[\w][\w'’.+#& -]{0,40}?)[\"”'’]?,? (?:i|we) (?:always )?mean"
    r" (?P<what>[^;!?\n]{2,140})"
)
_SHORT_FOR = pattern(
    r"(?P<name>[\w][\w.+#&-]*) (?:stands for|is short for|is (?:our|my) (?:abbreviation|shorthand"
    r"|acronym|code ?name|nickname) for|(?:here |for us )?means) (?P<what>[^;!?\n]{2,120}?)(?:"
    r" (?:for us|here|in our (?:team|company|codebase|docs|case)))?[.!]*$"
)
_SET = pattern(
    r"(?P<thing>(?:my|our|the|this) (?:[\w-]+ ){0,2}?(?:novel|book|story|series|trilogy|campaign"
    r"|game|play|screenplay|script|film|comic|saga|thriller|memoir|novella|world|thesis"
    r"|dissertation|phd|doctorate|research|startup|podcast|blog|channel|newsletter"
    r"|course))(?:['’]s| is|"
    r" are|) (?:(?P<how>set|written|told|narrated|takes place|playing|plays|happens) (?:entirely "
    r"|mostly )?(?:in|on|from|during|around|at|near)|about) (?P<what>[^;!?\n]{2,120})"
)
_ON = pattern(
    r"(?:i['’]m|i am|we['’]re|we are)(?: (?:both|all|still|now|currently|stuck))? (?:on|using"
    r"|running|developing on|working on) (?P<what>(?:an? )?(?:[A-Za-z][\w.+#-]*|v?\d[\w.]*)(?:"
    r" [\w.+#/-]+){0,4}?)(?P<tail>(?: (?:at work|here|everywhere|for|with|by"
    r" default)\b[^;!?\n]{0,60})?)(?=[.!]*$|, | and | so | but )"
)
_GOT = pattern(
    r"(?:we|i)(?:['’]ve| have)(?: got)? (?P<what>(?-i:[A-Z]|\w+[.+#])[\w.+#-]*(?:"
    r" (?-i:[A-Z])[\w.+#-]*)*)(?: (?:and|for|as|on|behind"
    r"|under)\b[^;!?\n]{0,50})?(?P<tail>)(?=[,.;!]|$)"
)
_HAVE = pattern(
    r"(?:i|we)(?:['’]ve| have)?(?: (?:also|both|only|still))? ?(?:have|got|own|drive|ride|keep)"
    r" (?P<what>(?:an?|two|three|four|five|six|\d+) [^,;:!?\n]{2,60})(?P<called>,? (?:called"
    r"|named) [^;:!?\n]{2,40})?(?=[,.;!]|$)"
)
_BELONGINGS = re.compile(
    r"(?i)\b(?:dogs?|cats?|kids?|children|sons?|daughters?|sisters?|brothers?|twins?|toddlers?"
    r"|bab(?:y|ies)|hens?|chickens?|horses?|rabbits?|hob|oven|stove|cooker|boiler|heat pump"
    r"|garden|allotment|greenhouse|balcony|piano|guitar|violin|cello|lathe|mill|printer|kiln|loom"
    r"|telescope|synth\w*|bikes?|e-?bikes?|cargo bike|car|van|truck|motorbike|boat|camper|solar"
    r" panels?|nas|server rack|homelab|sewing machine|espresso machine|airfryer|air fryer"
    r"|pressure cooker|laptop|macbook|desktop|thinkpad|oscilloscope|scope|soldering (?:iron"
    r"|station)|multimeter)\b"
)


def made(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "The backend is written in Rust", "everything runs on Bun here"."""
    thing, what = found["thing"], found["what"]
    used = [name for name in names(what) if namelike(name) and not _NO_NAME.search(name)]
    if not used or (determined(what) and not spelled(used[0])) or _DEICTIC_THING.search(thing):
        return
    if re.match(r"(?i)(?:go|goes|moved|sits?|run|live|runs?)$", found["verb"]) and not spelled(
        used[0]
    ):
        return
    label = re.sub(r"(?i)^(?:the|our|my|this|all|of|both|everything|here|\s)+\b", "", thing).strip()
    short = label.split()[-1] if label else ""
    where = f"the {label}" if label else "everything"
    yield belief(
        spoken,
        Type.DECISION,
        name=used[0],
        content=sentence(spoken.text),
        why=f"Assume {' and '.join(used)} for {where}; do not suggest alternatives unless asked.",
        aliases=(
            *used,
            *((label,) if label and len(label.split()) <= 3 else ()),
            *((short,) if short else ()),
        ),
    )


_NO_NAME = re.compile(
    r"(?i)^(?:port|localhost|line|page|row|step|time|hold|fire|error|production|prod|staging"
    r"|schedule|average|it|hand|track|\d+)\b(?!\.\w)"
)
_DEICTIC_THING = re.compile(
    r"(?i)\b(?:code|function|script|snippet|file|query|class|method|test|error|message|column|row"
    r"|line|page|letter|request|response|image|button|change|changes|bug|issue|ticket|pr|branch)$"
)


def called(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "The staging server is called mercury"."""
    thing, name = found["thing"], found["name"].strip(" \"'“”‘’`*")
    if (
        _CODE_THING.search(thing)
        or _NOT_A_NAME.match(name)
        or len(name.split()) > 4
        or '"' in found["name"]
    ):
        return
    label = re.sub(r"(?i)^(?:the|our|my|this)\s", "", thing)
    label = re.sub(r"(?i)['’]s name$|['’]s$", "", label)
    yield belief(
        spoken,
        Type.ENTITY,
        name=label if len(label) > 1 else name,
        content=sentence(spoken.text),
        why=f"Take {name} as the name of the {label}.",
        aliases=(name, label, label.split()[-1]),
    )


_CODE_THING = re.compile(
    r"(?i)\b(?:function|method|class|variable|var|file|column|hook|callback|endpoint|script"
    r"|constructor|component|test|parameter|field|property|table|folder|directory|button|flag"
    r"|option|setting|error|exception|song|movie|film|book|paper|technique|process|phenomenon"
    r"|pattern|game|it|thing|one|tool|app)(?: again)?$"
)
_NOT_A_NAME = re.compile(
    r"(?i)(?:by|from|when|in|on|at|twice|once|again|for|with|before|after|every|only|if|inside"
    r"|and|or|but|so|out|off|back|to|as|that|this|it|what|something|anything|\w+ly)\b"
)


def is_ours(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Nightjar is our internal feature-flag service": what a name of theirs stands for."""
    name, what = term(found["name"], keep_tail=True), found["what"]
    if (
        not name
        or (not spelled(name) and not namelike(name))
        or _JUDGED.search(what)
        or _DAYS.match(name)
    ):
        return
    head = term(re.sub(r"(?i)^(?:the name of |what we call |short for )?(?:our|my)\s", "", what))
    yield belief(
        replace(spoken, text=name),
        Type.ENTITY,
        name=name,
        content=sentence(found[0]),
        why=f"Know {name} as {bare(what)[:1].lower()}{bare(what)[1:]} wherever it is named."[:400],
        aliases=(name, *((head,) if head else ())),
    )


_JUDGED = re.compile(
    r"(?i)^(?:our|my) (?:\w+ ){0,2}?(?:problem|issue|bottleneck|concern|choice|option|goal|fault"
    r"|favou?rites?|nightmare|enemy|hero|dream|guess|bet|point|question|hope|idea|plan|next"
    r"|only|biggest|main|first|last|worst|best|new|jam|thing|bad|business|answer|result|friend"
    r"|turn|style|cup|kind|priority|blocker|weakness|strength|inspiration)\b"
)
_DAYS = re.compile(
    r"(?i)(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|(?:today|tomorrow|that|this|it|there"
    r"|here|he|she|they|what|which|who|where|why|how|one|these|those)\b"
)


def by(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "By 'the corpus' I mean the 1.2M parliamentary speeches"."""
    name, what = found["name"].strip(), inner(found["what"], found["what"].split()[0])
    if _DAYS.match(name):
        return
    yield belief(
        replace(spoken, text=name),
        Type.ENTITY,
        name=name,
        content=sentence(found[0]),
        why=f"Where the user says {name}, understand {what}.",
        aliases=(name,),
    )


def set_in(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "My novel is set in 1920s Shanghai"."""
    thing = re.sub(r"(?i)^(?:my|our|the|this)\s", "", found["thing"])
    own = re.match(r"(?i)(?:my|our)\b", found["thing"])
    if not own:
        return
    terms = key_terms("x " + found["what"])
    yield belief(
        spoken,
        Type.ENTITY,
        name=f"{thing} {_aspect(found['how'])}",
        content=sentence(spoken.text),
        why=f"Keep to it in whatever is written for the {thing}: {inner(spoken.text, '')}.",
        aliases=(thing, *terms),
    )


def _aspect(how: str | None) -> str:
    """Which side of a work is spoken of: what it is about, how it is told, where it is set."""
    if how is None:
        return "subject"
    return "voice" if re.match(r"(?i)written|told|narrated", how) else "setting"


def on(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "We're on Postgres 16", "I'm on Ubuntu"."""
    what = found["what"]
    used = [name for name in names(what) if spelled(name) or namelike(name)]
    if (
        not used
        or (determined(what) and not _MACHINE.search(term(what)))
        or (not re.match(r"[A-Z]|\w+[.+#\d]", used[0]) and not namelike(used[0]))
        or _PLACE.match(what)
    ):
        return
    yield belief(
        spoken,
        Type.DECISION,
        name=re.sub(r"\s+v?\d[\w.]*$", "", used[0]) or used[0],
        content=sentence(spoken.text),
        why=f"Assume {' and '.join(used)}.",
        aliases=(*used, *(re.sub(r"\s+v?\d[\w.]*$", "", name) for name in used)),
    )


_PLACE = re.compile(
    r"(?i)(?:it|this|that|page|step|line|chapter|level|day|week|row|slide|my|our|the|track|board"
    r"|call|fire|hold|vacation|holiday|leave|a (?:train|bus|plane|call|break|diet|budget|deadline"
    r"|roll)|mobile|phone|time|top|\d+|v?\d[\d.]*$)\b"
)


_MACHINE = re.compile(
    r"(?i)\b(?:mac|macbook|macbook (?:air|pro)|imac|mac ?mini|pc|laptop|desktop|workstation|box"
    r"|machine|chromebook|ipad|thinkpad|tablet|raspberry pi)$"
)


def have(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "We have an induction hob", "I have two cats, Milo and Otis"."""
    what = found["what"]
    head = term(re.sub(r"(?i)^(?:an?|two|three|four|five|six|\d+)\s", "", what))
    if (
        not head
        or not (_BELONGINGS.search(head))
        or re.search(
            r"(?i)\b(?:problem|issue|question|error|bug|appointment|idea|meeting)s?\b", what
        )
    ):
        return
    yield belief(
        spoken,
        Type.ENTITY,
        name=head,
        content=sentence(spoken.text),
        why=f"Take into account that the user has {inner(what, '')}.",
        aliases=(head, *names(found["called"][7:] if found["called"] else "")),
    )


FACTS: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_CALLED, called),
    (_SET, set_in),
    (_MADE, made),
    (_ON, on),
    (_GOT, on),
    (_HAVE, have),
)
NAMED_FACTS: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_BY, by),
    (_SHORT_FOR, by),
    (_IS_OURS, is_ours),
    (_IS_THE, is_ours),
    (_APPOSED, is_ours),
)
