"""Guards: what keeps a sentence from being a lasting statement of its writer; pure.

Each takes the sentence, where in it the statement stands, and its neighbours, and says whether it
speaks against learning.
"""

import re
from dataclasses import dataclass

from mindhold.beliefs.learning.scene import playing


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A statement inside its sentence, with the sentences around it."""

    sentence: str
    before: str  # what stands in the sentence in front of the statement
    quote: str
    after: str
    previous: str = ""
    next: str = ""
    opening: str = ""  # the first sentence of the message
    playing: bool = False  # an earlier turn of the conversation has set a scene


_QUESTION = re.compile(r"\?[\"')\]*` ]*$")
_ASKING = re.compile(
    r"(?i)^(?:\W*(?:so|and|but|hey|hi|hello|ok|okay|also|well|then|now|btw)[, ]+){0,2}"
    r"(?:what|when|where|which|who|whose|whom|why|how|do you|did|does|do (?:we|i|they|you)"
    r"|is (?:it|there|this|that)"
    r"|are (?:we|you|there|they)|am i|can (?:i|we|you|someone)|could|should|would|will"
    r" (?:you|it|we)|shall"
    r"|may i|might|have (?:you|we|i) (?!to\b)|has|don't (?:we|i|you)|isn't|aren't|wasn't"
    r"|didn't|haven't (?:we|i|you)"
    r"|any idea|you know (?:what|where|which|how)|wondering|i wonder|tell me (?:what|why"
    r"|how|if|whether)"
    r"|explain)\b"
)
PREMISE = re.compile(r"(?i)\W*(?:(?:so|ok|hi|hey|and)[, ]+)*(?:since|now that|given that) ")
"""Since we moved to B, how …?"""
_WHENEVER = re.compile(r"(?i)\W*when \w+ing\b[^?]*, (?:always|never|don['’]t|do not)\b")
_FOUND = re.compile(r"(?i)\W*what (?:i|we|finally|really|actually|eventually)?\b[^:?]*(?: was |:)")
_SUPPOSED = re.compile(
    r"(?i)^\W*(?:for (?:instance|example)\b|e\.g\.)|"
    r"^\W*(?:(?:so|and|but|now|ok|well|then|let's)[, ]+){0,2}"
    r"(?:if|suppose|supposing|imagine|assume|assuming|say (?:we|i|that)|let us|let's"
    r" (?:say|imagine|assume|pretend)"
    r"|say|pretend|what if|unless|in case|hypothetically|as if|were (?:we|i) to|had (?:we"
    r"|i)|i wish|wish|if only"
    r"|maybe|perhaps|i think (?:we|i) (?:might|may|could)|i doubt|i guess|whether|in"
    r" theory|once (?:we|i)"
    r"|when (?:we|i|you)|before (?:we|i)|until (?:we|i)|while (?:we|i)|after (?:we|i))\b"
)
_MAYBE = re.compile(
    r"(?i)\b(?:might|maybe|perhaps|probably|possibly|would|could|hypothetically|one day"
    r"|someday|eventually)\b"
)
_REPORTED = re.compile(
    r"(?i)\b(?:(?:he|she|they|it|[A-Z]\w+|boss|manager|colleague|friend|wife|husband"
    r"|partner|teacher|reviewer(?: \d)?|docs?"
    r"|documentation|article|book|paper|post|readme|guide|tutorial|model|assistant|chatgpt"
    r"|claude|copilot|linter"
    r"|people|someone|somebody|everyone|everybody|counsel|plaintiff|defendant|plumber"
    r"|vendor)\s(?:\w+ly\s)?"
    r"(?:says?|said|told|thinks?|thought|claims?|claimed|believes?|wants?|wanted|asked"
    r"|argues?|argued|suggests?"
    r"|suggested|recommends?|recommended|writes?|wrote|insists?|insisted|mentioned|states?|heard)"
    r"|according to|i (?:heard|read|was told|saw)|apparently|supposedly|rumou?r|quote|to quote)\b"
)
_LABEL = re.compile(r"\W*(?P<who>[A-Za-z][\w.-]{1,30}):\s")  # bob: we no longer use Slack
_OWN_LABELS = frozenset(
    re.findall(
        r"\w+",
        """
    note notes update fyi context background decision decisions reminder remember important edit
    ps btw stack setup tools tooling info disclaimer constraint constraints requirement
    requirements rule rules preference preferences summary status also plus first second third
    finally correction answer me style
    """,
    )
)
_FICTION = re.compile(
    r"(?i)^\W*(?:please\s)?(?:pretend|role-?play|imagine|act as|you are (?:a|an|the|now"
    r"|[A-Z])|you're (?:a|an) |let's play|continue the (?:story|scene)"
    r"|write (?:me )?(?:a|an|the|some) (?:\w+\s){0,3}(?:story|scene|poem|dialogue"
    r"|monologue|song|script|screenplay|sketch|tale"
    r"|joke|speech|essay|blog|post|tweet|novel|chapter|letter|e?mail|ad|bio|review)|in"
    r" (?:the|this|my) (?:story|scene|dream|film|movie|novel|game),)"
)
_TAKEN_BACK = re.compile(
    r"(?i)^\W*(?:(?:oh|ah|hm+|um+|uh|oops|sorry|ok|well)[,.! ]+){0,2}(?:wait|no[,. !]|nope"
    r"|nah|actually,? (?:no|scratch|forget|wait|never)"
    r"|scratch that|strike that|just kidding|kidding|jk\b|never ?mind|nvm\b|(?:please"
    r" )?forget (?:that|it|i said|what i)|not really|ignore (?:that|this|it)"
    r"|i take (?:that|it) back|that(?:'s| is| was) (?:wrong|not true|a joke|a lie"
    r"|outdated)|correction|lol\b|haha|on second thou?ght|or not\b|i was joking"
    r"|i'm joking|(?:please )?(?:don't|do not) (?:remember|save|store|memori[sz]e|keep"
    r"|note|record|learn) (?:that|this|it|any))"
)
_TAKEN_BACK_INSIDE = re.compile(
    r"(?i)\b(?:just kidding|scratch that|strike that|lol|haha|jk|(?:don't|do not)"
    r" (?:remember|save|store|memori[sz]e|note|record|learn) (?:this|that|it|any)"
    r"|off the record|never ?mind|no wait|wait no|forget (?:i said )?that)\b|/s\b"
)
_PRIVATE = re.compile(
    r"(?i)\b(?:confidential(?:ly)?\b(?=\s*[,:;.!–—-])|off the record|between (?:us|you and me)\b"
    r"|(?:don['’]t|do not|never|not to|please not) (?:\w+ )?(?:remember|save|store|memori[sz]e"
    r"|record)(?:ed)?(?: (?:this|that|it|any\w*))?(?=\s*[,:;.!)–—-]|$)"
    r"|(?:not|n['’]t) (?:to )?be (?:remembered|stored|saved|recorded|kept)"
    r"|keep (?:this|that|it) (?:to yourself|private|between)"
    r"|ignore this (?:for|in|from) (?:later|the future|future|memory|now))\b"
)
_HYPERBOLE = re.compile(
    r"(?i)\b(?:eat my (?:hat|shoes?)|when pigs fly|(?:hell|it) freezes over|in a million years)\b"
)
_JOKING = re.compile(r"(?i)\b(?:just kidding|jk|lol|haha\w*|scratch that|no wait)\b|\s/s\b")
_FLEETING = re.compile(
    r"(?i)\b(?:for (?:this|that|the next|the current) (?:\w+\s)?(?:answer|reply|response"
    r"|question|one|message|task|time|snippet|file|function|"
    r"test|example|exercise|session|chat|conversation|prompt|request|step|part|section"
    r"|page|paragraph|chart|table|figure|query|letter|scene|email|draft|match|run|commit"
    r"|pr)"
    r"|this (?:time|once|morning|afternoon|evening|one time)|just (?:this )?once|for now"
    r"|(?:in|on|to|for|with) (?:this|that|these) ones?(?: \w+)?|just these \w+"
    r"|for today|for tonight|for the moment|for once|right now|today|tonight"
    r"|tomorrow|at the moment|temporarily|until (?:tomorrow|monday|tuesday|wednesday"
    r"|thursday|friday|further notice)|next time only|(?:in|on|to|for) (?:this|that) "
    r"(?:answer|reply|response|message|file|function|method|class|snippet|table|figure"
    r"|letter|paragraph|sentence|chart|query|scene|line|test|step|example|email|draft"
    r"|section|page|match|commit|pr|script|essay|component)"
    r")\b"
)
_HERE = re.compile(r"(?i)^(?!.*\b(?:i|we|our|my)\b).*\bhere\W*$", re.DOTALL)
_TASK = re.compile(
    r"(?i)^\W*(?:(?:please|can you|could you|now|then|ok|also|so|and|hey|hi)[,"
    r" ]+){0,3}(?:make|rewrite|write|draft|fix|create|generate|add|build|implement"
    r"|refactor"
    r"|remove|replace|change|update|convert|translate|summari[sz]e|explain|show|give|find"
    r"|list|compare|review|check|help|edit|shorten|sort|plot|draw|run"
    r"|compute|calculate|design|plan|suggest|continue|finish|describe|analy[sz]e|tell)\b"
)
_STORY = re.compile(
    r"(?i)\b(?:yesterday|last (?:night|week|weekend|month|year|time|session|monday|tuesday"
    r"|wednesday|thursday|friday|saturday|sunday)|this (?:morning|week)"
    r"|earlier|an? (?:hour|day|week|month)s? ago|\w+ (?:hours|days|weeks|months|years) ago"
    r"|the other day|back then|once)\b"
)
_CONSEQUENCE = re.compile(
    r"(?i)\b(?:and|but|then|so)\s(?:now\s)?(?:it|the|my|our|everything|nothing|this|that"
    r"|they|all)\b.{0,40}\b(?:died|broke|breaks|fails?|failed|crash(?:ed|es)?"
    r"|stopped|hangs?|hung|doesn't|didn't|won't|isn't|not work\w*|got|gets?|looks?|is|was)\b"
)
_OF_CHANGE = re.compile(
    r"(?i)\b(?:switch|mov|migrat|chang|transition|replac|convert|port|upgrad|decid|agree"
    r"|chose|chosen|settl|opt|standardi)\w*\b"
)
_PAST_HABIT = re.compile(
    r"(?i)\b(?:used to|back (?:then|in the day)|in the past|formerly|previously|years ago"
    r"|as a (?:kid|child|student))\b"
)


def question(clause: Clause) -> bool:
    """The sentence asks, and the statement is not what the question starts from."""
    if PREMISE.fullmatch(clause.before) and clause.after.lstrip().startswith(","):
        return False
    told = _WHENEVER.match(clause.sentence) or _FOUND.match(clause.sentence)
    asks = _ASKING.match(clause.sentence) and not told
    return bool(_QUESTION.search(clause.sentence) or asks)


def supposed(clause: Clause) -> bool:
    """The sentence, or the one before that sets the scene, only supposes or hedges."""
    return bool(
        _SUPPOSED.match(clause.sentence)
        or re.search(r"(?i)\b(?:if|unless|suppose|imagine|whether)\b", clause.before)
        or _MAYBE.search(clause.quote)
        or _MAYBE.search(clause.before)
        or re.match(
            r"(?i)\W*(?:suppose|imagine|assume|pretend|let's (?:say|imagine|pretend))\b",
            clause.previous,
        )
    )


def reported(clause: Clause) -> bool:
    """The words before the statement, or a speaker's label, give it to somebody else."""
    return bool(
        _REPORTED.search(clause.before)
        or ((label := _LABEL.match(clause.before)) and label["who"].lower() not in _OWN_LABELS)
    )


def asks(sentence: str) -> bool:
    """Whether a sentence asks for an answer or for work."""
    return bool(_QUESTION.search(sentence) or _ASKING.match(sentence) or _TASK.match(sentence))


def fiction(clause: Clause) -> bool:
    """The message asks for a story or a role, or plays on: its statements are part of that."""
    return (
        clause.playing
        or bool(_FICTION.match(clause.sentence) or _FICTION.match(clause.opening))
        or playing((clause.opening,))
    )


def private(clause: Clause) -> bool:
    """The message asks that it be not kept."""
    return any(map(_PRIVATE.search, (clause.opening, clause.previous, clause.before, clause.next)))


def taken_back(clause: Clause) -> bool:
    """The same sentence or the next takes the statement back, or asks not to keep it."""
    return bool(
        _TAKEN_BACK.match(clause.next)
        or _JOKING.search(clause.quote)
        or _HYPERBOLE.search(f"{clause.previous} {clause.sentence}")
        or _TAKEN_BACK_INSIDE.search(clause.before)
        or _TAKEN_BACK_INSIDE.search(clause.after)
        or re.search(
            r"(?i)\b(?:don't|do not) (?:remember|save|store|note|learn)\b", clause.previous[-80:]
        )
    )


def fleets(text: str) -> bool:
    """Whether the text speaks of today, or of this one answer."""
    return bool(_FLEETING.search(text))


def fleeting(clause: Clause) -> bool:
    """It holds for this answer, or today, or it is part of a task."""
    return bool(
        _FLEETING.search(clause.before)
        or _FLEETING.search(clause.quote)
        or _HERE.match(clause.quote)
        or _FLEETING.match(clause.after.lstrip(" ,"))
        or (clause.before and _TASK.match(clause.sentence))
    )


def narrated(clause: Clause) -> bool:
    """It tells what happened once; a change or decision of named things is no story."""
    told = clause.before + clause.quote + clause.after
    if _PAST_HABIT.search(told):
        return True
    if _CONSEQUENCE.search(clause.quote + clause.after) and _STORY.search(told):
        return True
    return bool(_STORY.search(told)) and not _OF_CHANGE.search(clause.quote)
