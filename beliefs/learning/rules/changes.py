"""Changes (Tier A): what took the place of what, and what came to its end."""

import re
from collections.abc import Iterator

from mindhold.beliefs.learning.candidate import Op, Proposal, Update
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.shape import Spoken, belief, sentence
from mindhold.beliefs.learning.terms import determined, namelike, names, spelled, term
from mindhold.beliefs.model import Type

_CHANGED = pattern(
    r"{WE} (?:switch(?:ed|ing)|mov(?:ed|ing)|migrat(?:ed|ing)|chang(?:ed|ing)"
    r"|transition(?:ed|ing)|convert(?:ed|ing)"
    r"|port(?:ed|ing)|upgrad(?:ed|ing)|went|gone)(?: over| away)?(?P<what> {X})? from"
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


CHANGES: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_CHANGED, change),
    (_REPLACED, change),
    (_TERSE, terse),
    (_WAS_REPLACED, change),
    (_SWITCHED, change),
    (_ENDED, ended),
)


INSTEAD = (_INSTEAD, change)
