"""Calls that carry files, sound and pictures, up or down."""

from upstream import CUT, HEARD, answer, chunked
from wire.cases.openai.asking import (
    AUDIO,
    BINARY,
    FILE,
    KEY,
    MODEL,
    PICTURE,
    PROMPT,
    TALK,
    UPLOADED,
    Exchange,
    asks,
    bare,
    form,
    gives,
    sends,
    streams,
)
from wire.cases.transport import TEN
from wire.corpus import ask

FILES: dict[str, Exchange] = {
    "an upload": (
        sends("files", form((b'name="purpose"', b"batch"), FILE)),
        gives({"id": "file-1"}),
    ),
    "an upload in chunks": (sends("files", form(FILE), chunks=True), gives({"id": "file-1"})),
    "a part of an upload": (
        sends(
            "uploads/upload_1/parts",
            form((b'name="data"; filename="x"', TEN * 99)),
            b"Expect: 100-continue",
        ),
        gives({"id": "part_1"}),
    ),
    "an upload that is too large": (
        sends("files", form(FILE)),
        gives({"error": {"message": "File is too large"}}, status=b"413 Payload Too Large"),
    ),
    "a list": (
        bare(b"GET", "files?purpose=batch&after=file-1&limit=2"),
        gives({"data": [], "has_more": False}),
    ),
    "a file": (bare(b"GET", "files/file-1"), gives({"id": "file-1"})),
    "its bytes": (bare(b"GET", "files/file-1/content"), [answer(TEN, headers=(BINARY, UPLOADED))]),
    "its bytes as JSON lines": (
        bare(b"GET", "files/file-1/content"),
        [
            *chunked(
                b'{"custom_id":"a"}\n{"cus',
                b'tom_id":"b"}\n',
                headers=((b"Content-Type", b"application/jsonl"),),
            )
        ],
    ),
    "some of its bytes": (
        bare(b"GET", "containers/c/files/f/content", b"Range: bytes=10-19", b'If-Range: "e"'),
        [
            answer(
                TEN[10:20],
                status=b"206 Partial Content",
                headers=(BINARY, (b"Content-Range", b"bytes 10-19/10240"), (b"ETag", b'"e"')),
            )
        ],
    ),
    "its bytes cut short": (
        bare(b"GET", "files/f/content"),
        [answer(TEN, headers=(BINARY,))[:-9], CUT],
    ),
    "a deletion": (bare(b"DELETE", "files/file-1"), gives({"deleted": True})),
    "a HEAD": (
        bare(b"HEAD", "files/file-1/content"),
        [b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"],
    ),
}

MEDIA: dict[str, Exchange] = {
    "a transcription": (
        sends("audio/transcriptions", TALK),
        gives({"text": "Hello", "usage": {"seconds": 1}}),
    ),
    "a transcription as captions": (
        sends("audio/transcriptions", form(FILE, MODEL, (b'name="response_format"', b"vtt"))),
        [
            answer(
                b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n",
                headers=((b"Content-Type", b"text/vtt; charset=utf-8"),),
            )
        ],
    ),
    "a streamed transcription": (
        sends("audio/transcriptions", form(MODEL, (b'name="stream"', b"true"), FILE)),
        streams(
            {"type": "transcript.text.delta", "delta": "Grü"}, {"type": "transcript.text.done"}
        ),
    ),
    "a translation in chunks": (
        sends("audio/translations", TALK, chunks=True),
        gives({"text": "Hello"}),
    ),
    "speech": (
        asks("audio/speech", {"model": "tts", "input": "Hello", "voice": "v"}),
        [*chunked(TEN, end=False, headers=(AUDIO,)), HEARD, *chunked(*[TEN] * 20)[1:]],
    ),
    "speech as events": (
        asks("audio/speech", {"input": "Hello", "stream_format": "sse"}),
        streams({"type": "speech.audio.delta", "audio": PICTURE}, {"type": "speech.audio.done"}),
    ),
    "speech cut short": (
        asks("audio/speech", {"input": "Hello"}),
        [*chunked(TEN, headers=(AUDIO,), end=False), CUT],
    ),
    "a picture": (
        asks("images/generations", {"prompt": "Hello", "model": "i"}),
        gives({"data": [{"b64_json": PICTURE}]}),
    ),
    "a picture in the making": (
        asks("images/generations", {"prompt": "Hello", "stream": True, "partial_images": 2}),
        streams(*({"type": "image_generation.partial_image", "b64_json": PICTURE},) * 2),
    ),
    "a picture changed": (
        sends(
            "images/edits",
            form(
                PROMPT,
                (b'name="image[]"; filename="a.png"', TEN),
                (b'name="mask"; filename="m"', b""),
            ),
        ),
        gives({"data": [{"url": "https://example.net/a?b=c%2F"}]}),
    ),
    "a film": (
        sends("videos", form(PROMPT, (b'name="seconds"', b"4"))),
        gives({"id": "video_1", "status": "queued"}),
    ),
    "a film's bytes": (
        bare(b"GET", "videos/video_1/content?variant=thumbnail"),
        [answer(TEN, headers=((b"Content-Type", b"image/webp"),))],
    ),
    "a call over WebRTC": (
        ask(
            b"v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\n",
            KEY,
            b"Content-Type: application/sdp",
            target=b"/v1/realtime/calls?model=m",
        ),
        [
            answer(
                b"v=0\r\n",
                status=b"201 Created",
                headers=(
                    (b"Content-Type", b"application/sdp"),
                    (b"Location", b"/v1/realtime/calls/rtc_1"),
                ),
            )
        ],
    ),
}
