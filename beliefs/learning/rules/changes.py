"""Changes (Tier A): what took the place of what, and what came to its end."""

import re
from collections.abc import Iterator
from dataclasses import replace

import msgspec

from mindhold.beliefs.learning.candidate import Op, Proposal, Update
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.shape import Spoken, belief, key_terms, sentence
from mindhold.beliefs.learning.terms import determined, namelike, names, spelled, term, unusual
from mindhold.beliefs.model import Type
from mindhold.beliefs.scope import UNIVERSAL
from mindhold.beliefs.text.words import technical

_CHANGED = pattern(
    r"{WE} (?:switch(?:ed|ing)|mov(?:ed|ing)|migrat(?:ed|ing)|chang(?:ed|ing)"
    r"|transition(?:ed|ing)|convert(?:ed|ing)"
    r"|port(?:ed|ing)|upgrad(?:ed|ing)|renam(?:ed|ing)|went|gone)(?: over| away)?(?P<what> {X})?"
    r" from"
    r" (?P<old>{X}) (?:over )?to (?P<new>[^,;:!?\n]{1,80})"
)
_SWITCHED = pattern(
    r"{WE} (?:switch(?:ed|ing)|migrat(?:ed|ing)|transition(?:ed|ing)|mov(?:ed|ing) over"
    r"|chang(?:ed|ing) over|convert(?:ed|ing))"
    r"(?: over)?(?P<what> (?:everything|it all|all(?: of)? (?:our|my|the) {X}|(?:our|my|the)"
    r" {X}))?(?: over)? to (?P<new>[^,;:!?\n]{1,60}?)(?: from"
    r" (?P<old>[^,;:!?\n]{1,60}))?(?=[,;:!?\n]|\.?$)"
)
_REPLACED = pattern(
    r"{WE} (?:replaced|swapped(?: out)?|ditched|dropped|traded(?: in)?|exchanged|left|abandoned"
    r"|given up|gave up|retired|scrapped|sold|dumped) (?:on )?(?!support\b)(?P<old>{X}) (?:with|by"
    r"|for|in favou?r of) (?P<new>[^,;:!?\n]{1,80})"
)
_TERSE = pattern(
    r"(?:(?:replaced|swapped(?: out)?|ditched|dropped|traded)|(?P<from>(?:switched|moved|migrated"
    r"|converted|ported)(?: over)?(?: everything| all| it all| (?:our|my) [\w-]+)? from))"
    r" (?P<old>{X})"
    r" (?(from)to|(?:with|for|in favou?r of)) (?P<new>[^,;:!?\n]{1,80})"
)
_WAS_REPLACED = pattern(
    r"(?P<old>{X}) (?:was|has been|got|is now) replaced (?:with|by) (?P<new>[^,;:!?\n]{1,80})"
)
_INSTEAD = pattern(
    r"(?:{WE} )?(?:now )?(?:use|using) (?P<new>{X})(?: now)? (?:instead of|rather than|in"
    r" place of|and not|not) (?P<old>[^,;:!?\n]{1,60})"
)
_SUBJECT = r"(?:(?:ok|so|that['’]?s why|which is why|because|since)[, ]+)*"
_TAKEN_OVER = pattern(
    r"(?P<old>{X}) (?:has |have |just )*(?:gave|given|made) way to (?P<new>[^,;:!?\n]{1,60})"
    r"|(?P<out>{X}) is out(?: now)?(?:,| and|;) (?P<in>{X}) is in(?: now)?(?=[,.;!]|$)"
    r"|it['’]?s (?P<now>{X}) now(?: instead of|, not| rather than) (?P<not>[^,;:!?\n]{1,60})"
)
_REPLACED_IT = pattern(
    r"(?P<new>{X}) (?:has |have |just |now )*(?:replaced|replaces) (?!by\b"
    r"|with\b)(?P<old>[^,;:!?\n]{1,40}?)"
    r"(?P<here> (?:in|for|on|at|across) (?:(?:this|our|all)\b|my (?!\w+['’]s\b))[^,;:!?\n]*|"
    r" (?:here|for us|on our"
    r" side)| (?:\w+ )?(?:weeks?|days?|months?|years?) ago| last \w+| (?:now|already|recently))*"
    r"(?=[,.;!]|$)"
)
_BACK_TO = pattern(
    r"(?:(?P<old>{X}) (?:was|were|is|are|did(?: not|n['’]t)|kept|proved|got|turned"
    r" out)\b[^,;:!?\n]*,"
    r" so )?"
    + _SUBJECT
    + r"(?P<who>{WE}) (?:(?:went|gone|going|go|came|come|moved|switched)?(?: right)?"
    r" ?back (?:to|on)|returned to|reverted to) (?P<new>[^,;:!?\n]{1,60}?)"
    r"(?: from (?P<from>[^,;:!?\n]{1,40}))?(?=[,.;!]|$)"
)
_REVERTED = pattern(
    r"(?:(?P<who>{WE}) )?(?:reverted|returned|moved back|switched back) from (?P<old>{X}) to"
    r" (?P<new>[^,;:!?\n]{1,60})"
)
_THEN = pattern(
    r"{WE} (?:dropped|ditched|left|abandoned|scrapped|sold) (?P<old>{X})(?:,| and|;) (?:(?:so|and"
    r"|now)"
    r" )?(?:it['’]?s(?: now)?|we(?:['’]re| are) (?:now )?(?:on|with|using)|(?:we )?(?:now )?use"
    r"|(?:we )?(?:bought|got|took|adopted)) (?P<new>[^,;:!?\n]{1,60})"
)
_JOB = pattern(
    r"i (?:no longer work|quit|left|stopped working|do not work|don['’]t work)(?: (?:at|for|with))?"
    r" (?P<old>[^,;:!?.\n]{1,40}?)(?: any ?more)?(?:,| and|;) (?:and )?i(?:['’]ve| have)? (?:now"
    r" )?(?:started(?: working)?|joined|work|began|am)(?: now)?(?: (?:at|for|with))?"
    r" (?P<new>[^,;:!?.\n]{1,40})"
)
_GONE = pattern(
    r"(?=[^\n]*\b(?:exist|gone|history|retired|dead))"
    r"(?P<old>{X}) (?:no longer exists?|is (?:gone|history|retired|dead(?: to (?:us|me))?)(?: now"
    r"| for good)?|(?:does not|doesn['’]t) exist any ?more)(?=[,.;!]|$)"
)
_NO_MORE = pattern(
    r"(?:{WE} (?:do not|don['’]t|am not|are not|aren['’]t|no longer)|(?:i['’]m|we['’]re) (?:not"
    r"|no longer))(?: (?:on|doing|using|with|running|playing|eating|into))?"
    r" (?P<old>[^,;:!?.\n]{3,50}?)(?: any ?more| any longer| these days)(?=[,.;!]|$)"
)
_ENDED = pattern(
    r"{WE} (?:(?:dropped|ended|removed|stopped|are dropping) support for|(?P<plain>no longer"
    r" (?:uses?|using|need|want|support|run|running|have|work with|on"
    r"|with|deploy to|rely on)|(?:do not|don['’]t)"
    r" use|not using(?=.*\bany ?more)|stopped"
    r" (?:using|paying for|supporting)|(?:got|gotten) rid of)|(?:have )?dropped|abandoned|retired"
    r"|moved away from|moved off|moving off|off|gave up on|given up on|pulled the plug on|pulling"
    r" the plug on|said goodbye to|done with|cancelled"
    r"|canceled|sunset|phased out|scrapped|decommissioned|ditched|dumped|uninstalled|quit using"
    r"|kicked out)"
    r" (?P<old>[^,;:!?\n]{1,60})"
)
_STAGE = re.compile(
    r"(?i)(?:phase|step|stage|chapter|level|part|section|room|page|slide|plan|version|task|next"
    r"|question|point|round|day|week|line|row|index|position|left|right|top|bottom|\d+$)\b"
)
_MOVED_TO = pattern(
    r"{WE} (?:moved|moving|gone over|upgraded|upgrading|graduated|relocated|defected|crossed"
    r" over)(?P<what> (?:everything|it all|all (?:of )?(?:our|my) [\w -]{2,30}?|(?:our|my)"
    r" [\w -]{2,30}?))? (?:to|onto|over to) (?P<new>(?!me\b|the\b|a\b|an\b|my\b|our\b)"
    r"[^,;:!?\n]{2,60}?)(?P<old>(?<!.))?(?=[,;:!?\n]|\.?$| (?:for|because|since|as|so"
    r"|in|on|last|this|and|but)\b)"
)
_NOW_IN = pattern(
    r"(?:everything(?: of ours| we (?:do|have|write))?|(?:our|my|all(?: of)? (?:our|my|the))"
    r" (?:[\w'’-]+ ){0,3}?[\w'’-]+?)(?:['’]s| is| are| lives?| runs?| sits?)(?: (?:all|both|now"
    r"|finally|fully))* (?:in|on|with|using|at) (?P<new>[^,;:!?\n]{1,60}?)(?: now)?(?:,? (?:not"
    r"|instead of|rather than|no longer(?: in| on)?) (?P<old>[^,;:!?\n]{1,40}?)(?: any"
    r" ?more)?)(?=[,;:!?\n]|\.?$)"
)
_GAVE_UP = pattern(
    r"{WE} (?:gave up on|given up on|got rid of|stopped using|quit|moved off|got tired of|got fed"
    r" up with|outgrew|outgrown) (?P<old>{X})(?:,| and|;| so)(?: and| so)? (?:(?:i|we)(?:['’](?:m"
    r"|re))? )?(?:(?:now )?(?:use|using|on|went with|switched to|moved to|got|run))"
    r" (?P<new>[^,;:!?\n]{1,50}?)(?: now| instead)*(?=[,;:!?\n]|\.?$)"
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
    if _STAGE.match(new[0]) or (old and _STAGE.match(old[0])):
        return
    things = determined(old_text) or determined(new_text) or parts.get("what")
    known = namelike if _WHOLE.match((parts.get("what") or "").strip()) else spelled
    if things and not (known(new[0]) or (old and known(old[0]))):
        if _OF_LIFE.match(spoken.text) and not told:
            yield _exchanged(found, spoken)
        return  # the button moved from left to right: an act, not a change of what they use
    what = term(parts.get("what") or "")
    given = f"Moved from {' and '.join(old)} to" if old else "Switched to"
    said = " and ".join(new)
    why = f"Use {said}" + (f"; do not suggest {' or '.join(old)}." if old else ".")
    if old and re.match(r"(?i)i(?: have|['’]ve)? moved\b", spoken.text):
        # Who moves may have moved house, and a city is not used.
        why = f"Go by {said}, no longer by {' and '.join(old)}."
    yield belief(
        spoken,
        Type.DECISION,
        name=new[0],
        content=sentence(f"{given} {said}" + (f" ({what})" if what else "")),
        why=why,
        aliases=(*new, *((what,) if what else ())),
        replaces=old,
    )


_WHOLE = re.compile(r"(?i)(?:everything|it all|all|both|most|my|our)\b")
_OF_LIFE = re.compile(
    r"(?i)(?:we(?:['’]?ve| have)?|i(?:['’]?ve| have)|i(?= \w+(?: in)? my))(?: (?:just|now|finally"
    r"|also))* (?:replaced"
    r"|swapped|traded|exchanged|sold) (?:the|our|my)\b(?!.* and (?:now )?(?:it|the|my|our|that"
    r"|this|everything|nothing)\b)(?!.*\b(?:semicolon|comma|tab|space|function|call|loop|line"
    r"|word|sentence|paragraph|button|header|column|row|query|fuse|capacitor|resistor|chip"
    r"|battery|bulb|cable|wire|part|test|code|string|number|value|image|text|title)s?\b)"
)


def _exchanged(found: re.Match[str], spoken: Spoken) -> Proposal | None:
    """ "We've swapped the gas hob for induction": things that have no names."""
    old, new = term(found["old"]), term(found["new"])
    if not old or not new or any(map(technical, f"{old} {new}".lower().split())):
        return None
    return belief(
        spoken,
        Type.DECISION,
        name=new,
        content=sentence(spoken.text),
        why=f"Go by the {new}; the {old} is gone.",
        aliases=(new,),
        replaces=(old,),
    )


def terse(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Replaced nginx with Caddy": who did it is left out, so both must look like names."""
    old, new = term(found["old"]), term(found["new"])
    if spelled(new) or (spelled(old) and namelike(new)) or (unusual(new) and not determined(old)):
        yield from change(found, spoken)


_HOLDING = re.compile(
    r"(?i)^(?:our |my |the )?(.+?) (?:subscription|account|contract|plan|licen[cs]e|membership"
    r"|support|instance|server|setup|thing)s?\b"
)
_ANY_MORE = re.compile(r"(?i)\bany ?more\b")


def ended(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "We no longer use A": whatever is held about A ends, and A is not proposed again."""
    never = re.match(r"(?i)(?:we|i) (?:do not|don['’]t) use\b(?!.*\bany ?more)", spoken.text)
    ending = "Does not use" if never else "No longer uses"
    ended_ = _HOLDING.sub(r"\\1", found["old"])
    for old in names(ended_):
        if namelike(old) or found["plain"] or _ANY_MORE.search(spoken.text):
            yield belief(
                spoken,
                Type.DECISION,
                name=old,
                content=sentence(f"{ending} {old}"),
                why=f"Do not suggest {old}.",
                aliases=(old,),
            )
            yield Update(target=old, op=Op.RETRACT, evidence=(spoken.quote,))


def over(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "LaTeX gave way to Typst", "Roll20 is out, Foundry is in": names on both sides."""
    parts = found.groupdict()
    old = parts.get("old") or parts.get("out") or parts.get("not") or ""
    new = parts.get("new") or parts.get("in") or parts.get("now") or ""
    if "here" in parts and term(old) != term(old, keep_tail=True):
        return  # it happened somewhere else: "at my friend's company", "in the 60th minute"
    yield from _instead(new, old, spoken)


def back(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "We went back to X": who speaks of one journey only is not learned from."""
    parts = found.groupdict()
    who, old = parts.get("who") or "", parts.get("old") or parts.get("from") or ""
    if not old and re.match(r"(?i)i\b(?!['’])", who):
        return
    yield from _instead(found["new"], old, spoken)


def job(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I no longer work at A, I started at B"."""
    for new in names(found["new"])[:1]:
        old = names(found["old"])
        made = belief(
            spoken,
            Type.ENTITY,
            name="user_work",
            content=sentence(f"I work at {new}, no longer at {' and '.join(old)}"),
            why=f"Take {new} as the user's employer, no longer {' or '.join(old)}.",
            aliases=(new,),
            replaces=old,
        )
        if made is not None and namelike(new):
            yield msgspec.structs.replace(made, scopes=(UNIVERSAL,))


def _instead(new_text: str, old_text: str, spoken: Spoken) -> Iterator[Proposal | None]:
    """One name in the place of another, or of none that was told."""
    new, old = names(new_text), names(old_text)
    if not new or not namelike(new[0]) or (old_text and not (old and namelike(old[0]))):
        return
    if determined(new_text) and not spelled(new[0]):
        return
    said = " and ".join(new)
    spoken = replace(spoken, text=said)
    gone = f"; do not suggest {' or '.join(old)}" if old else ""
    yield belief(
        spoken,
        Type.DECISION,
        name=new[0],
        content=sentence(f"{said} replaced {' and '.join(old)}" if old else f"Back to {said}"),
        why=f"Use {said}{gone}.",
        aliases=new,
        replaces=old,
    )


def no_more(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "We don't squash merge any more": what is held about it ends."""
    for old in dict.fromkeys((*names(found["old"]), *key_terms("x " + found["old"]))):
        yield Update(target=old, op=Op.RETRACT, evidence=(spoken.quote,))


def gone(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "meter_code no longer exists"."""
    for old in names(found["old"]):
        if spelled(old) or "_" in old:
            yield belief(
                replace(spoken, text=old),
                Type.DECISION,
                name=old,
                content=sentence(found[0]),
                why=f"Do not suggest {old}.",
                aliases=(old,),
            )
            yield Update(target=old, op=Op.RETRACT, evidence=(spoken.quote,))


CHANGES: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_CHANGED, change),
    (_GAVE_UP, change),
    (_NOW_IN, change),
    (_REPLACED, change),
    (_TERSE, terse),
    (_WAS_REPLACED, change),
    (_SWITCHED, change),
    (_MOVED_TO, change),
    (_ENDED, ended),
    (_NO_MORE, no_more),
)
NAMED_CHANGES: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_JOB, job),
    (_TAKEN_OVER, over),
    (_REPLACED_IT, over),
    (_BACK_TO, back),
    (_REVERTED, back),
    (_THEN, over),
    (_GONE, gone),
)
"""Those whose subject may be the thing itself: they are looked for in a whole sentence."""


INSTEAD = (_INSTEAD, change)
