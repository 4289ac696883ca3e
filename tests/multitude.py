"""A multitude: as many beliefs as are wanted, as one long life may gather, and its messages.

Thousands of projects of which a few are large; tools that are named in many of them, everyday
words, names that nobody else has; some of everything replaced, withdrawn, waiting or an agent's.
"""

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from itertools import accumulate

from mindhold.beliefs import text

PROJECTS = 2_000
_BEGAN = datetime(2016, 1, 1, tzinfo=UTC)
_EVERY = timedelta(minutes=5)
_DOMAINS = ("code", "code/python", "code/typescript", "writing", "home", "hobby", "health", "money")
_TOOLS = [
    "Redis",
    "Kafka",
    "Postgres",
    "SQLite",
    "Vitest",
    "Playwright",
    "Terraform",
    "Kubernetes",
    "Docker",
    "Nginx",
    "Grafana",
    "Django",
    "React",
    "Svelte",
    "Rust",
    "Go",
    "Bun",
    "Vite",
    "Ansible",
    "Prometheus",
    "RabbitMQ",
    "Elasticsearch",
    "Kotlin",
    "Swift",
    "Airflow",
    "Snowflake",
    "Vault",
    "Nomad",
    "Figma",
    "Notion",
]
_KINDS = ("entity",) * 4 + ("decision",) * 3 + ("preference",) * 2 + ("lesson",)
_PART = 5  # sentences of a paragraph: who writes without any is not believed to be writing
_FEW = 10_000  # one belief in so many belongs to a tier of its own
_SYLLABLES = [c + v for c in "bcdfghjklmnpqrstvwxz" for v in "aeiou"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A message, where it is said, and the number of the belief that it names."""

    text: str
    scope: str
    number: int


def lines(count: int) -> Iterator[str]:
    """The beliefs as `mindhold import` reads them, always the same ones."""
    for number in range(count):
        yield json.dumps(_row(number), ensure_ascii=False)


def asked(number: int, characters: int) -> Asked:
    """A message of about so many characters that names the belief of this number in its middle."""
    chance = random.Random(number + 1)
    around = _sentences(chance, characters)
    middle = len(around) // 2
    around.insert(middle, f"How did we set up {name(number)} in the end?")
    parts = [" ".join(around[at : at + _PART]) for at in range(0, len(around), _PART)]
    return Asked(text="\n\n".join(parts), scope=_scope(number), number=number)


def name(number: int) -> str:
    """A word that no language has, and no other number; near numbers have names far apart."""
    spread = number * 61_803_399 % 100**4
    return "".join(_SYLLABLES[spread // 100**place % 100] for place in range(4)).capitalize()


def given(number: int) -> bool:
    """Whether a message that names the belief brings it up: most are active and shared."""
    return number % _FEW != 0 and number % 100 not in (1, 2, 3, 4, 5)


def _row(number: int) -> dict[str, object]:
    chance = random.Random(number)
    first, second, third = _said(chance, 3)
    called, word, tool = name(number), f"{first} {second}", chance.choice(_TOOLS)
    content = f"{called} is our {word} beside {tool}; it runs for the {third}."
    at = _BEGAN + number * _EVERY
    return {
        "id": f"m{number:07}",
        "type": _KINDS[number % len(_KINDS)],
        "canonical_name": f"{called.lower()}_{'_'.join(word.split())}"[:80],
        "aliases": _aliases(chance, called, word, tool),
        "content": content,
        "why_it_matters": f"Speak of {called} where the {word} comes up.",
        "scopes": [_scope(number)],
        "created_at": at.isoformat(),
        "updated_at": at.isoformat(),
        "evidence": [_quote(number, content, at)],
        **_odd(number),
    }


def _aliases(chance: random.Random, called: str, word: str, tool: str) -> list[str]:
    """Its own name, often an everyday phrase; a tool's name where it is not told what else."""
    further = [word, f"{called} {word.split(maxsplit=1)[0]}", f"{tool} {called}"]
    chosen = chance.sample(further, chance.randrange(3))
    return [called, *chosen, *([tool] if chance.random() < 0.1 else [])]


def _quote(number: int, content: str, at: datetime) -> dict[str, object]:
    return {
        "quote": content,
        "start": 0,
        "end": len(content),
        "at": at.isoformat(),
        "fingerprint": f"{number * 2654435761 % 2**64:016x}{number:016x}",
        "conversation": f"c{number // 7}",
        "client": "cursor",
    }


def _odd(number: int) -> dict[str, object]:
    """What is not as most are."""
    if number % _FEW == 0:
        return {"scopes": ["user:universal"], "type": "preference"}
    odd: dict[int, dict[str, object]] = {
        1: {"state": "retracted"},
        2: {"state": "superseded", "superseded_by": f"m{number - 2 + 6:07}"},
        3: {"state": "pending"},
        4: {"type": "open_question", "state": "open"},
        5: {"agent": "helper"},
    }
    return odd.get(number % 100, {})


def _scope(number: int) -> str:
    """A project, the first of them the largest, or a domain."""
    chance = random.Random(-number)
    if chance.random() < 0.3:
        return f"domain:{chance.choice(_DOMAINS)}"
    return f"project:p{int(PROJECTS ** chance.random()):04}"


def _sentences(chance: random.Random, characters: int) -> list[str]:
    made: list[str] = []
    while sum(map(len, made)) < characters:
        words = _said(chance, chance.randrange(6, 14))
        if chance.random() < 0.2:
            words.insert(3, chance.choice(_TOOLS))
        made.append(f"We {' '.join(words)}.")
    return made


def _said(chance: random.Random, count: int) -> list[str]:
    words, weights = _words()
    return chance.choices(words, cum_weights=weights, k=count)


@cache
def _words() -> tuple[list[str], list[float]]:
    """English words, and by Zipf's law how often each is said: the n-th a n-th as often."""
    packed = files(text).joinpath("english.txt.gz").read_bytes()
    words = [line.split(" ")[0] for line in gzip.decompress(packed).decode().splitlines()]
    kept = [word for word in words if len(word) > 3]
    return kept, list(accumulate(1 / (rank + 3) for rank in range(len(kept))))
