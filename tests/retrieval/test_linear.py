"""No message is slow for what it is made of: twice as long takes about twice as long."""

import time
from collections.abc import Callable, Iterator

import pytest
from holding import asked

from mindhold.beliefs.model import Belief
from mindhold.beliefs.store import Store
from mindhold.retrieval.recall import Recall

LENGTH = 20_000  # characters
SHAPES = {
    "dotted letters": "a.a.",
    "one emoji": "🙂",
    "opening brackets": "(((",
    "quotation marks": '"',
    "opening quotation marks": "“a ",
    "apostrophes": "'",
    "backticks": "`a` ",
    "open fences": "```\na\n",
    "one letter": "a",
    "backslashes": "\\",
    "one line of words": "go with the flow ",
    "one line of one name": "redis, ",
    "adverbs": "just ",
    "adjectives": "rational ",
    "verbs": "run ",
    "articles": "the ",
    "capitals": "Redis ",
    "numbers": "go 1 ",
    "names without an end": "the redis of the go of ",
    "Han characters": "数据库",
    "katakana": "データベース",
    "Thai": "คุณแม่",
    "combining accents": "e\u0301",
    "nothing that is seen": "\u200b",
    "a path": "redis/",
    "an identifier": "redis_",
    "a hyphenated word": "redis-",
    "a German compound": "Datenbankserverzugang",
    "empty lines": "\n",
    "keys and values": "redis=go\n",
    "a diff": "+redis\n-go\n",
    "a table": "redis,go,1\n",
    "a log": "2026-01-01 10:00:00 ERROR redis: go\n",
    "a chat": "12:10 ada: redis\n",
    "a trace": "    at redis.Go(Go.java:3)\n",
    "headers of mail": "From: ada\nTo: redis\n\n",
    "an error": "Error: redis: go: ",
    "who said what": 'he said "the redis of it is here" ',
    "JSON": '{"redis": "go"}, ',
}


@pytest.fixture
def recall(store: Store, hold: Callable[..., Belief]) -> Iterator[Recall]:
    """Recall over names that the shapes hold."""
    for names in (("redis",), ("go",), ("cache", "redis cluster"), ("数据库",), ("データベース",)):
        hold(*names)
    with Recall(store) as made:
        made.catch_up()
        yield made


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_twice_the_message_takes_no_more_than_thrice_the_time(recall: Recall, shape: str) -> None:
    whole = (shape * LENGTH)[:LENGTH]
    half, full = spent(recall, whole[: LENGTH // 2] + " go"), spent(recall, whole + " go")
    assert full < 3 * half + 0.005, f"{half * 1e3:.1f} ms, then {full * 1e3:.1f} ms"


def spent(recall: Recall, text: str) -> float:
    """Seconds of the processor for one retrieval, the best of five."""
    taken = []
    for _ in range(5):
        began = time.process_time()
        asked(recall, text)
        taken.append(time.process_time() - began)
    return min(taken)
