"""What a request to /api/generate may say."""

from collections.abc import Iterator

from upstream import answer
from wire.cases.llama.asking import ASKED, COUNTS, GENERATE, generate, line
from wire.corpus import Case

OWED: dict[str, dict[str, object]] = {
    "a prompt": {},
    "a prompt and no stream": {"stream": False},
    "a system text": {"system": "You write plainly."},
    "an empty system text": {"system": ""},
    "what was said before, as numbers": {"context": [1, 2, 3]},
    "an image": {"images": ["iVBORw0KGgo="]},
    "thinking": {"think": "low"},
    "a schema": {"format": {"type": "object"}},
    "options": {"options": {"num_predict": 5, "temperature": 0.10}, "keep_alive": "5m"},
    "logprobs": {"logprobs": True, "top_logprobs": 20},
    "an empty suffix": {"suffix": ""},
    "raw, but not really": {"raw": False},
    "fields of a year to come": {"x_future": [[]]},
}

NOT_OWED: dict[str, bytes] = {
    "a raw prompt": generate(f"[INST] {ASKED} [/INST]", raw=True),
    "a template of its own": generate(template="{{ .System }} {{ .Prompt }}"),
    "a gap between two texts": generate(f"def hello():  # {ASKED}", suffix="    return x"),
    "an empty prompt, to load the model": generate(""),
    "no prompt": b'{"model":"gemma4"}',
    "an empty prompt, to unload the model": generate("", keep_alive=0),
    "white space": generate(" \n"),
    "a prompt of null": generate(None),
    "a prompt that is a number": generate(7),
    "a prompt that is a list": generate([ASKED]),
}

SPELLED: dict[str, bytes] = {
    "the prompt first": b'{"prompt":"Hello there!","model":"m"}',
    "escapes": b'{"model":"m","prompt":"\\u0048ello \\ud83e\\udd85 \\/ there!"}',
    "line breaks": b'{\n  "model": "m",\n  "prompt": "Hello there!",\n  "stream": false\n}\n',
}


PAINTED = [
    line(completed=1, total=2, done=False),
    line(image="iVBORw0KGgo=", done_reason="stop", done=True),
]
THOUGHT = [line(response="", thinking="Who?", done=False), *GENERATE.pieces, GENERATE.end]


def cases() -> Iterator[Case]:
    """The exchanges that only this dialect has."""
    case, ask = GENERATE.case, GENERATE.ask
    for name, fields in OWED.items():
        yield case(name, ask(generate(**fields)))
    for name, raw in NOT_OWED.items():
        yield case(name, ask(raw), stable=False)
    for name, raw in SPELLED.items():
        yield case(name, ask(raw), stable=True, turn=True)
    asked = ask(GENERATE.streamed)
    yield case("a picture that is painted", asked, *GENERATE.stream(*PAINTED))
    yield case("thinking, then words", asked, *GENERATE.stream(*THOUGHT))
    failed = b'{"error":"an error was encountered"}\n'
    yield case("an error after the first words", asked, *GENERATE.stream(*THOUGHT[:2], failed))
    missing = answer(b'{"error":"model \'none\' not found"}', status=b"404 Not Found")
    yield case("no such model", asked, missing)
    loaded = line(response="", **{**COUNTS, "done_reason": "load"})
    yield case("a model that was loaded", ask(b'{"model":"m"}'), answer(loaded), stable=False)
