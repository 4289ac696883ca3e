"""How long one retrieval takes: p50 and p99 at 35, 10,000 and 100,000 beliefs, as a table.

.venv/bin/python bench/retrieval.py [--sizes 35,10000] [--rounds 300]
"""

import argparse
import gzip
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from mindhold.beliefs.model import Alias, Belief, Evidence, Type
from mindhold.beliefs.store import Store
from mindhold.beliefs.text import words
from mindhold.retrieval import seed
from mindhold.retrieval.query import Query
from mindhold.retrieval.recall import Recall

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PUBLIC = Path(__file__).parents[1] / "tests" / "precisionmembench" / "beliefs.seed.json"
MESSAGE = (
    "ok so I've been thinking about this for a while and the question is how we should handle "
    "rolling deploys for the landing page when it lands, should we do Kubernetes native updates "
    "with Redis behind it, or something more custom, and does it matter that the service holds "
    "its session state in memory?"
)  # 50 words


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sizes", default="35,10000,100000")
    arguments.add_argument("--rounds", type=int, default=300)
    chosen = arguments.parse_args()
    print(
        "beliefs   index built s   from disk s   50 words p50/p99 ms   20k characters p50/p99 ms"
        "   no index p50 ms"
    )
    for size in map(int, chosen.sizes.split(",")):
        with tempfile.TemporaryDirectory() as home:
            print(measured(Path(home), size, chosen.rounds), flush=True)


def measured(home: Path, size: int, rounds: int) -> str:
    """One line of the table."""
    with Store.open(home) as store:
        seed.load(store, public())
        seed.load(store, invented(size - len(public())))
        began = time.perf_counter()
        with Recall(store, directory=home / "index") as recall:
            recall.catch_up()
            built = time.perf_counter() - began
        began = time.perf_counter()
        with Recall(store, directory=home / "index") as recall:
            recall.recall(asked(MESSAGE))
            opened = time.perf_counter() - began
            short = times(recall, MESSAGE, rounds)
            long = times(recall, (MESSAGE + "\n\n") * (20_000 // len(MESSAGE)), rounds // 10)
        with Recall(store) as recall:
            slow = times(recall, MESSAGE, 5)
    return (
        f"{size:7}   {built:13.2f}   {opened:11.3f}   {spread(short):>19}   {spread(long):>25}"
        f"   {statistics.median(slow):15.1f}"
    )


def asked(text: str) -> Query:
    """The message in the scope of the beliefs."""
    return Query(text=text, scopes=("domain:code",), user="test-user", now=NOW)


def times(recall: Recall, text: str, rounds: int) -> list[float]:
    """Milliseconds of each of `rounds` retrievals."""
    recall.recall(asked(text))
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        recall.recall(asked(text))
        taken.append((time.perf_counter() - began) * 1e3)
    return taken


def spread(taken: list[float]) -> str:
    """p50 and p99."""
    ordered = sorted(taken)
    return f"{statistics.median(ordered):.2f} / {ordered[int(len(ordered) * 0.99)]:.2f}"


def public() -> list[Belief]:
    """The public benchmark's beliefs."""
    return [seed.parse(row) for row in json.loads(PUBLIC.read_text("utf-8"))]


def invented(count: int) -> Iterator[Belief]:
    """Beliefs named by two or three everyday words and an invented one, of the same scope."""
    chance = random.Random(7)
    known = [word for word in _list() if len(word) > 3]
    for number in range(count):
        made = "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(4))
        phrase = " ".join(chance.sample(known, chance.choice((2, 3))))
        content = f"We use {made} for the {phrase}."
        yield Belief(
            id=f"made-{number}",
            user="test-user",
            type=chance.choice((Type.ENTITY, Type.PREFERENCE, Type.DECISION)),
            canonical_name=f"{made}_{number}",
            aliases=(Alias(text=made), Alias(text=phrase), Alias(text=f"{made} setup")),
            content=content,
            why_it_matters=f"Speak of {made} where the {phrase} comes up.",
            scopes=("domain:code",),
            created_at=NOW,
            updated_at=NOW,
            evidence=(Evidence(quote=content, start=0, end=len(content), at=NOW),),
        )


def _list() -> list[str]:
    packed = files(words.__package__).joinpath("english.txt.gz").read_bytes()
    return [line.split(" ")[0] for line in gzip.decompress(packed).decode().splitlines()]


if __name__ == "__main__":
    main()
