"""Reasons: why a belief waits for its owner, in plain words."""

from mindhold.beliefs.horizons import horizon
from mindhold.beliefs.learning.gate import CONVERSATION_LIMIT, DAY_LIMIT
from mindhold.beliefs.model import Belief, Epistemic, State, Type
from mindhold.beliefs.review import Reason, Waiting
from mindhold.cli.screen import plain

_YEAR = 300  # days of a horizon that is about a year
_SENTENCES = {
    Reason.CONTESTED: "Something else is held under its name, and you did not say that it changed.",
    Reason.FLAGGED: "Something that it leans on has changed. Is this still so?",
    Reason.DOUBT: "These may be somebody else's words: the message was about a text, or had"
    " one in it. Are they yours?",
    Reason.RATE: f"At most {CONVERSATION_LIMIT} new beliefs of one conversation, and {DAY_LIMIT} of"
    " one client a day, are held unseen; this came after.",
    Reason.CURATED: "You want to see everything first (learn.mode is curated).",
    Reason.CANDIDATE: "You said it in passing: it is held once you have said it in three"
    " conversations over two days, or approve it.",
}
_EXPORTERS = frozenset({"chatgpt", "claude"})  # the clients of old conversations
_OLD_TALK = "It comes from an old conversation of yours, of which nothing is held unseen."
_DOUBTED = "Something else was said under its name; models are told that it may have changed."


def how_many(count: int) -> str:
    """How many questions wait, in words."""
    return (
        f"{count or 'no'} belief{'' if count == 1 else 's'} wait{'s' if count == 1 else ''} for you"
    )


def why(item: Waiting) -> str:
    """Why it waits."""
    belief, told = item.belief, _told(item)
    match item.reason:
        case Reason.CONTESTED if belief.state is State.CONTESTED:
            said = _DOUBTED
        case Reason.CURATED if belief.client in _EXPORTERS:
            said = _OLD_TALK
        case Reason.YOURS:
            said = _yours(item)
        case Reason.PROPOSED:
            models = {quote.extractor for quote in belief.evidence} - {"rules", "owner"}
            said = f"A model found it ({plain(', '.join(sorted(models)))}), not a rule.{told}"
        case Reason.ENDED:
            words = f": “{plain(item.told)}”" if item.told else ""
            said = f"You said that it is over{words}, and that is yours to decide. Is it still so?"
        case Reason.QUARANTINED:
            said = f"It was set apart, and no model is given it.{told}"
        case Reason.DUE:
            said = f"Stated {belief.updated_at:%Y-%m}. {_stale(belief)} Is it still so?"
        case Reason.HELD:
            said = f"It was held back for you.{told}"
        case plainly:
            said = _SENTENCES[plainly]
    return said


def _yours(item: Waiting) -> str:
    told = [
        f"{other.canonical_name}, which you {'pinned' if other.pinned else 'wrote yourself'}"
        for other in item.beside
        if other.pinned or other.user_edited
    ]
    return f"It would replace {' and '.join(told)}."


def _told(item: Waiting) -> str:
    told = plain(item.told).rstrip(".")
    return f" {told[0].upper()}{told[1:]}." if told else ""


def _stale(belief: Belief) -> str:
    if belief.type is Type.OPEN_QUESTION:
        return "It was an open question then."
    if belief.epistemic is Epistemic.EXPLORATORY:
        return "It was not settled then."
    span = horizon(belief)
    if span is None:
        return "You wanted to look at it again."
    if span.days > _YEAR:
        return "Decisions are looked at again after a year."
    return "Tools, versions, jobs and places change."
