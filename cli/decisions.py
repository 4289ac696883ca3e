"""Decisions of the gate as people read them: what was said, the rule, and what it became."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from mindhold.beliefs.learning.deciding import Learned
from mindhold.beliefs.learning.journal import Decision
from mindhold.beliefs.model import Belief, Origin
from mindhold.cli.screen import in_pipe, plain

_SIGNS = {
    "rejected": ("✗", "red"),
    "quarantined": ("!", "magenta"),
    "pending": ("?", "yellow"),
    "contested": ("?", "yellow"),
    "withdrawn": ("−", "yellow"),
    "retracted": ("−", "yellow"),
}
_HELD = ("✓", "green")
_SECRET = "(it holds a secret)"  # noqa: S105, what stands in its place


def shown(decision: Decision) -> dict[str, Any]:
    """A decision for programs, without words that hold a secret."""
    value = asdict(decision)
    if value.pop("redacted"):
        value |= {"quote": "", "content": ""}
    return value


def print_decisions(console: Console, learned: Sequence[Learned], names: Mapping[str, str]) -> None:
    """A paragraph a decision, numbered by its turn; `names` has those of beliefs replaced."""
    for number, one in enumerate(learned, start=1):
        beliefs = {belief.id: belief for belief in one.beliefs}
        for decision in one.decisions:
            said = _SECRET if decision.redacted else f"“{plain(decision.quote)}”"
            _line(console, Text(f"{number:>2}  {said if decision.quote else '(all of it)'}"), 0)
            became = beliefs.get(decision.belief or "")
            _line(console, _verdict(decision), 4)
            for line in _lines(decision, became, names):
                _line(console, line, 6)


def _line(console: Console, line: Text, indent: int) -> None:
    if in_pipe(console):
        console.print(" " * indent + line.plain, soft_wrap=True)
    else:
        console.print(Padding(line, (0, 0, 0, indent), expand=False))


def _verdict(decision: Decision) -> Text:
    sign, colour = _SIGNS.get(decision.outcome, _HELD)
    reason = f": {plain(decision.reason)}" if decision.reason else ""
    by = "" if decision.extractor == "rules" else f" · proposed by {plain(decision.extractor)}"
    return Text.assemble((f"{sign} {decision.outcome}", colour), f" · {decision.rule}{reason}{by}")


def _lines(decision: Decision, became: Belief | None, names: Mapping[str, str]) -> Iterator[Text]:
    if became is None:
        told = "" if decision.redacted else plain(decision.content or decision.name)
        yield from [Text(told, style="dim")] if told else []
        return
    yield Text.assemble((became.canonical_name, "bold"), f"  {plain(became.content)}")
    yield Text(f"→ {plain(became.why_it_matters)}", style="italic")
    yield Text(" · ".join(_properties(became, names)), style="dim")


def _properties(belief: Belief, names: Mapping[str, str]) -> Iterator[str]:
    yield belief.type.value
    yield ", ".join(belief.scopes)
    own = [plain(alias.text) for alias in belief.aliases if alias.origin is not Origin.COUNTER]
    if own:
        yield f"also called {', '.join(own)}"
    replaced = [names.get(id, id) for id in belief.supersedes]
    counter = [plain(alias.text) for alias in belief.aliases if alias.origin is Origin.COUNTER]
    if replaced or counter:
        yield f"in the place of {', '.join(replaced or counter)}"
    if belief.valid_from or belief.valid_until:
        since = f"from {belief.valid_from} " if belief.valid_from else ""
        yield since + (f"until {belief.valid_until}" if belief.valid_until else "")
