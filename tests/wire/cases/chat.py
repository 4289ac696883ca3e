"""Chat completions: what their clients send and their servers answer."""

from collections.abc import Iterator

from wire.corpus import ASK, CHAT, DONE, GREETING, Case, Dialect, event

SAID = b'{"id":"chatcmpl-9","object":"chat.completion","choices":[],"usage":{"total_tokens":3}}'
DIALECT = Dialect(name="chat", target=CHAT, asked=ASK, said=SAID, pieces=GREETING, end=DONE)


def cases() -> Iterator[Case]:
    """The exchanges that only this dialect has."""
    yield from _requests()
    yield from _streams()


def _requests() -> Iterator[Case]:
    case, more = DIALECT.case, DIALECT.more
    asked = {
        "logprobs and n": b'"n":3,"logprobs":true,"top_logprobs":5',
        "tools and response_format": b'"tools":[],"response_format":{}',
        "effort and verbosity": b'"reasoning_effort":"minimal","verbosity":"low","store":false',
        "a prediction": b'"prediction":{"type":"content","content":"a"},"service_tier":"flex"',
        "audio": b'"modalities":["text","audio"],"audio":{"voice":"v","format":"wav"}',
        "web search": b'"web_search_options":{"search_context_size":"low"},"user":"u"',
        "cache keys": b'"prompt_cache_key":"k","prompt_cache_retention":"24h"',
    }
    for name, fields in asked.items():
        yield case(name, DIALECT.ask(more(fields)))
    messages = {
        "a system message": b'{"role":"system","content":"Be brief."}',
        "a developer's parts": b'{"role":"developer","content":[{"type":"text","text":"a"}]}',
        "an empty system message": b'{"role":"system","content":""}',
        "a call and its result": (
            b'{"role":"user","content":"Good day"},'
            b'{"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function"}]},'
            b'{"role":"tool","tool_call_id":"1","content":[{"type":"text","text":"42"}]}'
        ),
        "a refusal": b'{"role":"user","content":"a"},{"role":"assistant","refusal":"b"}',
        "a role of its own": b'{"role":"wizard","content":null,"x":1}',
    }
    for name, before in messages.items():
        body = b'{"model":"m-1","messages":[' + before + b',{"role":"user","content":"Hello"}]}'
        yield case(name, DIALECT.ask(body))
    part = b'{"type":"image_url","image_url":{"url":"data:,"}},{"type":"text","text":"Hello"}'
    body = b'{"messages":[{"role":"user","content":[' + part + b']}],"model":"m"}'
    yield case("an image and a text", DIALECT.ask(body))
    yield case("a message that is no object", DIALECT.ask(b'{"messages":[1,null]}'), stable=False)
    yield case("no messages", DIALECT.ask(b'{"messages" :[ ] ,\n"model": "m" }'), stable=False)


def _streams() -> Iterator[Case]:
    asked, stream = DIALECT.ask(DIALECT.streamed), DIALECT.stream
    told = {
        "event and id lines": [b"event: delta\nid: 7\nretry: 10\n" + GREETING[0]],
        "n choices": [event({"choices": [{"index": 1, "logprobs": {}}, {"index": 0}]})],
        "reasoning": [event({"choices": [{"delta": {"reasoning_content": "hm"}}], "x": 1})],
        "an error event": [GREETING[0], event({"error": {"message": "overloaded"}})],
        "a call in pieces": [
            event({"choices": [{"delta": {"tool_calls": [{"function": {"arguments": part}}]}}]})
            for part in ('{"a', '": "ü', '"}')
        ],
    }
    for name, pieces in told.items():
        yield DIALECT.case(f"a stream of {name}", asked, *stream(*pieces, DONE))
