"""A tally of probes: how often the answer was exact, restrained, complete, and how quick."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from mindhold.retrieval.probes import Outcome

GROUPS: dict[str, Callable[[Outcome], str]] = {
    "family": lambda outcome: outcome.probe.family,
    "life": lambda outcome: outcome.life,
    "language": lambda outcome: outcome.probe.language,
}


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts over some probes; a share of nothing is None.

    `due` and `found` count beliefs over all probes, `brought` what came and counts.
    """

    probes: int = 0
    exact: int = 0
    restraint: int = 0
    silent: int = 0
    due: int = 0
    found: int = 0
    brought: int = 0
    times: list[float] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Counts one more."""
        probe = outcome.probe
        self.probes += 1
        self.exact += outcome.exact
        self.restraint += probe.restrains
        self.silent += probe.restrains and outcome.silent
        self.due += len(probe.expect)
        self.found += len(probe.expect) - len(outcome.missing)
        self.brought += len(outcome.got)
        self.times.append(outcome.ms)

    def shares(self) -> dict[str, float | None]:
        """The four rates, of 1."""
        return {
            "exact": _share(self.exact, self.probes),
            "silence": _share(self.silent, self.restraint),
            "recall": _share(self.found, self.due),
            "precision": _share(self.found, self.brought),
        }

    def ms(self, share: float) -> float:
        """The time below which that share of the probes stayed, in milliseconds."""
        return sorted(self.times)[min(len(self.times) - 1, int(len(self.times) * share))]


def tally(outcomes: Iterable[Outcome]) -> Tally:
    """All of them together."""
    whole = Tally()
    for outcome in outcomes:
        whole.add(outcome)
    return whole


def grouped(outcomes: Iterable[Outcome], by: str) -> dict[str, Tally]:
    """One tally for each family, life or language, in the order of their names."""
    found: dict[str, Tally] = {}
    for outcome in outcomes:
        found.setdefault(GROUPS[by](outcome), Tally()).add(outcome)
    return dict(sorted(found.items()))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
