"""Fidelity to the byte: each exchange done directly and through the proxy, and compared."""

import random
from collections.abc import Iterator

import pytest
from upstream import answer
from wire.cases.every import CORPUS
from wire.corpus import Case, ask
from wire.trial import Trial, blocks_added, trying

EVERY = [
    pytest.param(case, id=f"{dialect}, {case.name}")
    for dialect, cases in CORPUS.items()
    for case in cases
]


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    """The proxies that all exchanges of this file are done through."""
    with trying(tmp_path_factory.mktemp("trial")) as running:
        yield running


@pytest.mark.parametrize("case", EVERY)
def test_nobody_can_tell_the_proxy_from_its_upstream(case: Case, trial: Trial) -> None:
    assert trial.through(trial.empty.port, case) == trial.direct(case)


@pytest.mark.parametrize("case", EVERY)
@pytest.mark.parametrize("tier", ["stable", "turn"])
def test_a_block_is_the_one_difference_that_memory_makes(
    case: Case, tier: str, trial: Trial
) -> None:
    remembered, direct = trial.through(getattr(trial, tier).port, case), trial.direct(case)
    assert blocks_added(direct.body, remembered.body) == getattr(case, tier)
    assert remembered.head == direct.head
    assert remembered.response == direct.response


def odd_bodies(seeds: list[bytes], count: int) -> Iterator[bytes]:
    """Bodies that are nearly, or not at all, what a client sends; the same every time."""
    chance = random.Random(26)
    for _ in range(count):
        body = bytearray(chance.choice(seeds))
        for _ in range(chance.randrange(4)):
            at = chance.randrange(len(body) + 1)
            body[at : at + chance.randrange(4)] = chance.choice(BITS)
        yield bytes(body)


@pytest.mark.parametrize("dialect", CORPUS)
def test_odd_bodies_reach_the_upstream_as_they_are_or_with_one_block(
    dialect: str, trial: Trial
) -> None:
    head = CORPUS[dialect][0].request.partition(b" HTTP")[0]
    alike = [case.body for case in CORPUS[dialect] if case.request.startswith(head + b" HTTP")]
    seeds = [body for body in alike if len(body) < 2_000]
    added = set()
    for number, body in enumerate(odd_bodies([*seeds, *ODD], 200)):
        request = ask(body, target=head.split(b" ")[1])
        case = Case(name=str(number), request=request, steps=[answer(b"{}")])
        through = trial.through(trial.empty.port, case)
        assert (through.body, through.status, through.answer) == (body, 200, b"{}"), body
        through = trial.through(trial.turn.port, case)
        added.add(blocks_added(body, through.body))
        assert (through.status, through.answer) == (200, b"{}"), body
    assert added == {0, 1}


ODD = [
    b'{"messages":[{"role":"system","content":""},{"role":"user","content":null,"name":"x"}]}',
    b'{"model":"m","messages":[{"role":"tool","tool_call_id":"1","content":{}}],"metadata":[]}',
    b'{"model":null,"messages":{},"input":{},"stream":"yes"}',
    b'[{"role":"user"}]',
    b'"messages"',
]
BITS = [
    b"",
    b"{",
    b"}",
    b"[",
    b"]",
    b'"',
    b",",
    b":",
    b"\\u",
    b"\\ud800",
    b"\xff",
    b"\x00",
    b"1e999",
]
BITS += [b"-", b"NaN", b'"messages":1,', b'"role":"user",', b'"content":[[]],', b"\xed\xa0\x80"]


@pytest.mark.parametrize("dialect", CORPUS)
def test_the_corpus_is_large_and_names_each_case_once(dialect: str) -> None:
    assert len(CORPUS[dialect]) >= 80
    assert len({case.name for case in CORPUS[dialect]}) == len(CORPUS[dialect])
