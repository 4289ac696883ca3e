"""Changes (Tier A): what took the place of what, and what came to its end."""

import re
from collections.abc import Iterator
from dataclasses import replace

import msgspec

from mindhold.beliefs.learning.candidate import Op, Proposal, Update
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.shape import Spoken, belief, key_terms, sentence
from mindhold.beliefs.learning.terms import determined, namelike, names, spelled, term
from mindhold.beliefs.model import Type
from mindhold.beliefs.scope import UNIVERSAL

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
    r"(?: over)?(?P<what> (?:our|my|the) {X})? to (?P<new>[^,;:!?\n]{1,60}?)(?: from"
    r" (?P<old>[^,;:!?\n]{1,60}))?(?=[,;:!?\n]|\.?$)"
)
_REPLACED = pattern(
    r"{WE} (?:replaced|swapped(?: out)?|ditched|dropped|traded) (?P<old>{X}) (?:with|by"
    r"|for|in favou?r of) (?P<new>[^,;:!?\n]{1,80})"
)
_TERSE = pattern(
    r"(?:replaced|(?P<from>(?:switched|moved|migrated)(?: over)? from)) (?P<old>{X})"
    r" (?(from)to|with) (?P<new>[^,;:!?\n]{1,80})"
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
    r"(?P<old>{X}) (?:no longer exists?|is (?:gone|history|retired|dead(?: to (?:us|me))?)(?: now"
    r"| for good)?|(?:does not|doesn['’]t) exist any ?more)(?=[,.;!]|$)"
)
_NO_MORE = pattern(r"{WE} (?:do not|don['’]t) (?P<old>[^,;:!?.\n]{3,50}?) any ?more(?=[,.;!]|$)")
_ENDED = pattern(
    r"{WE} (?:no longer (?:uses?|need|want|support|run|have|work with)|(?:do not|don['’]t)"
    r" use|not using(?=.*\bany ?more)|stopped"
    r" using|got rid of|(?:have )?dropped|abandoned|retired|moved away from)"
    r" (?P<old>[^,;:!?\n]{1,60})"
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
    things = determined(old_text) or determined(new_text) or parts.get("what")
    if things and not (spelled(new[0]) or (old and spelled(old[0]))):
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


def terse(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Replaced nginx with Caddy": who did it is left out, so both must look like names."""
    if spelled(term(found["new"])) or (spelled(term(found["old"])) and namelike(found["new"])):
        yield from change(found, spoken)


def ended(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "We no longer use A": whatever is held about A ends, and A is not proposed again."""
    never = re.match(r"(?i)(?:we|i) (?:do not|don['’]t) use\b(?!.*\bany ?more)", spoken.text)
    ending = "Does not use" if never else "No longer uses"
    for old in names(found["old"]):
        if namelike(old) or re.search(r"(?i)no longer|anymore|any more|stopped", spoken.text):
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
    (_REPLACED, change),
    (_TERSE, terse),
    (_WAS_REPLACED, change),
    (_SWITCHED, change),
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
