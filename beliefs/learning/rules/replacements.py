"""Replacements (Tier A): two clauses of which one says what went, the other what came."""

import re
from collections.abc import Iterator
from dataclasses import replace

from mindhold.beliefs.learning.candidate import Proposal
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.shape import Spoken, belief, sentence
from mindhold.beliefs.learning.terms import determined, namelike, names, term, unusual
from mindhold.beliefs.model import Type

_OLD = r"(?P<old{n}>[^,.;:!?\n]{1,50}?)"
_NEW = (
    r"(?P<new{n}>(?!(?:still|now|not|just|already|also|even|only|like|it|that|this|what|nothing"
    r"|something|so|too|very|not|all|been|a (?:shame"
    r"|pity|mess|relief))\b)[^,;:!?\n]{1,60}?)"
)
_NOW = (
    r"(?: (?:now|these days|instead|today|nowadays|from (?:here|now) on|currently|at last|anyway"
    r"|since [^,;:!?\n]{2,20}))*"
)
_ENDS = (
    (
        r"{O}(?:['’]s| is| are| was| were| got| has been| have been| just got)? (?:out|gone|history"
        r"|retired|shut (?:off|down)|switched off|turned off|scrapped|dropped|axed|binned|sunset"
        r"|decommissioned|dead|no more|phased out|thrown out|cancelled|ditched)(?: now| for us|"
        r" here)?"
    ),
    r"{O} (?:went|goes) (?:in the bin|away|out(?: the (?:window|door))?|overboard)",
    (
        r"(?:(?:we|i)(?:['’](?:re|m)| are| am|['’]ve| have)? )?(?:(?:finally|now|also|just|both"
        r"|all)"
        r" )*(?:off|done with|through with|no longer (?:on|using|with|use)|out of|away from) {O}"
    ),
    (
        r"(?:(?:i|we)(?:['’]ve| have)? )?(?:just |finally |also |now )*(?:said |say |saying"
        r" )?(?:good-?bye|bye-?bye|bye"
        r"|farewell|so"
        r" long)(?: to)?,? {O}"
    ),
    (
        r"(?:(?:i|we)(?:['’]ve| have)? )?(?:just |finally |also |now )*(?:tore out|ripped out|threw"
        r" out|thrown out|kicked out|got rid of|ditched|dropped|left|dumped|gave up(?: on)?|given"
        r" up(?: on)?|returned|sold|retired|binned|scrapped|cancelled|quit|abandoned|outgrew"
        r"|stopped"
        r" using|uninstalled|moved away from|moved off|chucked|removed) {O}"
    ),
    (
        r"(?:our|my|the) [\w'’ -]{2,30}? (?:is not|isn['’]t|are not|aren['’]t|is no longer|are no"
        r" longer) {O}(?: any ?more)?"
    ),
    r"where (?:we|i) (?:once|used to) (?:had|used|have|use) {O}",
    (
        r"(?:we|i)(?: all| both)? (?:used to|once|formerly|previously) (?:use|used|have|had"
        r"|cook(?:ed)? on|work(?:ed)? with|wr(?:i|o)te in|be on|run|ran|rely on|play(?:ed)?|drive"
        r"|drove|live in|bake with|paint with|shoot on|host on|bill in) {O}"
    ),
    r"it used to be {O}",
    r"not {O}(?: any ?more| any longer)?",
    r"(?:the |our |my )?[\w'’-]+ (?:has |have )?said (?:good-?bye|farewell|bye) to {O}",
    r"{O} (?:has |have )?left(?: us| the [\w-]+)?",
    r"no more {O}",
    (
        r"{O} (?:never|did not|didn['’]t|was not|wasn['’]t) (?:work(?:ed)?(?: out)?|last|cut it"
        r"|scaled?|worth it)(?: for (?:us|me))?"
    ),
)
_BEGINS = (
    (
        r"{N} (?:took its place|takes its place|has taken its place|(?:took|takes|has taken)"
        r" over(?: (?:all |our |my |the )[^,;:!?\n]{2,30})?|came in|is"
        r" in|replaced it|replaces it|does (?:all )?(?:the|our|my|that|it)[^,;:!?\n]{0,30}|is what"
        r" (?:we|i) use|is (?:our|my) new (?:one|\w+))"
    ),
    (
        r"(?:(?:we|i)(?:['’](?:re|m)| are| am)? |now )?(?:now )?(?:on|using|with|all in on|back on)"
        r" {N}"
    ),
    (
        r"(?:it['’]?s|it is|there['’]?s|there is|we have|we['’]ve got|i have|i['’]ve got|now"
        r" it['’]?s"
        r"|that['’]?s) (?:now |all |only )*{N}"
    ),
    r"(?:hello|welcome|in comes|enter|hi),? {N}",
    (
        r"(?:(?:we|i)(?:['’]ve| have)? )?(?:just |now )*(?:use|using|bought|got|took|adopted"
        r"|installed|run|went with|switched to|moved to|went for|gone with|chose|picked|play|drive"
        r"|cook on|cook with|write in) {N}"
    ),
    r"(?:only |just ){N}",
    r"(?:we|i)(?: all| both)? (?!have\b|had\b|got\b|want\b|need\b)\w+ (?:in|on|with|at|over) {N}",
    (
        r"(?:everything|it all|all of it|(?:the|our|my) [\w'’-]+(?: [\w'’-]+)?|[\w'’-]+?)(?:['’]s"
        r"| is"
        r"| lives?| runs?| sits?| goes) (?:now |all )*(?:in|on|with|at|through|via) {N}"
    ),
    (
        r"{N} (?!is\b|was\b|has\b|does\b|['’]s\b)[\w-]+s(?: [^,;:!?\n]{1,30}?)? (?:now|instead"
        r"|these"
        r" days)"
    ),
    (
        r"{N} (?:does|handles|covers|makes|runs|plays|drives|sings) (?:all of it|all of that|it all"
        r"|that|it|this|that job|the job)(?: now)?"
    ),
    r"{N} (?:now|instead|from now on|only|these days)",
)
_JOIN = (
    r"(?:,|;|\.|:| –| —| -| and| but|,? so)(?: (?:and|but|so|then|now|instead|today|these days"
    r"|nowadays))*,? "
)


def _either(shapes: tuple[str, ...], sign: str, shape: str, first: int) -> str:
    """One of the shapes, each with a group of its own where the sign stands."""
    numbered = (
        one.replace(sign, shape.replace("{n}", str(first + number)))
        for number, one in enumerate(shapes)
    )
    return "(?:" + "|".join(numbered) + ")"


_TWO = pattern(
    r"(?=[^\n]*(?:[,;.:–—]| and | but | there))"
    + _either(_ENDS, ("{O}"), _OLD, 0)
    + _JOIN
    + _either(_BEGINS, ("{N}"), _NEW, 0)
    + _NOW
    + (
        r"(?: for (?:us|me|good|everything|now on))?(?: (?:in|on|for|at) (?:our|my|the"
        r"|all)\b[^,;:!?\n]{2,40})?(?=[,.;!]|$| because\b| since\b)"
    )
)
_HERE = (
    r"(?P<here>(?: (?:in|for|on|at|across) (?:our|my|all)\b[^,;:!?\n]{1,40}| (?:here|for us|for"
    r" me|at ours|on our side|with us|now|these days))+)"
)
_OVER = pattern(
    rf"(?P<new0>[^,;:!?\n]{{2,40}}?) (?:has |have |had |now |just )*(?:taken over from|took over"
    rf" from|takes over from|supersedes?|superseded|displaced|does the job of|stands in for)"
    rf" (?P<old0>[^,;:!?\n]{{2,40}}?){_HERE}(?=[,.;!]|$)"
)
_DOES_NOW = pattern(
    r"(?=[^\n]*\b(?:now|these days|nowadays)\b)"
    r"(?P<new0>[^,;:!?\n]{2,40}?) (?:now )?(?:handles?|does|do|runs?|holds?|keeps?|manages?|covers?"
    r"|takes care of|looks after|powers?|serves?|hosts?|stores?|renders?|builds?|sends?|tracks?)"
    r" (?:all )?(?:of )?(?:our|my) [^,;:!?\n]{2,40}?(?: now| these days| nowadays)*,? (?:instead of"
    r"|rather than|in (?:the )?place of|not|no longer) (?P<old0>[^,;:!?\n]{2,40}?)(?: now"
    r"| any ?more)*(?=[,.;!]|$)"
)
_PASSIVE = pattern(
    r"(?=[^\n]* (?:for|favou?r) )"
    r"(?P<old0>[^,;:!?\n]{2,50}?) (?:got|was|were|has been|have been|had to be|is being|are being"
    r"|get) (?:swapped(?: out)?|exchanged|changed|traded(?: in)?|ditched|dropped|scrapped|given"
    r" up) (?:for|in favou?r of) (?P<new0>[^,;:!?\n]{2,40}?)(?P<here>(?: (?:in|on|for|at) (?:our"
    r"|my|all)\b[^,;:!?\n]{2,40}| here| for us| last \w+| this \w+| recently)*)(?=[,.;!]|$)"
)
_WAY = pattern(
    r"(?P<old0>[^,;:!?\n]{2,40}?) (?:had to |has to |will )?(?:make|made|makes|gave|give|given)"
    r" way (?:to|for) (?P<new0>[^,;:!?\n]{2,40}?)(?P<here>(?: (?:in|on|for|at) (?:our|my"
    r"|all)\b[^,;:!?\n]{2,40}| here| for us| last \w+| this \w+| recently)*)(?=[,.;!]|$)"
)
_JUMPED = pattern(
    r"(?:after [\w ]{2,30}? (?:with|on|of|using|in) (?P<old0>[^,;:!?\n]{2,40}?),? )?{WE}"
    r" (?:jumped ship|defected|crossed over|converted|made the (?:switch|jump|move|leap|change)"
    r"|went over|come over|came over|gone over|migrated over|moved on)(?: from"
    r" (?P<old1>[^,;:!?\n]{2,40}?))? to (?P<new0>[^,;:!?\n]{2,40}?)(?=[,.;!]|$| for\b| because\b|"
    r" and\b| last\b| this\b)"
)
_DOCUMENTS = pattern(
    r"(?:since \w+|as of \w+(?: \w+)?|from \w+ on),? (?:the|our|my|we|i)\b[^,;:!?\n]{2,40}? (?:in"
    r"|on|with|through) (?P<new0>(?-i:[A-Z])[^,;:!?\n]{1,30}?),? (?:and"
    r" )?(?P<old0>[^,;:!?\n]{2,30}?) (?:was|is|has been|got) (?:shut (?:off|down)|switched off"
    r"|retired|dropped|gone|out|scrapped|turned off)(?=[,.;!]|$)"
)


def two(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "SPSS went in the bin and jamovi came in"."""
    groups = found.groupdict()
    old = next((text for key, text in groups.items() if key.startswith("old") and text), "")
    new = next((text for key, text in groups.items() if key.startswith("new") and text), "")
    yield _replaced(new, old, spoken)


def _replaced(new_text: str, old_text: str, spoken: Spoken) -> Proposal | None:
    """One thing in the place of another: names, or things of those who speak."""
    new = names(new_text) or ((whole,) if (whole := term(new_text)) else ())
    old = names(old_text) or ((whole,) if (whole := term(old_text)) else ())
    if not new or (old_text and not old) or _THEIRS.match(new_text) or _THEIRS.match(old_text):
        return None
    said = any(map(unusual, (*new, *old))) and not (determined(new_text) and not namelike(new[0]))
    ours = _OURS.search(spoken.around) and all(len(one.split()) <= 3 for one in (*new, *old))
    if not (said or ours):
        return None
    gone = f"; do not suggest {' or '.join(old)}" if old else ""
    return belief(
        replace(spoken, text=" and ".join(new)),
        Type.DECISION,
        name=new[0],
        content=sentence(spoken.text),
        why=f"Use {' and '.join(new)}{gone}.",
        aliases=new,
        replaces=old,
    )


_THEIRS = re.compile(
    r"(?i)(?:her|his|their|your|who|which|what|he|she|they|you|the (?:old|new|king|queen|player"
    r"|ball|bug|error|server|app|page|light|power|screen|window)|(?:the|a) \w+ (?:king|queen))\b"
    r"|it$|that$|this$|bug|school|work|bed|home|town|diet|milk|bread|power|electricity|the"
    r" (?:rain|sun)"
)
_OURS = re.compile(r"(?i)\b(?:we|our|us|i|my)\b")

REPLACEMENTS: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_JUMPED, two),
    (_OVER, two),
    (_DOES_NOW, two),
    (_WAY, two),
    (_PASSIVE, two),
    (_DOCUMENTS, two),
    (_TWO, two),
)
