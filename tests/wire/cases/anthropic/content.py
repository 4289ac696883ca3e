"""What a request to /v1/messages may say: its system text and the parts of its messages."""

from collections.abc import Iterator

from wire.cases.anthropic.asking import (
    ASKED,
    DIALECT,
    EPHEMERAL,
    HOUR,
    TURN,
    Body,
    assistant,
    body,
    text,
    user,
)
from wire.corpus import Case

PNG = "iVBORw0KGgo="
IMAGE = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": PNG}}
FIXED = {"type": "text", "text": "You write plainly."}

SYSTEMS: dict[str, object] = {
    "a system string": "You write plainly.",
    "an empty system string": "",
    "a system of null": None,
    "a system string with escapes": 'Say "a\\b".\n\tÜber 🦅 \u2028 all.',
    "no system blocks": [],
    "one system block": [FIXED],
    "a system block with a breakpoint": [{**FIXED, "cache_control": EPHEMERAL}],
    "a system block kept for an hour": [{**FIXED, "cache_control": HOUR}],
    "two system blocks, the first with a breakpoint": [{**FIXED, "cache_control": HOUR}, FIXED],
    "four system blocks, each with a breakpoint": [{**FIXED, "cache_control": EPHEMERAL}] * 4,
    "a system block with citations": [{**FIXED, "citations": None}],
    "a system block of a kind to come": [FIXED, {"type": "policy", "id": "pol_1"}],
}

PARTS: dict[str, tuple[object, ...]] = {
    "one text part": (ASKED,),
    "two text parts": ("Look here.", ASKED),
    "a text part with a breakpoint": (text(ASKED, cache_control=EPHEMERAL),),
    "a text part with citations": (text(ASKED, citations=[]),),
    "an empty text part in front": ("", ASKED),
    "an image": (IMAGE, ASKED),
    "an image behind the text": (ASKED, IMAGE),
    "an image by its address": (
        {"type": "image", "source": {"type": "url", "url": "https://example.org/a.png"}},
        ASKED,
    ),
    "an image by its file": (
        {"type": "image", "source": {"type": "file", "file_id": "file_01"}},
        ASKED,
    ),
    "a document of text with citations": (
        {
            "type": "document",
            "source": {"type": "text", "media_type": "text/plain", "data": "A letter."},
            "title": "Letter",
            "context": "From 1911.",
            "citations": {"enabled": True},
            "cache_control": HOUR,
        },
        ASKED,
    ),
    "a PDF by its bytes": (
        {
            "type": "document",
            "source": {"type": "base64", "media_type": "application/pdf", "data": "JVBERi0="},
        },
        ASKED,
    ),
    "a PDF by its address": (
        {"type": "document", "source": {"type": "url", "url": "https://example.org/a.pdf"}},
        ASKED,
    ),
    "a document by its file": (
        {"type": "document", "source": {"type": "file", "file_id": "file_02"}},
        ASKED,
    ),
    "a document of parts": (
        {"type": "document", "source": {"type": "content", "content": [text("One."), IMAGE]}},
        ASKED,
    ),
    "a search result": (
        {
            "type": "search_result",
            "source": "https://example.org/1",
            "title": "First",
            "content": [text("Found.")],
            "citations": {"enabled": True},
        },
        ASKED,
    ),
    "a file for the container": ({"type": "container_upload", "file_id": "file_03"}, ASKED),
    "a part of a kind to come": ({"type": "hologram", "text": "not a text part"}, ASKED),
}

TALKS: dict[str, list[Body]] = {
    "a string": [TURN],
    "a talk": [{"role": "user", "content": "Good day."}, assistant("Good day."), TURN],
    "a talk of strings": [
        {"role": "user", "content": "Good day."},
        {"role": "assistant", "content": "Good day."},
        TURN,
    ],
    "a breakpoint on the last two turns": [
        user(text("Good day.", cache_control=EPHEMERAL)),
        assistant("Good day."),
        user(text(ASKED, cache_control=EPHEMERAL)),
    ],
    "a breakpoint on an answer": [
        {"role": "user", "content": "Good day."},
        assistant(text("Good day.", cache_control=HOUR)),
        TURN,
    ],
    "two user messages in a row": [{"role": "user", "content": "Good day."}, TURN],
    "an answer that has begun": [TURN, {"role": "assistant", "content": "It needs"}],
    "an answer that has begun, in parts": [TURN, assistant("It needs")],
    "a system message in mid-conversation": [
        TURN,
        assistant("A port."),
        {"role": "system", "content": "Be brief from here on.", "clear_at": "next_user_message"},
        TURN,
    ],
    "a system message that adds a tool": [
        TURN,
        assistant("A port."),
        {
            "role": "system",
            "content": [
                {"type": "tool_addition", "tool": {"type": "tool_reference", "name": "grep"}},
                {"type": "tool_removal", "tool": {"type": "tool_reference", "name": "sed"}},
            ],
        },
        TURN,
    ],
    "a summary in front": [
        assistant({"type": "compaction", "content": "They spoke of birds.", "signature": "c2ln"}),
        TURN,
    ],
    "a name and an id that nobody asked for": [{**TURN, "id": "m1", "name": "ann"}],
}

ODD: dict[str, bytes] = {
    "no messages": body([]),
    "messages that are no list": body("Hello?"),
    "a message that is a string": body(["Hello?"]),
    "a message without a role": body([{"content": ASKED}]),
    "a message without content": body([{"role": "user"}]),
    "content of null": body([{"role": "user", "content": None}]),
    "content that is a number": body([{"role": "user", "content": 7}]),
    "a part that is a string": body([{"role": "user", "content": [ASKED]}]),
    "a text part without text": body([user({"type": "text"}, ASKED)]),
    "a text that is a number": body([user({"type": "text", "text": 7}, ASKED)]),
    "a system that is a number": body(system=7),
    "a system block that is a string": body(system=["You write plainly."]),
}

SPELLED: dict[str, bytes] = {
    "spaces and a line break": b'{ "messages" : [ { "content" : "Hello there!" ,\n "role":"user"} ]'
    b' , "model":"m"\t, "max_tokens": 1e2 }\r\n',
    "escapes in the turn": b'{"model":"m","max_tokens":9,"messages":[{"role":"user",'
    b'"content":"\\u0048ello \\ud83e\\udd85 \\/ there!"}]}',
    "escapes in the keys": b'{"model":"m","max_tokens":9,"\\u006dessages":[{"r\\u006fle":"user",'
    b'"content":"Hello there!"}]}',
    "messages last": b'{"system":[{"text":"Be plain.","type":"text"}],"model":"m","max_tokens":9,'
    b'"messages":[{"content":[{"text":"Hello there!","type":"text"}],"role":"user"}]}',
}


def cases() -> Iterator[Case]:
    """Each of them with a plain answer."""
    case, ask = DIALECT.case, DIALECT.ask
    for name, system in SYSTEMS.items():
        yield case(name, ask(body(system=system)))
    for name, parts in PARTS.items():
        yield case(name, ask(body([user(*parts)])))
    for name, talk in TALKS.items():
        yield case(name, ask(body(talk)))
    for name, raw in SPELLED.items():
        yield case(name, ask(raw), stable=True, turn=True)
    for name, raw in ODD.items():
        yield case(name, ask(raw), stable=False)
