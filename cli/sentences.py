"""Sentences: single messages and what must come of each, one a line, six fields between bars.

    outcome|form|wants|life|reason|text

outcome   the state of the belief, several with a slash where careful users would differ;
          `none`: nothing may be learned; `retract`: what is held of the words wanted ends
form      what a sentence of this shape is about, such as `replaced`; negatives bear the form that
          they could be taken for
wants     with spaces between: a word that must be in the belief, `!word` one that must not be,
          `type=`, `scope=` (universal, domain, project), `alias=`, `why=` (a word of the
          directive), `avoid=` (a name that the directive must warn of), `from=` and `until=`
          (days). `_` stands for a space
reason    why a careful user would have it so
"""

from pathlib import Path
from typing import Any

from mindhold.beliefs.model import Type
from mindhold.beliefs.states import BEGINNINGS
from mindhold.cli.failure import Failed
from mindhold.cli.talks import Row, Talk
from mindhold.cli.wish import Wish

_PLACE = ("project:one",)
_HELD = "held"
_SEVERAL = {"type": "type", "alias": "alias", "why": "why", "avoid": "avoids"}
_ONE = {"scope": "scope", "from": "since", "until": "until"}


def sentences(path: Path) -> list[Talk]:
    """The sentences of a file as conversations of one turn; raises `Failed` with file and line."""
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            found.append(_talk(path.stem, line))
        except ValueError as error:
            raise Failed(f"{path}:{number}: this is no sentence with its label: {error}") from None
    return found


def _talk(file: str, line: str) -> Talk:
    outcome, form, wants, life, reason, text = line.split("|", 5)
    outcomes = tuple(outcome.split("/"))
    if unknown := set(outcomes) - {"none", "retract", *BEGINNINGS}:
        raise ValueError(f"unknown outcome {', '.join(sorted(unknown))}")
    wish = _wish(outcomes, wants.split())
    due: dict[str, Any] = {"learns": (wish,)}
    if "none" in outcomes:
        due = {"may": (wish,) if len(outcomes) > 1 else ()}
    elif outcomes == ("retract",):
        due = {"held": (_held(wish),), "ends": (_HELD,)}
    return Talk(
        title=text, kind=form, turns=({"user": text},), reason=reason, file=file, life=life,
        place=_PLACE, **due,
    )  # fmt: skip


def _held(wish: Wish) -> Row:
    """What a sentence that ends something ends: a belief of just the words that it is about."""
    named = wish.has or wish.alias
    if not named:
        raise ValueError("an end needs a word that names what ends")
    about = " ".join(named)
    return {
        "_id": _HELD, "type": Type.ENTITY, "canonical_name": named[0], "aliases": list(named),
        "content": f"Uses {about}.", "why_it_matters": f"Take {about} into account.",
    }  # fmt: skip


def _wish(outcomes: tuple[str, ...], wants: list[str]) -> Wish:
    given: dict[str, Any] = {"state": tuple(one for one in outcomes if one in BEGINNINGS)}
    for want in wants:
        key, equals, value = want.rpartition("=")
        value = Type(value) if key == "type" else value.replace("_", " ")
        if equals and key in _ONE:
            given[_ONE[key]] = value
        elif equals and key not in _SEVERAL:
            raise ValueError(f"unknown want {key}=")
        else:
            field = _SEVERAL[key] if equals else "lacks" if value.startswith("!") else "has"
            given[field] = (*given.get(field, ()), value.removeprefix("!"))
    return Wish(**given)
