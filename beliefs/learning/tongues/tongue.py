"""Tongue: the words by which the speakers of one language ask, suppose, report and state."""

import re
from dataclasses import dataclass

from mindhold.beliefs.learning.terms import Terms
from mindhold.beliefs.text.normal import normal

Pattern = re.Pattern[str]

_SPELLINGS = {
    "ä": "(?:ä|ae?)",
    "ö": "(?:ö|oe?)",
    "ü": "(?:ü|ue?)",
    "ß": "(?:ß|ss)",
    "'": "['’]",
} | {
    letter: f"[{letter}{plain}]"
    for letter, plain in zip("áàâéèêëíîïóôúùûñç", "aaaeeeeiiioouuunc", strict=True)
}
_LETTER = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|[äöüßáàâéèêëíîïóôúùûñç']")


def spelled(shape: str) -> str:
    """The pattern, also for who types no accents, ae for ä, ss for ß or another apostrophe.

    A letter inside a character class, or written by its code, is left as it is.
    """
    return _LETTER.sub(lambda letter: _SPELLINGS.get(letter[0], letter[0]), shape)


def words(shape: str) -> Pattern:
    """Where one of these words stands, in any letter case."""
    return re.compile(rf"\b(?:{spelled(shape)})\b", re.IGNORECASE)


def opening(shape: str) -> Pattern:
    """Where a text begins with one of these words, in any letter case."""
    return re.compile(rf"\W*(?:{spelled(shape)})(?!\w)", re.IGNORECASE)


def onwards(shape: str) -> Pattern:
    """From where a text goes on with one of these, to its end."""
    return re.compile(rf"(?:{spelled(shape)}).*$", re.IGNORECASE | re.DOTALL)


def listed(text: str) -> frozenset[str]:
    """The words of a list, and each as who types no accents has it."""
    return frozenset(form for word in text.split() for form in (word, normal(word)))


NEVER = re.compile(r"(?!)")
"""Matches nothing: a language has no such words."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Guards:
    """What speaks against a lasting statement of the writer; `guards.py` says how each is used."""

    asking: Pattern  # begins a question
    premise: Pattern  # begins what a question starts from
    telling: Pattern  # begins what looks like a question and is none
    wish: Pattern = NEVER  # begins a wish, or what is undecided, in the form of a question
    supposed: Pattern  # begins a supposition
    supposing: Pattern  # stands before what is supposed
    supposed_before: Pattern  # begins the sentence before what is supposed
    maybe: Pattern
    reported: Pattern  # gives what follows to somebody else
    reporting: Pattern = NEVER  # begins a sentence of which all is somebody else's
    reported_after: Pattern  # gives what stands before to somebody else
    announced: Pattern = NEVER  # announces in the first sentence that what follows is not theirs
    own_labels: frozenset[str]  # words before a colon that name no speaker
    fiction: Pattern  # begins a scene, a role, a text to write
    taken_back: Pattern  # begins the next sentence
    taken_back_inside: Pattern
    unkept: Pattern  # asks in the sentence before not to keep it
    private: Pattern
    hyperbole: Pattern
    joking: Pattern
    fleeting: Pattern  # for this answer, today
    here: Pattern
    task: Pattern  # begins an order for now
    story: Pattern  # a time in the past
    consequence: Pattern  # … and then it broke
    of_change: Pattern  # verbs of change and decision, which are no story
    past_habit: Pattern
    withdraws: Pattern = NEVER  # a turn that takes back what the one before stated
    mistaken: Pattern = NEVER  # the same, even after a question or a task
    people: Pattern = NEVER  # the writer, or a group with the writer in it
    noting: Pattern = NEVER  # begins what a manual notes, and a person may
    notice: Pattern = NEVER  # begins what a manual notes, and hardly a person


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Voice:
    """By what a statement is known as its writer's own, and as what kind of statement."""

    own: Pattern
    first_person: Pattern
    mine: Pattern  # begins what is said of the writer alone
    style: Pattern  # of answers, wherever they are given
    everywhere: Pattern  # holds in every project of the user
    explicit: Pattern  # begins a wish to remember
    asked_at_end: Pattern  # ends with one
    credential: Pattern
    negation: Pattern
    contrast: Pattern  # one thing in the place of another
    change: Pattern  # words by which a statement takes the place of an older one
    forget: Pattern
    left: str  # the words before the name of what was left: "from", "no longer uses"
    template: frozenset[str]  # words that our wording, or grammar, adds


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tongue:
    """One language; `code` as ISO 639-1 writes it."""

    code: str
    guards: Guards
    voice: Voice
    terms: Terms
