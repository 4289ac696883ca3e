"""The corpus can fail: proxies with a single flaw, each of which it must catch, in each dialect."""

from collections.abc import Iterator

import pytest
from upstream import Upstream
from wire.careless import FLAWS, faithful
from wire.cases.every import CORPUS
from wire.trial import Trial, blocks_added, trace, trying

from mindhold.beliefs.text.block import Note, line, wrap
from mindhold.proxy.splice import quoted

BLOCK = quoted(wrap([line(Note(name="hello", content="Say it in Latin."))], "0" * 16) + "\n\n")


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    """The upstream that the careless proxies stand before."""
    with trying(tmp_path_factory.mktemp("trial")) as running:
        yield running


@pytest.fixture(scope="module")
def careless() -> Iterator[Upstream]:
    """A server that becomes a careless proxy by its `default` script."""
    with Upstream().running() as running:
        yield running


def caught(trial: Trial, careless: Upstream, dialect: str) -> Iterator[str]:
    """The names of the cases in which it does otherwise than its upstream."""
    for case in CORPUS[dialect]:
        if trace(case, careless.port, trial.upstream) != trial.direct(case):
            yield case.name


@pytest.mark.parametrize("dialect", CORPUS)
def test_a_faithful_proxy_is_not_caught(dialect: str, trial: Trial, careless: Upstream) -> None:
    careless.default = faithful(trial.upstream.port)
    assert list(caught(trial, careless, dialect)) == []


@pytest.mark.parametrize("dialect", CORPUS)
@pytest.mark.parametrize("flaw", FLAWS)
def test_a_careless_proxy_is_caught(
    flaw: str, dialect: str, trial: Trial, careless: Upstream
) -> None:
    careless.default = FLAWS[flaw](trial.upstream.port)
    assert next(caught(trial, careless, dialect), None)


@pytest.mark.parametrize(
    ("asked", "made"),
    [
        ('{"a": "b"}', '{"a": "%sb", "c": "%s"}'),
        ('{"a": "b"}', '{"a": "%s%sb"}'),
        ('{"a":  "b"}', '{"a": "%sb"}'),
        ('{"a": "b", "x": 1}', '{"a": "%sb"}'),
        ('{"a": "b"}', '{"a": "%sb", "noted": "' + "x" * 100 + '"}'),
        ('{"a": "b"}', '{"a": "Say it in Latin.b"}'),
    ],
    ids=["in two places", "twice", "a space less", "a field less", "and more", "without its tags"],
)
def test_a_careless_injector_is_caught(asked: str, made: str) -> None:
    right = b'{"a": "%sb"}' % BLOCK.encode()
    assert blocks_added(b'{"a": "b"}', right) == 1
    try:
        told = blocks_added(asked.encode(), made.replace("%s", BLOCK).encode())
    except AssertionError:
        return
    assert told != 1


@pytest.mark.parametrize(
    "flaw", ["writes the request's JSON anew", "writes the answer's JSON anew"]
)
def test_a_flaw_beside_the_block_is_caught(flaw: str, trial: Trial, careless: Upstream) -> None:
    careless.default = FLAWS[flaw](trial.turn.port)
    for case in CORPUS["chat"]:
        made, direct = trial.through(careless.port, case), trial.direct(case)
        try:
            assert blocks_added(direct.body, made.body) == case.turn
            assert made.response == direct.response
        except AssertionError:
            return
    pytest.fail("nothing was caught")
