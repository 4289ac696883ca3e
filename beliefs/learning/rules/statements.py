"""Statements (Tier A): what people say outright, and mean to hold."""

import re
from collections.abc import Callable, Iterator

import msgspec

from mindhold.beliefs.learning.candidate import NewBelief, Op, Proposal, Update
from mindhold.beliefs.learning.rules.shape import (
    Spoken,
    bare,
    belief,
    inner,
    key_terms,
    mine,
    sentence,
)
from mindhold.beliefs.learning.terms import determined, namelike, names, term
from mindhold.beliefs.model import Type
from mindhold.beliefs.scope import UNIVERSAL

Build = Callable[[re.Match[str], Spoken], Iterator[Proposal | None]]

_WE = (
    r"(?:i|we)(?:['’](?:ve|re|m))?(?: have| are| am)?"
    r"(?: (?:just|now|recently|finally|both|all|already|also|since|actually|mostly"
    r"|currently|always|completely|then|only|still))*"
)
_THING = r"[^,.;:!?\n]{1,60}?"


def _rx(shape: str) -> re.Pattern[str]:
    return re.compile(shape.replace("{WE}", _WE).replace("{X}", _THING), re.IGNORECASE)


_CHANGED = _rx(
    r"{WE} (?:switch(?:ed|ing)|mov(?:ed|ing)|migrat(?:ed|ing)|chang(?:ed|ing)"
    r"|transition(?:ed|ing)|convert(?:ed|ing)"
    r"|port(?:ed|ing)|upgrad(?:ed|ing)|went|gone)(?: over| away)?(?P<what> {X})? from"
    r" (?P<old>{X}) (?:over )?to (?P<new>[^,;:!?\n]{1,80})"
)
_SWITCHED = _rx(
    r"{WE} (?:switch(?:ed|ing)|migrat(?:ed|ing)|transition(?:ed|ing)|mov(?:ed|ing) over"
    r"|chang(?:ed|ing) over|convert(?:ed|ing))"
    r"(?: over)?(?P<what> (?:our|my|the) {X})? to (?P<new>[^,;:!?\n]{1,60}?)(?: from"
    r" (?P<old>[^,;:!?\n]{1,60}))?(?=[,;:!?\n]|\.?$)"
)
_REPLACED = _rx(
    r"{WE} (?:replaced|swapped(?: out)?|ditched|dropped|traded) (?P<old>{X}) (?:with|by"
    r"|for|in favou?r of) (?P<new>[^,;:!?\n]{1,80})"
)
_WAS_REPLACED = _rx(
    r"(?P<old>{X}) (?:was|has been|got|is now) replaced (?:with|by) (?P<new>[^,;:!?\n]{1,80})"
)
_INSTEAD = _rx(
    r"(?:{WE} )?(?:now )?(?:use|using) (?P<new>{X})(?: now)? (?:instead of|rather than|in"
    r" place of|and not|not) (?P<old>[^,;:!?\n]{1,60})"
)
_ENDED = _rx(
    r"{WE} (?:no longer (?:use|need|want|support|run|have)|(?:do not|don['’]t) use|stopped"
    r" using|got rid of|(?:have )?dropped|abandoned|retired|moved away from)"
    r" (?P<old>[^,;:!?\n]{1,60})"
)
_PREFER = _rx(
    r"(?:i|we)(?: (?:really|strongly|generally|usually|much|always|would|do|still"
    r"|personally|both))* prefer (?P<new>[^;:!?\n]{1,100}?)"
    r"(?:,? (?:over|to|instead of|rather than|not|and not|than) (?P<old>[^,;:!?\n]{1,60}))?\.?$"
)
_STANDING_VERB = (
    r"(?:use|write|add|include|give|report|cite|check|keep|answer|reply|respond|format|put"
    r"|show|run|test|commit|name|call|round|convert|suggest"
    r"|recommend|propose|mention|drop|delete|push|deploy|install|import|log|store|quote"
    r"|spell|capitali[sz]e|start|begin|end|prefer|choose|pick|ask|assume"
    r"|translate|summari[sz]e|generate|create|make|return|wrap|indent|sort|play|spoil"
    r"|refer|address|label|document|annotate|plot|draw|measure|order|buy"
    r"|cook|schedule|book|send|open|close|skip|avoid|do|solder|validate|review|merge"
    r"|squash|rebase|explain|provide|output|print|specify|state|offer|hardcode"
    r"|hard-code|touch|modify|edit|change|omit|remove|abbreviate|reveal|eat|follow|apply"
    r"|encrypt|lint|reformat|refactor|commit)"
)
_ALWAYS = _rx(
    rf"(?P<me>(?:i|we) )?(?P<how>always|never)(?: ever)?"
    rf" (?P<what>{_STANDING_VERB}\b[^;!?\n]{{2,160}})"
)
_DONT = _rx(
    r"(?:(?P<not>do not|don['’]t|never) (?:ever )?(?P<verb>use|suggest|recommend|propose"
    r"|add|include|write|mention|spoil|offer|give me|call me|start|end|put|import|assume"
    r"|make|generate|create|touch|reformat)"
    r"|(?:please )?(?:stop|avoid|quit) (?P<ing>using|suggesting|recommending|proposing"
    r"|adding|including|writing|mentioning|offering|calling me)) (?P<what>[^;!?\n]{1,140})"
)
_NAME = _rx(
    r"(?:my (?:first |full )?name(?:['’]s| is)|(?:you can |please )?call me|i(?:['’]m| am)"
    r" called|i go by) (?P<name>[\w'’.-]+(?: [A-Z][\w'’.-]+){0,2})(?=[\s,.!]|$)"
)
_DECIDED = _rx(
    r"{WE} (?P<verb>decided|agreed|chose|chosen|picked|opted|settled|committed"
    r"|standardi[sz]ed|going|went|resolved|adopted)"
    r"(?P<link> (?:for|on|to|with|that|against|in favou?r of))?(?P<what> [^;!?\n]{1,200})"
)
_DECISION = _rx(r"(?:the )?decision(?: is| was)?(?: to|:| that)(?P<what> [^;!?\n]{2,200})")
_USE = _rx(
    r"(?:{WE} )(?P<verb>use|using|run(?: everything)?(?: on)?|running(?: on)?|rely(?:ing)?"
    r" on|deploy(?:ing)?(?: everything)?(?: to| on| with)|host(?:ing)?(?: everything)? on"
    r"|build(?:ing)? (?:with|on)|write(?: everything)? in|develop in|work with|play|target"
    r"|targeting|print with|draft in|test with|code in|train on)"
    r" (?P<what>[^;!?\n]{1,100})"
)
_SLOT = _rx(
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
    r"|ed)\b(?!\s[A-Z])"
)
_DAY = re.compile(
    r"(?i)(?:on |in |every )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|(?:in"
    r" )?(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december)\b"
)
_FORGET = _rx(
    r"(?:please )?(?:forget|disregard|unlearn)(?: (?:that|about|what i (?:said|told you)"
    r" about|everything about))? (?P<what>[^;!?\n]{2,120})"
)


def change(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "We moved from Jest to Vitest": B, to which asking about A leads."""
    parts = found.groupdict()
    old_text, new_text = parts.get("old") or "", parts["new"]
    told = re.search(r"(?i)\b(?:yesterday|last|this morning|ago|earlier)\b", spoken.around)
    numbers = all(part.strip(" .").isdigit() for part in (old_text, new_text))
    if numbers or (told and (determined(new_text) or determined(parts.get("what") or ""))):
        return
    new, old = names(new_text), names(old_text)
    if not new or new[0].lower() in {"new", "new one"} or (not old and not namelike(new[0])):
        return
    what = term(parts.get("what") or "")
    given = f"Moved from {' and '.join(old)} to" if old else "Switched to"
    instead = f"; do not suggest {' or '.join(old)}" if old else ""
    yield belief(
        spoken,
        Type.DECISION,
        name=new[0],
        content=sentence(f"{given} {' and '.join(new)}" + (f" ({what})" if what else "")),
        why=f"Use {' and '.join(new)}{instead}.",
        aliases=(*new, *((what,) if what else ())),
        replaces=old,
    )


def ended(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "We no longer use A": whatever is held about A ends, and A is not proposed again."""
    for old in names(found["old"]):
        if namelike(old) or re.search(r"(?i)no longer|anymore|any more|stopped", spoken.text):
            yield belief(
                spoken,
                Type.DECISION,
                name=old,
                content=sentence(f"No longer uses {old}"),
                why=f"Do not suggest {old}.",
                aliases=(old,),
            )
            yield Update(target=old, op=Op.RETRACT, evidence=(spoken.quote,))


def prefer(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I prefer X (over Y)"."""
    liked = names(found["new"]) or key_terms(found["new"])[:1]
    other = names(found["old"] or "")
    if (
        not liked
        or not term(found["new"], keep_tail=True)
        or re.match(r"(?i)(?:to|not|if|when|it)\b", found["new"])
    ):
        return
    over = f" over {' and '.join(other)}" if other else ""
    yield belief(
        spoken,
        Type.PREFERENCE,
        name=liked[0],
        content=sentence(f"Prefers {inner(found['new'], liked[0])}{over}"),
        why=f"Choose {' and '.join(liked)}{over} unless told otherwise.",
        aliases=(*liked, *other),
    )


def directive(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Always …", "never …": a constraint on what is to come, or the writer's own habit."""
    told, positive = found["what"], found["how"].lower() == "always"
    if re.search(r"(?i)\b(?:when (?:i|we) (?:was|were)|sleep|surrender|mind)\b", told):
        return
    terms = key_terms(told)
    if not terms:
        return
    asked = f"{'' if positive else 'do not '}{bare(told)[:1].lower()}{bare(told)[1:]}"
    why = (
        f"Keep to their habit: {bare(spoken.text)}."
        if found["me"]
        else f"In every answer, {asked}."
    )
    yield belief(
        spoken,
        Type.PREFERENCE,
        subtype="constraint",
        name=terms[0],
        content=sentence(spoken.text),
        why=why,
        aliases=terms,
    )


def prohibition(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Don't use X", "stop suggesting X"."""
    what = found["what"]
    terms = (*names(what), *key_terms("x " + what))
    if not terms or (not term(what, keep_tail=True) and len(what.split()) <= 4):
        return
    if not spoken.standing and re.search(
        r"(?i)\b(?:the \w+ (?:you|i|above|below)|above|below|that (?:one|again)|yet)\b", what
    ):
        return
    verb = (found["verb"] or re.sub(r"ing\b", "", found["ing"])).lower()
    verb = {"us": "use", "includ": "include", "propos": "propose", "writ": "write"}.get(verb, verb)
    yield belief(
        spoken,
        Type.PREFERENCE,
        subtype="constraint",
        name=terms[0],
        content=sentence(spoken.text),
        why=f"Do not {verb} {inner(what, terms[0])}.",
        aliases=terms,
    )


def named(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "My name is Ada"."""
    name = found["name"].strip(" .'’")
    if name[:1].islower() and not spoken.text.lower().startswith("call me"):
        return
    if name.lower() in {
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
        evidence=(spoken.quote,),
        scopes=(UNIVERSAL,),
    )


def decided(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "We decided to …", "we chose X", "we settled on X"."""
    groups = found.groupdict()
    verb, link, what = groups.get("verb") or "decided", groups.get("link") or " to", groups["what"]
    direct = {"chose", "chosen", "picked", "adopted"}
    if (verb.lower() in direct) == bool(groups.get("link")) or (
        verb.lower() in {"going", "went"} and link.strip() != "with"
    ):
        return
    if what.strip().lower() in {"it", "that", "this", "so"} or re.match(
        r"(?i)\s(?:it|that|this|them|one)\b", what
    ):
        return
    terms = (
        (*names(what), *key_terms(what)) if link.strip() not in {"to", "that"} else key_terms(what)
    )
    if not terms:
        return
    yield belief(
        spoken,
        Type.DECISION,
        name=terms[0],
        content=sentence(spoken.text),
        why=f"Treat this as settled and build on it: {bare(what)}.",
        aliases=terms,
    )


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
        why=f"Assume {' and '.join(used)}; do not suggest alternatives unless asked.",
        aliases=used,
    )


def slot(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Our staging environment is called mercury": what a thing of theirs is."""
    thing, value = found["slot"], found["value"]
    if (_NO_SLOT.search(thing) and not _DAY.match(value)) or _ADJECTIVE.match(value.strip()):
        return
    if PEOPLE.search(thing) and re.match(r"(?i)an?\s", value):
        return
    short = term(value)
    if not short and not _DAY.match(value):
        return
    certain = (
        _DAY.match(value)
        or namelike(short)
        or "called" in found["verb"]
        or "named" in found["verb"]
    )
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
            *((short,) if short else ()),
            *([label.split()[-1]] if " " in label else []),
        ),
    )


def forget(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Forget that we use Jest": whatever answers to the names in it ends."""
    about = re.sub(r"(?i)^(?:i|we|our|my)(?:['’]\w+)?\s(?:\w+\s)?(?=\S)", "", found["what"])
    wanted = dict.fromkeys((*names(about), *key_terms("x " + about)))
    for name in wanted:
        yield Update(target=name, op=Op.RETRACT, evidence=(spoken.quote,))


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
    if not terms or len(text.split()) < 2:
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
        why=f"Take this into account wherever it applies: {bare(text)}.",
        aliases=terms,
    )
    if made is not None and mine(spoken) and not spoken.project:
        made = msgspec.structs.replace(made, scopes=(UNIVERSAL,))
    yield made


def standing(spoken: Spoken) -> Iterator[Proposal | None]:
    """ "From now on, P", "by default P", "in this project P", where P is of no other form."""
    terms = key_terms(spoken.text)
    if not terms or re.match(r"(?i)(?:it|that|this|there|i (?:will|am|'m)|you)\b", spoken.text):
        return
    yield belief(
        spoken,
        Type.DECISION if spoken.project else Type.PREFERENCE,
        subtype=None if spoken.project else "constraint",
        name=terms[0],
        content=sentence(spoken.quote),
        why=f"Do so unless told otherwise: {bare(spoken.text)}.",
        aliases=terms,
    )


STATEMENTS: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_NAME, named),
    (_CHANGED, change),
    (_REPLACED, change),
    (_WAS_REPLACED, change),
    (_SWITCHED, change),
    (_ENDED, ended),
    (_PREFER, prefer),
    (_DONT, prohibition),
    (_ALWAYS, directive),
    (_DECIDED, decided),
    (_DECISION, decided),
    (_USE, use),
    (_SLOT, slot),
)
INSTEAD = (_INSTEAD, change)
FORGET = (_FORGET, forget)
