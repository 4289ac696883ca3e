"""Guards: what keeps a sentence from being a lasting statement of its writer; pure.

Each takes the sentence, where in it the statement stands, and its neighbours, and says whether it
speaks against learning.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps

from mindhold.beliefs.learning.scene import playing
from mindhold.beliefs.learning.tongues.english import ENGLISH
from mindhold.beliefs.learning.tongues.known import tongue_of
from mindhold.beliefs.learning.tongues.tongue import Guards, Tongue


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
    message: str = ""  # all of it
    playing: bool = False  # an earlier turn of the conversation has set a scene
    tongues: tuple[Tongue, ...] = (ENGLISH,)  # its own first, then those of its neighbours


def alone(clause: Clause) -> Clause:
    """The statement as a sentence of its own, with the same neighbours."""
    return replace(clause, sentence=clause.quote, before="", after="")


_QUESTION = re.compile(r"\?[\"')\]*` ]*$")
_PAPER = re.compile(
    r"(?i)^\W*(?:(?:(?:from|in) (?:the|their|our)|an?|the) )?(?:change ?log|release notes?|readme"
    r"|press release|(?<=\w )(?:e?mail|letter|memo|notice|contract|ticket|invoice|circular)"
    r"|newsletter|announcement|job (?:ad|advert|posting|description)|privacy policy|terms(?: of"
    r" (?:service|use))?|faq|minutes)\b[\w .()]{0,24}:\s"
)  # a message that begins as a paper does is one
_LABEL = re.compile(r"\W*(?P<who>[A-Za-z][\w.-]{1,30}):\s")  # bob: we no longer use Slack


def _in_any_tongue(guard: Callable[[Clause, Guards], bool]) -> Callable[[Clause], bool]:
    """The guard in the language of the clause and in those that are spoken around it."""

    @wraps(guard)
    def heard(clause: Clause) -> bool:
        return any(guard(clause, tongue.guards) for tongue in clause.tongues)

    return heard


@_in_any_tongue
def question(clause: Clause, said: Guards) -> bool:
    """The sentence asks, and the statement is not what the question starts from."""
    if said.premise.fullmatch(clause.before) and clause.after.lstrip().startswith(","):
        return False
    if said.wish.match(clause.sentence):
        return False
    asks = said.asking.match(clause.sentence) and not said.telling.match(clause.sentence)
    return bool(_QUESTION.search(clause.sentence) or asks)


@_in_any_tongue
def supposed(clause: Clause, said: Guards) -> bool:
    """The sentence, or the one before that sets the scene, only supposes or hedges.

    A condition that is part of what is told ("if it is Go, never …") supposes nothing.
    """
    conditional = said.telling.match(clause.quote) and not said.here.search(clause.quote)
    return bool(
        (said.supposed.match(clause.sentence) and not conditional)
        or said.supposing.search(clause.before)
        or said.maybe.search(clause.quote)
        or said.maybe.search(clause.before)
        or said.supposed_before.match(clause.previous)
    )


@_in_any_tongue
def reported(clause: Clause, said: Guards) -> bool:
    """The words around the statement, a speaker's label, or how the message begins, give it to
    somebody else."""
    return bool(
        said.reported.search(clause.before)
        or said.reporting.match(clause.sentence)
        or said.reported_after.search(clause.quote)
        or said.reported_after.match(clause.after)
        or _PAPER.match(clause.opening)
        or said.announced.match(clause.opening)
        or ((label := _LABEL.match(clause.before)) and label["who"].lower() not in said.own_labels)
    )


def asks(sentence: str) -> bool:
    """Whether a sentence asks for an answer or for work."""
    said = tongue_of(sentence).guards
    return bool(
        _QUESTION.search(sentence) or said.asking.match(sentence) or said.task.match(sentence)
    )


@_in_any_tongue
def fiction(clause: Clause, said: Guards) -> bool:
    """The message asks for a story or a role, or plays on: its statements are part of that."""
    return (
        clause.playing
        or bool(said.fiction.match(clause.sentence) or said.fiction.match(clause.opening))
        or playing((clause.opening,))
    )


_PASSAGE = 160  # characters of a message from which on it may be a passage of a manual


@_in_any_tongue
def documented(clause: Clause, said: Guards) -> bool:
    """A text in which nobody speaks notes it for whoever reads it, as manuals do."""
    if clause.message and said.people.search(clause.message):
        return False
    if said.notice.match(clause.quote):
        return True
    passage = len(clause.message) >= _PASSAGE and not asks(clause.opening)
    return passage and bool(said.noting.match(clause.quote))


@_in_any_tongue
def private(clause: Clause, said: Guards) -> bool:
    """The message asks that it be not kept."""
    around = (clause.opening, clause.previous, clause.sentence, clause.next)
    return any(map(said.private.search, around))


@_in_any_tongue
def taken_back(clause: Clause, said: Guards) -> bool:
    """The same sentence or the next takes the statement back, or asks not to keep it."""
    return bool(
        said.taken_back.match(clause.next)
        or said.joking.search(clause.quote)
        or said.hyperbole.search(f"{clause.previous} {clause.sentence}")
        or said.taken_back_inside.search(clause.after)
        or said.unkept.search(clause.previous[-80:])
    )


def fleets(text: str) -> bool:
    """Whether the text speaks of today, or of this one answer."""
    return bool(tongue_of(text).guards.fleeting.search(text))


@_in_any_tongue
def fleeting(clause: Clause, said: Guards) -> bool:
    """It holds for this answer, or today, or it is part of a task."""
    return bool(
        said.fleeting.search(clause.before)
        or said.fleeting.search(clause.quote)
        or said.here.match(clause.quote)
        or said.fleeting.match(clause.after.lstrip(" ,"))
        or (clause.before and said.task.match(clause.sentence))
    )


@_in_any_tongue
def narrated(clause: Clause, said: Guards) -> bool:
    """It tells what happened once; a change or decision of named things is no story."""
    told = clause.before + clause.quote + clause.after
    if said.past_habit.search(told):
        return True
    if said.consequence.search(clause.quote + clause.after) and said.story.search(told):
        return True
    return bool(said.story.search(told)) and not said.of_change.search(clause.quote)
