"""Calls that are made of text: completions, embeddings, moderations, agents."""

import gzip

from upstream import answer, chunked
from wire.cases.openai.asking import BETA, FLOATS, OK, PACKED, Exchange, asks, bare, gives, streams
from wire.corpus import EVENTS, JSON

TEXTS: dict[str, Exchange] = {
    "a completion": (
        asks("completions", {"model": "m", "prompt": "Hello", "suffix": "!", "echo": True}),
        gives({"choices": [{"text": " 🌍", "index": 0, "logprobs": None}]}),
    ),
    "completions of several prompts": (
        asks("completions", {"model": "m", "prompt": ["Hello", "x"], "n": 2, "best_of": 3}),
        gives({"choices": [{"text": "a"}, {"text": "b"}]}),
    ),
    "a completion of tokens": (
        asks("completions", {"model": "m", "prompt": [9906, 11, 1917]}),
        gives(OK.decode()),
    ),
    "a streamed completion": (
        asks("completions", {"model": "m", "prompt": "Hello", "stream": True}),
        streams(*({"choices": [{"text": text}]} for text in ("Grü", "ße", ""))),
    ),
    "a moderation": (
        asks("moderations", {"model": "omni", "input": "Hello"}),
        gives({"results": [{"flagged": False, "category_scores": {"violence": 1.0e-5}}]}),
    ),
    "a moderation of pictures": (
        asks("moderations", {"input": [{"type": "image_url", "image_url": {"url": "data:,"}}]}),
        gives({"results": []}),
    ),
    "tokens counted": (
        asks("responses/input_tokens", {"input": "Hello"}),
        gives({"input_tokens": 3}),
    ),
    "a history made short": (
        asks("responses/compact", {"model": "m", "input": [{"role": "user", "content": "Hello"}]}),
        gives({"object": "response.compaction", "output": []}),
    ),
    "a conversation": (
        asks("conversations", {"items": [{"role": "user", "content": "Hello"}], "metadata": {}}),
        gives({"id": "conv_1", "object": "conversation"}),
    ),
    "a completion that was stored": (
        asks("chat/completions/c-1", {"metadata": {"mindhold_scope": "x", "a": "b"}}),
        gives({"id": "c-1"}),
    ),
    "its messages": (bare(b"GET", "chat/completions/c-1/messages?limit=2&order=asc"), gives({})),
    "an agent's run": (
        asks(
            "threads/t-1/runs", {"assistant_id": "a", "stream": True, "instructions": "Hello"}, BETA
        ),
        [
            *chunked(
                b'event: thread.run.created\ndata: {"id":"run_1"}\n\n',
                b"event: done\ndata: [DONE]\n\n",
                headers=(EVENTS,),
            )
        ],
    ),
    "an agent's message": (
        asks("threads/t-1/messages", {"role": "user", "content": "Hello"}, BETA),
        gives({"id": "msg_1"}),
    ),
    "a ranking": (
        asks("rerank", {"model": "r", "query": "Hello", "documents": ["a", "b"]}),
        gives({"results": [{"index": 1, "relevance_score": 0.25}]}),
    ),
    "a gap filled": (asks("infill", {"input_prefix": "def hello", "input_suffix": "x"}), gives({})),
}

EMBEDDINGS: dict[str, Exchange] = {
    "floats": (
        asks("embeddings", {"model": "e", "input": "Hello", "encoding_format": "float"}),
        gives({"data": [{"embedding": FLOATS}], "usage": {"prompt_tokens": 1}}),
    ),
    "base64": (
        asks("embeddings", {"model": "e", "input": ["Hello", "b"], "encoding_format": "base64"}),
        gives({"data": [{"embedding": PACKED}, {"embedding": PACKED}]}),
    ),
    "tokens": (
        asks("embeddings", {"model": "e", "input": [[9906], [11]], "dimensions": 4}),
        gives({}),
    ),
    "two megabytes of them": (
        asks("embeddings", {"model": "e", "input": ["Hello " * 1000] * 350}),
        gives({"data": [{"embedding": PACKED * 100}] * 400}),
    ),
    "them in gzip": (
        asks("embeddings", {"input": "Hello"}, b"Accept-Encoding: gzip"),
        [answer(gzip.compress(OK * 999, mtime=0), headers=(JSON, (b"Content-Encoding", b"gzip")))],
    ),
}
