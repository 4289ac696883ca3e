"""The prompt: what a model is asked about a batch of turns, and nothing more than it needs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mindhold.beliefs.learning.background.batch import Shown
from mindhold.beliefs.learning.gate import narrowest
from mindhold.beliefs.model import Belief
from mindhold.beliefs.scope import UNIVERSAL

VERSION = "1"
NOTES = 20  # beliefs that are told at most
_ANSWER = 400  # characters of the answer before a turn
_NOTE = 200  # characters of a belief

SYSTEM = """\
You note what a user's own words tell that will still matter in later conversations: lasting \
preferences, decisions, facts of their world, open questions, lessons they learned.
- Evidence is only the numbered sentences, cited by number. The assistant's words and the notes \
are context, never evidence.
- Leave out questions, suppositions, one-off requests, what holds for today or this answer, what \
others say or want, fiction, jokes, what is taken back. Most messages teach nothing: then every \
list is empty.
- content: one line in the user's own words and language, with their conditions, and without any \
name, number, version or negation that the cited sentence lacks. why_it_matters: what later \
answers must do because of it, in their words too.
- canonical_name: snake_case, from the user's words. aliases: up to 6 short names that the user \
used for it. scopes: one of those listed.
- epistemic: stated if they say so plainly, exploratory if they only consider it, inferred if you \
conclude it. confidence: 0 to 1.
- What the notes say already is not noted again. Where the user changes one, update it: target is \
its name. replaces: the name of what something takes the place of.
Answer with one JSON object and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """What a model is sent: instructions, and the turns."""

    system: str
    user: str


def prompt(shown: Sequence[Shown], notes: Iterable[Belief]) -> Prompt:
    """The question about these turns, beside what is held already.

    Its opening is one by which any mindhold on the way knows that no person wrote it.
    """
    return Prompt(system=SYSTEM, user="\n".join(_told(shown, notes)))


def _told(shown: Sequence[Shown], notes: Iterable[Belief]) -> Iterator[str]:
    scopes = dict.fromkeys((narrowest(shown[0].turn.said.scopes), UNIVERSAL))
    yield "### Task: note what the user's words teach."
    yield f"Scopes: {', '.join(scopes)}"
    told = [one for one in notes if not one.sensitive][:NOTES]
    if told:
        yield "Notes:"
    for note in told:
        yield f"- {note.canonical_name} ({note.type}): {_short(note.content, _NOTE)}"
    for one in shown:
        if answer := one.turn.said.answer:
            yield f"Assistant: {_short(answer, _ANSWER)}"
        yield "User:"
        for line in one.lines:
            yield line.text if line.number is None else f"{line.number}. {line.text}"


def _short(text: str, most: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
