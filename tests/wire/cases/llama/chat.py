"""What a request to /api/chat may say."""

from collections.abc import Iterator

from wire.cases.llama.asking import ASKED, CHAT, TURN, Body, chat
from wire.corpus import Case

PNG = "iVBORw0KGgo="
SYSTEM = {"role": "system", "content": "You write plainly."}
GREETED = [{"role": "user", "content": "Good day."}, {"role": "assistant", "content": "Good day."}]
CALL = {"function": {"name": "read_file", "arguments": {"path": "ä.py", "lines": [1, 2.0]}}}
CALLED = {"role": "assistant", "content": "", "tool_calls": [CALL]}
RESULT = {"role": "tool", "content": "3 lines", "tool_name": "read_file"}
TOOL = {
    "type": "function",
    "function": {
        "name": "read_file",
        "description": "Reads a file.",
        "parameters": {
            "type": "object",
            "required": ["path"],
            "properties": {"path": {"type": ["string", "null"], "description": "Where."}},
        },
    },
}

OWED: dict[str, list[Body]] = {
    "a turn": [TURN],
    "a system message": [SYSTEM, TURN],
    "an empty system message": [{"role": "system", "content": ""}, TURN],
    "a system message that comes later": [*GREETED, SYSTEM, TURN],
    "a talk": [SYSTEM, *GREETED, TURN],
    "two turns in a row": [GREETED[0], TURN],
    "an image": [{**TURN, "images": [PNG]}],
    "content in parts": [{"role": "user", "content": [{"type": "text", "text": ASKED}]}],
    "two images, before the words": [{"role": "user", "images": [PNG, PNG], "content": ASKED}],
    "an image without a word": [{"role": "user", "images": [PNG]}, *GREETED[1:], TURN],
    "no images": [{**TURN, "images": []}],
    "images of null": [{**TURN, "images": None}],
    "an earlier answer with its thinking": [
        GREETED[0],
        {"role": "assistant", "thinking": "A greeting.", "content": "Good day."},
        TURN,
    ],
    "a turn after a round": [TURN, CALLED, RESULT, GREETED[1], TURN],
    "a turn right after a result": [TURN, CALLED, RESULT, TURN],
    "a round whose call has an id": [
        TURN,
        {**CALLED, "tool_calls": [{"id": "c1", "type": "function", **CALL}]},
        {**RESULT, "tool_call_id": "c1"},
        TURN,
    ],
    "a call without content": [
        TURN,
        {"role": "assistant", "tool_calls": [CALL]},
        RESULT,
        TURN,
    ],
    "an answer that has begun": [TURN, {"role": "assistant", "content": "It needs"}],
    "a role of a model's own": [{"role": "control", "content": "thinking"}, TURN],
    "escapes and line breaks": [{"role": "user", "content": f'"{ASKED}"\n\tÜber 🦅 \\ \u2028'}],
    "forty rounds": [*[TURN, CALLED, RESULT, GREETED[1]] * 40, TURN],
}

NOT_OWED: dict[str, list[Body]] = {
    "a result": [TURN, CALLED, RESULT],
    "a result of an older client": [TURN, CALLED, {"role": "tool", "content": "3"}],
    "two results": [TURN, {**CALLED, "tool_calls": [CALL, CALL]}, RESULT, RESULT],
    "a result with an image": [TURN, CALLED, {**RESULT, "images": [PNG]}],
}

FIELDS: dict[str, dict[str, object]] = {
    "no stream": {"stream": False},
    "a stream that is asked for": {"stream": True},
    "tools": {"tools": [TOOL]},
    "no tools": {"tools": []},
    "thinking": {"think": True},
    "hard thinking": {"think": "high"},
    "no thinking": {"think": False},
    "JSON": {"format": "json"},
    "a format that is empty": {"format": ""},
    "a schema": {"format": {"type": "object", "properties": {"a": {"enum": ["x", None]}}}},
    "options": {
        "options": {"temperature": 0, "num_ctx": 8192, "seed": 7, "stop": ["\n"], "top_p": 1e-1}
    },
    "kept for an hour": {"keep_alive": "1h"},
    "kept forever": {"keep_alive": -1},
    "not kept": {"keep_alive": 0},
    "logprobs": {"logprobs": True, "top_logprobs": 5},
    "truncating and shifting": {"truncate": False, "shift": True},
    "fields of a year to come": {"x_future": {"deep": [None, {}]}, "zzz": -0.0},
}

HEADERS: dict[str, tuple[bytes, ...]] = {
    "the Python client": (b"User-Agent: ollama-python/0.6.3 (x86_64 linux) Python/3.13",),
    "the Node client": (b"User-Agent: ollama-js/0.6.3 (x64 linux)", b"Accept: application/json"),
    "a browser": (b"Accept: */*", b"Accept-Language: de"),
    "curl without a content type": (b"Content-Type: application/x-www-form-urlencoded",),
}

SILENT: dict[str, bytes] = {
    "no messages, to load the model": chat([]),
    "a turn without words": chat([{"role": "user", "content": "", "images": [PNG]}]),
    "nothing but a system message": chat([SYSTEM]),
    "messages of null": chat(None),
    "messages that are an object": chat({}),
    "a message that is a string": chat([ASKED]),
    "content that is a number": chat([{"role": "user", "content": 7}]),
}

SPELLED: dict[str, bytes] = {
    "spaces": b'{ "messages" : [ { "content" : "Hello there!" , "role" : "user" } ] ,\n'
    b' "model":"m" }\n',
    "escapes": b'{"model":"m","messages":[{"role":"user",'
    b'"content":"\\u0048ello \\ud83e\\udd85 there!"}]}',
}


def cases() -> Iterator[Case]:
    """Each of them with a plain answer."""
    case, ask = CHAT.case, CHAT.ask
    for name, talk in OWED.items():
        yield case(name, ask(chat(talk)))
    for name, talk in NOT_OWED.items():
        yield case(name, ask(chat(talk)), turn=False)
    for name, fields in FIELDS.items():
        yield case(name, ask(chat(**fields)))
    for name, headers in HEADERS.items():
        yield case(name, ask(None, *headers))
    for name, raw in SILENT.items():
        yield case(name, ask(raw), stable=False)
    for name, raw in SPELLED.items():
        yield case(name, ask(raw), stable=True, turn=True)
