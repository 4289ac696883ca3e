"""Lessons (Tier A): what worked, what did not, and what to do the next time."""

import re
from collections.abc import Iterator
from dataclasses import replace

import msgspec

from mindhold.beliefs.learning.candidate import Op, Proposal, Update
from mindhold.beliefs.learning.rules.directives import orders
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.shape import Spoken, bare, belief, key_terms, sentence
from mindhold.beliefs.learning.terms import namelike
from mindhold.beliefs.model import Type
from mindhold.beliefs.text.words import parts

_AGAIN = pattern(
    r"(?:(?:and |so |but )?next (?:time|round|release)(?: around)?)[,:]?"
    r" (?P<what>(?!i\b|we['’]?ll\b|you\b)[^;!?\n]{6,160}?)[.!]*$"
)
_FAILED = pattern(
    r"(?:so )?(?:that|this|the|my|our|your) (?:[\w-]+ ){0,4}?(?:did(?: not|n['’]t) (?:work|help"
    r"|hold|last)"
    r"|failed|was a mistake|backfired) because (?!of the same\b)(?P<what>[^;!?\n]{8,160}?)[.!]*$"
)
_LEARNED = pattern(
    r"(?:what (?:i|we)(?:['’]ve)? learned|(?:a |the |my |our )?lessons?(?: learn(?:ed|t))?(?:"
    r" (?:from|of|for"
    r"|here)[^:\n]{0,40})?|note for (?:the )?(?:next (?:time|[\w-]+(?: [\w-]+)?)|future)):"
    r" (?P<what>[^;!?\n]{8,200}?)[.!]*$"
)
_HAVE_LEARNED = pattern(
    r"(?:i|we)(?:['’]ve| have) learn(?:ed|t)(?: the hard way)? (?P<what>(?:not )?to"
    r" [^;!?\n]{6,140}?)[.!]*$"
)
_TURNS_OUT = pattern(
    r"(?:it )?turn(?:s|ed) out(?: that|,)? (?P<what>(?!it\b|i\b|he\b|she\b|they\b|that\b|this\b"
    r"|you\b)"
    r"[^;!?\n]{6,160}?(?:\btoo \w+|\bneeds?\b|\bmust\b|\bonly works?\b|\b(?:does not|doesn['’]t"
    r"|cannot|can['’]t)\b)[^;!?\n]{0,100}?)[.!]*$"
)
_WORKED = pattern(
    r"what (?:finally |really |actually |eventually |in the end )?(?:worked|helped|did the trick"
    r"|fixed"
    r" it|solved it) (?:for us |for me |in the end )?was (?P<what>[^;!?\n]{6,160}?)[.!]*$"
)
_MISTAKE = pattern(
    r"(?P<what>(?!(?:it|that|this)\b)[^,;:!?\n]{6,80}?) (?:was|has been) (?:a|the|my"
    r"|our) (?:\w+ )?mistake,?"
    r" (?:and |so )?(?:let['’]s not|never again|(?:we|i) won['’]t|don['’]t"
    r"|not again)[^;!?\n]{0,60}$"
)
_HARD_WAY = pattern(
    r"(?:(?:(?:i|we)(?:['’]ve| have)? )?(?:found (?:out|it out)|learn(?:ed|t)(?: it)?"
    r"|discovered) the hard way"
    r"(?:,? that|:|,)?|the hard way, but now (?:i"
    r"|we) know:) (?P<what>(?!to\b)[^;!?\n]{8,200}?)[.!]*$"
)
_WORKS = pattern(
    r"what (?:always |really |actually )?(?:works|helps)(?: best)? for (?:me|us)(?: best)? is"
    r" (?P<what>[^;!?\n]{6,160}?)[.!]*$"
)
_HELPED = pattern(
    r"(?P<what>(?!(?:it|that|this|which)\b)[^,;:!?\n]{6,80}?) (?:made all the difference"
    r"|did the trick"
    r"|worked wonders|was the key|worked best|saved (?:me|us)\b[^,;!?\n]{0,30})(?: for (?:me"
    r"|us))?,? (?:so |and )?"
    r"(?P<so>(?:keep|do|remember|let['’]s|i should|we should|always|stick)\b[^;!?\n]{4,100}?)[.!]*$"
)
_TRIED = pattern(
    r"(?:we|i)(?:['’]ve| have)? tried (?P<what>[^,;:!?\n]{3,60}?),? (?:and"
    r"|but) (?P<because>[^;!?\n]{6,80}?),"
    r" (?:so )?(?:no [^,;!?\n]{2,40} again|never again|not again)[.!]*$"
)
_THE_LESSON = pattern(
    r"(?P<what>[^,;:!?\n]{6,120}?)(?: next time)?, (?:and )?that['’]s (?:the|my"
    r"|our) lesson[^;!?\n]{0,30}$"
)
_SO = pattern(
    r"(?:it )?turn(?:s|ed) out(?: that|,)? (?P<what>(?!it\b|i\b|he\b|she\b|they\b|that\b|this\b"
    r"|you\b)"
    r"[^,;!?\n]{6,120}?), so (?:we|i) (?P<so>[^;!?\n]{6,80}?)[.!]*$"
)
_NOT_AGAIN = pattern(
    r"(?:please )?(?:don['’]t|do not|never) (?P<what>[^,;!?\n]{6,80}?) again,"
    r" (?P<because>(?:it|they|that|we|i)\b [^;!?\n]{6,100}?)[.!]*$"
)
_NEEDLESS = pattern(
    r"(?P<what>(?!(?:it|that|this|they)\b)[^,;:!?\n]{4,80}?) (?:is|are) (?:no longer|not)"
    r" (?:needed|necessary|required)(?P<any> any ?more| now)?[.!]*$"
    r"|(?:{WE}|you|one|there['’]s|there is) (?:no longer (?:need|have)|(?:don['’]t|do not|no)"
    r" (?:need|have)(?=.* (?:any ?more|now)\b)) to (?P<do>[^,;:!?\n]{4,80}?)"
    r"(?: any ?more| now)?[.!]*$"
)
_AFTER_ALL = pattern(
    r"(?P<what>[^,;:!?\n]{3,80}?) (?:did (?:work|help|hold)|(?:works?|helps?|holds?|worked|helped)"
    r"(?: fine)?) after all[.!]*$"
)
_BURNED = pattern(
    r"(?:we|i) (?:got|were|was|have been) (?:\w+ )?(?:burned|burnt|bitten|bit) by"
    r" (?P<what>[^,;!?\n]{4,80}?)"
    r"(?:,? so (?P<so>[^;!?\n]{6,100}?))?[.!]*$"
)


def again(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Next time, run the migration first"."""
    what = found["what"]
    if orders(what) or re.match(r"(?i)(?:wait|always|never|try|don['’]t|do not|we should)\b", what):
        yield _lesson(spoken, what, why=f"When it comes to this again, {_small(what)}.")


def failed(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "That fix did not work because the cache is shared"."""
    why = f"Do not propose again what fails for this reason: {_small(found['what'])}."
    yield _lesson(spoken, found["what"], content=spoken.text, why=why, pitfall=True)


def learned(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Lesson learned: preheat the board before reflow"."""
    whole = spoken.text if re.match(r"(?i)(?:not )?to\b", found["what"]) else ""
    yield _lesson(
        spoken, found["what"], content=whole, why=f"Heed this lesson: {_small(found['what'])}."
    )


def worked(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "What finally worked was …"."""
    why = f"Propose first what has worked: {_small(found['what'])}."
    yield _lesson(spoken, found["what"], content=spoken.text, why=why)


def not_again(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Don't proof the dough in the oven again, it dried out both times"."""
    why = f"Do not {_small(found['what'])}: {_small(found['because'])}."
    yield _lesson(spoken, found["what"], content=spoken.text, why=why, pitfall=True)


def mistaken(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Sending the invoice before delivery was a mistake, let's not repeat it"."""
    why = f"Advise against this, it was a mistake: {_small(found['what'])}."
    yield _lesson(spoken, found["what"], content=spoken.text, why=why, pitfall=True)


def tried(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "We tried magic links and half the users got lost, so no magic links again"."""
    why = f"Do not suggest {_small(found['what'])}: {_small(found['because'])}."
    yield _lesson(spoken, found["what"], content=spoken.text, why=why, pitfall=True)


def burned(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "We got burned by mixing realms, so never join the two clusters"."""
    so = found["so"] or f"avoid {found['what']}"
    yield _lesson(spoken, found["what"], content=spoken.text, why=sentence(so), pitfall=True)


def over(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "Running the migration first is no longer needed", "that fix did work after all"."""
    parts = found.groupdict()
    if "any" in parts and parts["what"] and not (parts["any"] or "no longer" in found[0]):
        return  # what is not needed may never have been
    what = re.sub(r"(?i)^(?:the|that|this|our|my)\s", "", parts["what"] or parts["do"])
    yield Update(target=what.strip()[:80], op=Op.RETRACT, evidence=(spoken.quote,))


def _small(text: str) -> str:
    told = bare(text)
    return told[:1].lower() + told[1:]


def _lesson(
    spoken: Spoken, about: str, *, why: str, content: str = "", pitfall: bool = False
) -> Proposal | None:
    terms = key_terms("x " + about)
    avoids = re.search(r"(?i)\b(?:not|never|don['’]t|mistake|avoid|too|doesn['’]t)\b", about)
    if not terms:
        return None
    made = belief(
        replace(spoken, text=about),
        Type.LESSON,
        subtype="pitfall" if pitfall or avoids else "strategy",
        name="_".join(terms[:2]) if len(terms[0].split()) == 1 else terms[0],
        content=sentence(content or about),
        why=why,
        aliases=terms,
    )
    return made and msgspec.structs.replace(made, aliases=_subjects(made.aliases))


def _subjects(terms: tuple[str, ...]) -> tuple[str, ...]:
    """What the lesson is asked for by: the things of its terms, without what was done to them.

    A verb, a figure or two initials by themselves would bring it up where it is not meant.
    """
    things = (_thing(term) for term in terms)
    longer = (term for term in terms if len(term.split()) > 1)
    return tuple(dict.fromkeys((*filter(None, things), *longer))) or terms


def _thing(term: str) -> str:
    words = term.split()
    while len(words) > 1 and _done(words[0], words[1]):
        del words[0]
    while words and parts(words[-1]) and parts(words[-1])[0] in "DGVZR":
        del words[-1]
    told = " ".join(words)
    return told if re.search(r"[^\W\d]", told) and not re.fullmatch(r"[A-Z]{2}", told) else ""


def _done(word: str, after: str) -> bool:
    """Whether a word is what is done to the thing behind it: pinning numpy, bump Prisma."""
    kinds = parts(word)
    return kinds[:1] in {"G", "V", "D"} or ("V" in kinds and namelike(after))


LESSONS: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_AGAIN, again),
    (_FAILED, failed),
    (_LEARNED, learned),
    (_HAVE_LEARNED, learned),
    (_TURNS_OUT, learned),
    (_WORKED, worked),
    (_MISTAKE, mistaken),
    (_HARD_WAY, learned),
    (_WORKS, worked),
    (_HELPED, worked),
    (_TRIED, tried),
    (_THE_LESSON, learned),
    (_SO, worked),
    (_NOT_AGAIN, not_again),
    (_BURNED, burned),
    (_NEEDLESS, over),
    (_AFTER_ALL, over),
)
