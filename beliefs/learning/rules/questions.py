"""Questions (Tier A′): what is not decided yet, and what settles it."""

import re
from collections.abc import Iterator
from dataclasses import replace

import msgspec

from mindhold.beliefs.learning.candidate import NewBelief, Proposal
from mindhold.beliefs.learning.rules.form import Build, pattern
from mindhold.beliefs.learning.rules.shape import LIKELY, Spoken, belief, key_terms, sentence
from mindhold.beliefs.learning.terms import common, namelike, names
from mindhold.beliefs.model import Type

_AM = (
    r"(?:i|we|the team)(?:['’](?:m|re|ve))?(?: am| are| have| is)?(?: (?:just|now|also|still"
    r"|currently|both|really|honestly|genuinely|a bit|quite|very much))*"
)
_CHOICE = (
    r"(?:whether|which|between|if (?:we|i) should|how (?:many|much|long|big|far|often|to"
    r" \w+ (?:the|our|my)\b)|who|where|when|what (?:to|the|our|my|kind|sort|colou?r|size))"
)
_UNDECIDED = pattern(
    rf"(?:{_AM} |still )(?:undecided|torn|in two minds|wavering|split|divided|debating|still"
    rf" deciding"
    r"|going back and forth|not decided|yet to decide|having second thoughts)(?: yet)?"
    rf"(?:,? (?P<link>about whether|whether|about|on|over|between|which|if|how|what|when|where"
    rf"|who))?"
    r"(?P<about>:? [^;!?\n]{2,160})"
)
_UNSURE = pattern(
    rf"(?:{_AM} |still |honestly )?(?:not (?:yet |entirely |really |quite )?sure|unsure"
    rf"|uncertain)(?: yet)?"
    rf"(?P<about>,? (?:about |on )?(?:whether (?:to|we|i|the|our|my|it['’]s worth)|which|if (?:we"
    rf"|i) should|between"
    r"|what (?:colou?r|size|name|kind)|how (?:many|much|big|long)|where (?:to|we|i)"
    r" )[^;!?\n]{2,160})"
)
_NOT_YET = pattern(
    r"(?:i|we|the team|nobody|no one|my \w+ and i)(?: still)? (?:haven['’]t|have not|hasn['’]t"
    r"|has not|have yet to|has yet to|has|did(?: not|n['’]t))"
    r"(?: (?:yet|really|fully|quite|actually))*"
    r" (?:decided?|settled?|agreed?|picked|chosen|choose|pick|figured out|worked out|made up"
    r" (?:my|our) minds?|finali[sz]ed?|committed"
    r"|landed|nailed down|locked in|made a (?:decision|choice)|reached a decision)(?: yet)?"
    r"(?: (?P<link>on|about|between|whether|which|to|if|for|as to|upon))?(?P<about>"
    r" [^;!?\n]{2,160})"
)
_CANNOT = pattern(
    r"(?:i|we)(?: still| really| just)* (?:can['’]t|cannot|can not|couldn['’]t) (?:decide|make up"
    r" (?:my|our) minds?|settle|agree|choose|pick)"
    r"(?: yet)?(?P<about>:? (?:between|whether|on|about|which|if|how|what|where)\b[^;!?\n]{2,160})"
)
_UNKNOWN = pattern(
    r"(?:i|we)(?: (?P<still>still))? (?:do not|don['’]t|dunno)(?: (?:really|quite|actually))?(?:"
    r" know)?(?P<yet> yet)?"
    r"(?P<about>,? (?P<link>whether(?P<to> to)?|if (?:we|i) should|which [\w -]{2,30} (?:to"
    r"|we['’]ll|we|i) (?:use|pick|take|choose|go)|who|where|what|how)\b[^;!?\n]{2,160})"
)
_NEED_TO = pattern(
    r"(?:i|we)(?P<still> still)? (?:need|have|want|ought) to (?:figure out|decide|work out|settle"
    r"|sort out|determine|agree|choose|pick|make a decision|hash out|nail down)"
    r"(?P<about> (?:on |about |upon )?(?!why\b|how to\b|what['’]?s\b|what is\b|this\b|that\b"
    r"|it\b)[^;!?\n]{2,160})"
)
_OPEN = pattern(
    r"(?:(?:it|that|this)(?:['’]?s| is)(?: all)?|it remains|remains|what(?:['’]?s|"
    r" is))?\s?(?:still |very much |yet |really )*"
    r"(?:open|undecided|unclear|undetermined|unsettled|up in the air|up for debate|to be"
    r" (?:decided|seen)|tbd|not (?:yet )?(?:decided|settled|clear|fixed|agreed)|an open question"
    r"|anyone['’]s guess)(?: yet| as yet)?"
    r"(?:,|:| is)? (?P<about>(?P<link>whether|which|how (?!to\b)|if|who|what|where"
    r"|when)\b[^;!?\n]{4,160})"
)
_UP = (
    r"(?:up in the air|undecided|an? (?:\w+ )?open (?:question|point|issue)|(?:up |open )?for"
    r" (?:discussion|debate|grabs)|open to debate|tbd|tba|to be (?:decided|determined|confirmed)"
    r"|still to be (?:decided|determined)"
    r"|not (?:yet )?(?:been )?(?:decided|settled|agreed|fixed|final|finali[sz]ed|nailed down|set"
    r" in stone)|yet to be (?:decided|settled|agreed)|unsettled|under discussion|in limbo"
    r"|anyone['’]s guess)"
)
_IN_AIR = pattern(
    rf"(?P<about>(?:the|our|my|(?-i:[A-Z][\w'’]+['’]s)|whether|which|how (?!to\b)|what|who|where"
    rf"|when)\b[^;:!?\n]{{1,100}}?)(?:['’]s| is| are|) (?:(?:all|still|very much|currently|also"
    rf"|as yet|completely|totally|a bit) )*{_UP}(?: (?:yet|still|as yet|at this point|between"
    rf" [^;!?\n]{{3,60}}))*(?=\W*$|,|;| but\b| and\b| because\b| until\b)"
)
_JURY = pattern(
    r"(?:the )?jury(?:['’]?s| is)(?: still)? out (?:on|about|as to|regarding|over)"
    r" (?P<about>(?:the|our|my|whether (?:we|i|to|the|our|my|(?-i:[A-Z]))|which"
    r"|(?-i:[A-Z]))[^;!?\n]{0,120})"
)
_LABEL = pattern(
    r"(?:(?:big|still an?|another|one|main|remaining|an)? ?open (?:question|point|issue)s?|open"
    r"|undecided|unresolved|unsettled|tbd|to be decided|still (?:torn|undecided|open|tbd|debating"
    r"|deciding|to decide)|to decide|torn|not decided(?: yet)?|question still open|the (?:big "
    r"|open |only )?question is)"
    r"(?: (?:for|on|about|here|in|of)[^:;!?\n]{1,40})?(?:\s?[:–—-]|,| is|"
    r" remains)\s*(?P<about>[^;!\n]{3,160})"
)
_SLOT_TBD = pattern(
    r"(?=[^:\n]{2,50}: )"
    r"(?P<about>[\w /'’-]{2,50}: (?:tbd|tba|undecided|not decided(?: yet)?|still open"
    r"|open)\b[^;!?\n]{0,100})"
)
_WHETHER = pattern(
    r"(?P<about>(?:whether|which)\b[^;:!?\n]{4,120}?) is (?:(?:all|still|very much|also|as yet"
    r"|completely) )*open(?: yet| as yet| for now| at this point)?(?=[.,!]*$|, | but\b)"
)
_BETWEEN = pattern(
    r"(?:it['’]?s(?: still)? (?:a (?:toss-?up|coin ?flip|tie) )?between|(?:we['’]re|i['’]m)(?:"
    r" still)? (?:choosing|deciding) between|(?:we['’]re|we are|i['’]m|i am|it['’]s) (?:now"
    r" )?down to)"
    r" (?P<about>[^;!?\n]{2,60} (?:and|or|vs\.?) [^;!?\n]{2,60})"
)
_EITHER = pattern(
    r"(?P<about>(?:either )?(?:an? |the )?[\w'’.+#-]+(?: [\w'’.+#-]+){0,4} (?:or|vs\.?|versus)"
    r" (?:an? |the )?[\w'’.+#-]+(?: [\w'’.+#-]+){0,4})(?:,| –| —| -|:|\.\.\.|…)\s?"
    r"(?:(?:we|i)(?:['’]ve| have)? ?(?:still )?(?:haven['’]t|have not|not|can['’]t) ?(?:decided?"
    r"|settled|chosen|made up (?:my|our) minds?)|(?:still )?(?:undecided|not (?:sure|decided)"
    r"|torn|open|tbd|debating|thinking|deciding))\b[^?]{0,40}$"
)
_LEAVE = pattern(
    r"(?:let['’]?s |we['’]?ll |i['’]?ll |we will |please )?(?:leave|keep) (?P<about>(?!it\b"
    r"|this\b|that\b)[^,;:!?\n]{3,80}?) (?:open|undecided|tbd|for later)(?: for now| at this"
    r" point)?[.!]*$"
)
_LATER = pattern(
    r"(?:we|i)(?:['’]?ll| will) (?:decide|figure out|settle|pick|choose|agree)(?: on| about)?"
    r" (?P<about>(?!it\b|this\b|that\b)[^,;:!?\n]{3,80}?) (?:later|another time|some other time"
    r"|at a later (?:date|stage)|once \w[^,;:!?\n]{3,60}|when \w[^,;:!?\n]{3,60}|after"
    r" \w[^,;:!?\n]{3,60})[.!]*$"
)


def undecided(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "We haven't decided whether …", "the venue is still up in the air"."""
    about = found["about"].strip(" ,:")
    if (
        _NOT_OURS.match(_LEAD.sub("", about))
        or _NOT_OURS.match(about)
        or _THEIRS_TO_ASK.search(about)
    ):
        return
    terms = key_terms("x " + _LEAD.sub("", about))
    options = _OPTIONS.sub("", about)
    offered = names(options) if re.search(r"(?i)\b(?:or|vs|versus|and)\b", options) else ()
    kept = tuple(dict.fromkeys((*terms, *(one for one in offered if not common(one)))))
    if not kept:
        return
    yield belief(
        replace(spoken, text=about),
        Type.OPEN_QUESTION,
        name=f"{'_'.join(kept[:2])}_question",  # its answer will bear the plain name
        content=sentence(spoken.text),
        why="Do not assume an answer: this is not decided; help to decide it when it comes up.",
        aliases=kept,
        confidence=LIKELY,
    )


def unknown(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "I still don't know whether Ilya survives": said of a choice, not of a fact looked for."""
    if (
        found["to"]
        or found["link"].startswith(("which ", "if "))
        or ((found["still"] or found["yet"]) and found["link"] == "whether")
    ):
        yield from undecided(found, spoken)


def needed(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "We still need to figure out how …": a choice that is to be made."""
    choice = re.match(r"(?i)\s(?:on |about )?(?:whether|which|between)\b", found["about"])
    if choice or found["still"]:
        yield from undecided(found, spoken)


_LEAD = re.compile(
    r"(?i)^(?:(?:on|about|over|as to|whether|if|which|between|how|what|who|where|when|to|we|i"
    r"|should|the|our|my|it['’]?s|or not|either) )+"
)
_OPTIONS = re.compile(
    r"(?i)^.*\b(?:between|whether to (?:use|take|go with|pick|do)|(?:use|take|pick)|[:,])\s"
)
_NOT_OURS = re.compile(
    r"(?i)(?:one|it|this|that|they|he|she|you|there)\b(?!['’]s worth)|(?:whether|if|how|what|why)"
    r" (?:it|this|that|you|they|he|she|there)(?:['’]s| is| was| are| were| has| will)?\b"
    r"|(?:the )?(?:issue|ticket|pr|pull request|shop|store|door|window|bug|file|connection|port"
    r"|tab|position)\b"
)
_THEIRS_TO_ASK = re.compile(
    r"(?i)\b(?:why|what to (?:do|say|cook|wear|eat)|where to start|how to (?:fix|do|install"
    r"|explain))\b"
)


_SETTLED = pattern(
    r"(?:(?:ok|okay|so|right|well|alright|good news|update|and|also|in the end|finally)[,:]?"
    r" )*(?:(?:that|it|this|the (?:open )?question|the \w+(?: \w+)?)(?:['’]?s| is| has been)(?:"
    r" now| finally)? (?:decided|settled|resolved|sorted|final|answered)|(?:we|i)(?:['’]ve|"
    r" have)?(?: finally| now)? (?:settled|decided|resolved|sorted) (?:on )?(?:it|that|this|the"
    r" question)(?: (?:with|at|in|over|during)[^:;,!?\n]{2,40})?|final (?:decision|answer|call)"
    r"|settled|decision made|verdict|the winner is|winner|resolved|decided"
    r"|that settles it|(?:the|our) (?:call|decision|choice) (?:has been|is|was) made|(?:i"
    r"|we)(?:['’]ve| have) made up (?:my|our) minds?|the plan of record is(?: to)?|(?:it['’]?s"
    r"|that['’]?s) (?:official|final|decided)"
    r"|(?:the )?(?:outcome|upshot|result|conclusion|decision|verdict) (?:of|from)"
    r" [^:;,!?\n]{2,40}?(?=:)|(?:the|our) (?:team|board|committee|club|band|group|family"
    r"|partners) (?:has|have) (?:voted|decided|spoken|agreed))"
    r"(?:\s?:|,| –| —| -|\.)?\s(?P<what>[^;!?\n]{2,160}?)[.!]*$"
)
_THEN = pattern(
    r"(?:(?:ok|okay|right|alright|well|fine|so|good|great|cool)[,:.!]? )*(?:it['’]?s|it is"
    r"|it['’]?ll be|make it|we['’]?ll make it|then it['’]?s|so it['’]?s|that makes it)"
    r" (?P<what>[^,;:!?\n]{2,60}?)(?:,? then(?: then)?| after all| in the end|, (?:decided"
    r"|settled|final))[.!]*$"
)
_IT_IS_SETTLED = pattern(
    r"(?:(?:ok|okay|so|and|well|right)[,:]? )*(?:it['’]?s |it is )?(?P<what>(?!if\b|whether\b"
    r"|they\b|he\b|she\b|when\b|once\b|what\b|how\b)[^,;:!?\n]{3,80}?)(?:,|;| –| —| -)"
    r" (?:(?:it|that)(?:['’]?s| is)(?: now| finally)? (?:decided|settled)|(?:we|i)(?:['’]ve|"
    r" have)?(?: finally| now)? made up (?:our|my) minds?)[.!]*$"
)
_WON = pattern(
    r"(?P<what>(?-i:[A-Z])[^,;:!?\n]{1,40}?) (?:won(?: out)?|it was in the end|wins|carried the"
    r" day|got the nod|is what we (?:picked|chose|settled on|decided on|went with|took)|is the"
    r" one we (?:picked|chose))(?: in the end| out| for (?:the|our)[^,;:!?\n]{2,40})?(?=[,.!]|$)"
)


_THOUGHT_THAT = re.compile(
    r"(?i)(?:\w+,? )?(?:i|we)\S* (?:\w+ )*?(?:settled|decided|resolved|sorted) (?:on )?(?:it|that"
    r"|this) \w"
)


def settled(found: re.Match[str], spoken: Spoken) -> Iterator[Proposal | None]:
    """ "That's decided: Ilya survives", "it's Postgres then": the answer, and what it answers."""
    what = found["what"].strip()
    first = names(what)
    if (
        _THOUGHT_THAT.match(spoken.text)
        or _NOTHING.match(what)
        or not (terms := (*first, *key_terms("x " + what)))
    ):
        return
    if found.re not in {_SETTLED, _IT_IS_SETTLED} and not any(map(namelike, first)):
        return
    made = belief(
        replace(spoken, text=what),
        Type.DECISION,
        name=terms[0],
        content=sentence(f"Decided: {what}"),
        why=f"Go by it: {what.rstrip('.')} is decided.",
        aliases=terms,
    )
    yield answering(made, what)


_NOTHING = re.compile(
    r"(?i)(?:(?:a|the) (?:problem|bug|mess|lie|joke|deal|shame|pity|relief|start)|it|that|this"
    r"|fine|good|ok|okay|yes|no|by|in|on|at|for|to|then|now|with|when|how|and|but|because|not|the"
    r" (?:same|end|other|first|second|last)|too|very|so|just|only|better|over|done|time|late|me"
    r"|you|us|i|we|thanks|thank|up|see)\b"
)


def answering(made: NewBelief | None, what: str) -> NewBelief | None:
    """The decision with the words by which an open question may know its answer."""
    if made is None:
        return None
    words = [
        part for name in (*names(what), *key_terms("x " + what)) for part in (name, *name.split())
    ]
    telling = [word for word in dict.fromkeys(words) if len(word) > 2 and not common(word)]
    return msgspec.structs.replace(made, resolves=tuple(telling)[:4]) if telling else made


_NO_DECISION = pattern(
    r"(?:there(?:['’]?s| is) |we have |still )?no (?:agreement|decision|consensus|verdict|final"
    r" word|answer) (?:yet |so far )?(?:on|about|as to|regarding) (?P<about>(?:the|our|my|whether"
    r"|which|how|who|where|when)\b[^;!?\n]{2,120})"
)
_STILL_HAVE_TO = pattern(
    r"(?P<about>(?:the|our|my) [^,;:!?\n]{2,50}?)(?:['’]s| is| are) (?:something|one thing|a"
    r" thing|what) (?:that )?(?:we|i)(?: still)? (?:have|need|want) to (?:decide|settle|agree"
    r"|figure out|pick|choose|sort out)(?: on| about| out)?[.!]*(?=$|,)"
)
_THATS_OPEN = pattern(
    r"(?P<about>[\w'’.+#-]+(?: [\w'’.+#-]+){0,4} (?:or|vs\.?|versus) (?:an? |the )?[\w'’.+#-]+(?:"
    r" [\w'’.+#-]+){0,4}), (?:that['’]?s|it['’]?s|that is|both are) (?:still )?(?:to be"
    r" (?:settled|decided|seen)|open|undecided|up in the air|the question|tbd|not (?:yet"
    r" )?(?:decided|settled))\b[^?]{0,60}$"
)
_LEFT_OPEN = pattern(
    r"(?:we|i)(?:['’]ve| have)? (?:left|kept|leave|keep)(?: the question of)? (?P<about>(?:the"
    r"|our|my|whether)\b[^,;:!?\n]{2,60}?) (?:open|undecided)(?: for now| so far| until"
    r" later)?(?=[,.!]|$)"
)
_BACK_AND_FORTH = pattern(
    r"(?:i|we) (?:keep|kept) (?:going back and forth|wavering|switching|changing (?:my|our)"
    r" minds?|flip-?flopping) (?:between|about|on|over) (?P<about>[^;!?\n]{2,120})"
)
_WHETHER = pattern(
    r"(?P<about>(?:whether|which|who|what|where|when|how)\b[^;:!?\n]{4,100}?) (?:is|remains"
    r"|stays) (?:still |very much |entirely )*(?:open|undecided|unclear|unsettled|a question"
    r"|anyone['’]s guess|up in the air|to be (?:decided|seen))(?: at this point| for now| so far|"
    r" yet)*[.!]*(?=$|,)"
)
QUESTIONS: tuple[tuple[re.Pattern[str], Build], ...] = (
    (_LABEL, undecided),
    (_WHETHER, undecided),
    (_NO_DECISION, undecided),
    (_STILL_HAVE_TO, undecided),
    (_THATS_OPEN, undecided),
    (_LEFT_OPEN, undecided),
    (_BACK_AND_FORTH, undecided),
    (_UNDECIDED, undecided),
    (_UNSURE, undecided),
    (_NOT_YET, undecided),
    (_CANNOT, undecided),
    (_UNKNOWN, unknown),
    (_NEED_TO, needed),
    (_BETWEEN, undecided),
    (_JURY, undecided),
    (_OPEN, undecided),
    (_SLOT_TBD, undecided),
    (_LEAVE, undecided),
    (_LATER, undecided),
    (_SETTLED, settled),
    (_THEN, settled),
    (_WON, settled),
    (_EITHER, undecided),
    (_IN_AIR, undecided),
    (_WHETHER, undecided),
)
SETTLING: tuple[tuple[re.Pattern[str], Build], ...] = ((_IT_IS_SETTLED, settled),)
"""Those that end with a clause of their own: they are looked for in a whole sentence."""
