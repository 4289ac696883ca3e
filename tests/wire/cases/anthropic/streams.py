"""What Anthropic's API answers in a stream: every event, and the errors between them."""

from collections.abc import Iterator

from upstream import answer, chunked
from wire.cases.anthropic.answers import LIMITS, refused
from wire.cases.anthropic.asking import (
    DIALECT,
    STOP,
    Body,
    block,
    call,
    event,
    finish,
    start,
    words,
)
from wire.cases.anthropic.rounds import FOUND, QUOTED, server
from wire.corpus import EVENTS, Case

PING = b'event: ping\ndata: {"type": "ping"}\n\n'
SPOKEN = [*DIALECT.pieces, STOP]


def given(*pieces: str) -> list[Body]:
    """The deltas of a tool's input."""
    return [{"type": "input_json_delta", "partial_json": piece} for piece in pieces]


THOUGHT = block(
    0,
    {"type": "thinking", "thinking": "", "signature": ""},
    {"type": "thinking_delta", "thinking": "Where"},
    {"type": "thinking_delta", "thinking": " is it?"},
    {"type": "signature_delta", "signature": "RXJ1cw+/=="},
)
CALLED = block(1, {**call(), "input": {}}, *given("", '{"path"', ': "ä', '.py"}'))
SOUGHT, RESULTS = server("web_search", [FOUND])
SUMMED = block(
    0,
    {"type": "compaction", "content": None},
    {"type": "compaction_delta", "content": "Birds.", "encrypted_content": "RW4="},
)
OVERLOADED = event("error", error={"type": "overloaded_error", "message": "Overloaded"})

SAID: dict[str, list[bytes]] = {
    "text": SPOKEN,
    "pings": [SPOKEN[0], PING, *SPOKEN[1:3], PING, PING, *SPOKEN[3:]],
    "thinking, then text": [start(), *THOUGHT, *words(1, "A port."), finish(), STOP],
    "a block of hidden thinking": [
        start(),
        *block(0, {"type": "redacted_thinking", "data": "RW1w"}),
        *words(1, "A port."),
        finish(),
        STOP,
    ],
    "text, then a call": [start(), *words(0, "I look."), *CALLED, finish("tool_use"), STOP],
    "a call without input": [
        start(),
        *block(0, {**call(), "input": {}}, *given("")),
        finish("tool_use"),
        STOP,
    ],
    "a search, its results, and quotes": [
        start(),
        *block(0, SOUGHT, *given('{"query":"k"}')),
        *block(1, RESULTS),
        *block(
            2,
            {"type": "text", "text": "", "citations": []},
            {"type": "text_delta", "text": "A bird."},
            {"type": "citations_delta", "citation": QUOTED["citations"][0]},
        ),
        finish(),
        STOP,
    ],
    "a summary": [start(), *SUMMED, finish("compaction"), STOP],
    "no content": [start(), finish(), STOP],
    "a refusal": [
        start(),
        finish("refusal", stop_details={"type": "refusal", "category": "bio"}),
        STOP,
    ],
    "a pause": [start(), *block(0, SOUGHT), finish("pause_turn"), STOP],
    "a container": [
        start(container=None),
        *words(0, "1."),
        finish(container={"id": "container_1"}),
        STOP,
    ],
    "an event of a kind to come": [
        start(),
        event("hologram", rays=[1.0]),
        *words(0, "."),
        finish(),
        STOP,
    ],
    "an error after the first words": [*SPOKEN[:3], OVERLOADED],
    "an error before any word": [SPOKEN[0], PING, OVERLOADED],
    "nothing at all": [],
    "a very long delta": [start(), *words(0, "x" * 300_000), finish(), STOP],
}

RAW = b"".join(SPOKEN)
HALF = RAW.index("ß".encode()) + 1


def cases() -> Iterator[Case]:
    """The plain question asked for a stream, and each of them."""
    asked = DIALECT.ask(DIALECT.streamed)
    for name, events in SAID.items():
        yield DIALECT.case(f"a stream of {name}", asked, *chunked(*events, headers=(EVENTS,)))
    halves = DIALECT.stream(RAW[:HALF], RAW[HALF:])
    yield DIALECT.case("a stream in the middle of a character", asked, *halves)
    limited = chunked(*SPOKEN, headers=(EVENTS, *LIMITS))
    yield DIALECT.case("a stream with limits in its head", asked, *limited)
    busy = answer(refused("overloaded_error", "Overloaded"), status=b"529 Overloaded")
    yield DIALECT.case("an overload instead of a stream", asked, busy)
