"""Sentences by the form in which people say things, in four languages.

`sentences/forms/<language>.tsv` holds one sentence a line, six fields between bars:

    outcome|form|wants|life|reason|text

outcome   the state of the belief, several with a slash where careful users would differ;
          `none`: nothing may be learned; `retract`: the sentence ends something
form      what a sentence of this shape is about, such as `replaced`; negatives bear the form that
          they could be taken for
wants     with spaces between: a word that must be in the belief, `!word` one that must not be,
          `type=`, `scope=` (universal, domain, project), `alias=`, `why=` (a word of the
          directive), `avoid=` (a name that the directive must warn of), `from=` and `until=`
          (days). `_` stands for a space
reason    why a careful user would have it so, in the language of the file
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mindhold.beliefs.model import Type
from mindhold.beliefs.states import BEGINNINGS
from tests.learning.labelled import forgets, taught
from tests.learning.wish import Wish, nearest

LANGUAGES = ("english", "german", "french", "spanish")
FORMS = Path(__file__).parent / "sentences" / "forms"
OUTCOMES = frozenset({"none", "retract", *BEGINNINGS})
_SEVERAL = {"type": "type", "alias": "alias", "why": "why", "avoid": "avoids"}
_ONE = {"scope": "scope", "from": "since", "until": "until"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence and its label."""

    language: str
    outcomes: tuple[str, ...]
    form: str
    wish: Wish
    life: str
    reason: str
    text: str

    @property
    def negative(self) -> bool:
        """Whether nothing may be learned from it."""
        return self.outcomes == ("none",)


def sentences(language: str, folder: Path = FORMS) -> Iterator[Sentence]:
    """The sentences of a language; raises `ValueError` where a line is no sentence."""
    source = folder / f"{language}.tsv"
    for number, line in enumerate(source.read_text("utf-8").splitlines(), 1):
        try:
            outcome, form, wants, life, reason, text = line.split("|")
            yield Sentence(
                language=language,
                outcomes=(outcomes := tuple(outcome.split("/"))),
                form=form,
                wish=_wish(outcomes, wants.split()),
                life=life,
                reason=reason,
                text=text,
            )
        except ValueError as error:
            raise ValueError(f"{source.name}:{number}: {error}") from error


def _wish(outcomes: tuple[str, ...], wants: list[str]) -> Wish:
    if unknown := set(outcomes) - OUTCOMES:
        raise ValueError(f"unknown outcome {unknown}")
    states = () if outcomes == ("retract",) else outcomes
    several: dict[str, tuple[str, ...]] = {"state": states}
    one: dict[str, str] = {}
    for want in wants:
        key, equals, value = want.rpartition("=")
        value = Type(value) if key == "type" else value.replace("_", " ")
        if equals and key in _ONE:
            one[_ONE[key]] = value
        elif equals and key not in _SEVERAL:
            raise ValueError(f"unknown want {key}=")
        else:
            field = _SEVERAL[key] if equals else "lacks" if value.startswith("!") else "has"
            several[field] = (*several.get(field, ()), value.removeprefix("!"))
    return Wish(**several, **one)


def faults(home: Path, sentence: Sentence) -> list[str]:
    """What is wrong with what the learner makes of a sentence in a store of its own."""
    made = [one for one in taught(home, sentence.text).beliefs if one.state in BEGINNINGS]
    if sentence.negative:
        return [f"learned {belief.state}: {belief.content!r}" for belief in made]
    if sentence.outcomes == ("retract",):
        return [] if forgets(sentence.text) else ["ends nothing"]
    return nearest(sentence.wish, made)
