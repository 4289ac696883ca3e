"""Restraint, measured: lives put through the real store, index and context, rules left out."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from mindhold.beliefs.scope import UNIVERSAL
from mindhold.beliefs.store import Store
from mindhold.beliefs.text import lists
from mindhold.cli.failure import Failed
from mindhold.retrieval import seed
from mindhold.retrieval.distractors import distractors
from mindhold.retrieval.probes import Life, Outcome, hold, run
from mindhold.retrieval.recall import INDEX, Recall
from mindhold.retrieval.rules.ordinary import ORDINARY, ordinary_without
from mindhold.retrieval.rules.rule import Rule
from mindhold.retrieval.sense.evidence import WEIGHTS
from mindhold.retrieval.verify import RULES

Rules = Sequence[Rule]
ALL = "all"
"""The variant that all the others are compared with."""


def variants(without: Sequence[str], *, ablate: bool = False) -> dict[str, Rules]:
    """All rules but these, under the name ALL, and if asked each further one left out, by its name.

    A kind of evidence of a rule is named after it: ordinary.capital. Raises `Failed` where there
    is no such rule.
    """
    kinds = [f"{ORDINARY.name}.{kind}" for kind in WEIGHTS]
    known = dict.fromkeys([*(rule.name for rule in RULES), *kinds])
    for name in without:
        if name not in known:
            raise Failed(f"There is no rule {name!r}; there are {', '.join(known)}.")
    left_out = [name for name in known if ablate and name not in without]
    return {ALL: _rules(without)} | {name: _rules([*without, name]) for name in left_out}


def _rules(without: Sequence[str]) -> Rules:
    start = f"{ORDINARY.name}."
    kinds = frozenset(name.removeprefix(start) for name in without if name.startswith(start))
    reading = ordinary_without(kinds) if kinds else ORDINARY
    return [reading if rule is ORDINARY else rule for rule in RULES if rule.name not in without]


def compared(
    lives: Sequence[Life], variants: Mapping[str, Rules], *, among: int = 0
) -> dict[str, list[Outcome]]:
    """Every probe of every life under each set of rules; each life has a store of its own, with
    so many distractors in all of the scopes."""
    outcomes: dict[str, list[Outcome]] = {name: [] for name in variants}
    now = datetime.now(UTC)
    lists.read()  # as the daemon does
    with _homes(lives, among) as homes:
        for life, home in zip(lives, homes, strict=False):
            with Store.open(home) as store:
                hold(store, life)
                for name, rules in variants.items():
                    with Recall(store, directory=home / INDEX, rules=rules) as recall:
                        recall.catch_up()
                        outcomes[name] += run(recall, life, now)
    return outcomes


@contextmanager
def _homes(lives: Sequence[Life], among: int) -> Iterator[Iterator[Path]]:
    """A home for one life after the other, each with the distractors in it.

    None is of the universal scope: it is never searched, and all of it would be in the prelude.
    """
    scopes = {scope for life in lives for belief in life.beliefs for scope in belief.scopes}
    scopes.discard(UNIVERSAL)
    with TemporaryDirectory(prefix="mindhold-eval-") as folder:
        crowd, home = Path(folder) / "crowd", Path(folder) / "home"
        with Store.open(crowd) as store, Recall(store, directory=crowd / INDEX) as recall:
            seed.load(store, distractors(among, user="local", scopes=sorted(scopes)))
            recall.catch_up()

        def begin() -> Iterator[Path]:
            for _ in lives:
                shutil.copytree(crowd, home)
                yield home
                shutil.rmtree(home)

        yield begin()
