"""How calls beside chats and responses are asked and answered in OpenAI's API."""

import base64
import struct
from collections.abc import Sequence

from upstream import Pair, Step, answer, chunked
from wire.cases.transport import TEN
from wire.corpus import DONE, EVENTS, JSON, ask, compact, event, in_chunks

Exchange = tuple[bytes, Sequence[Step]]
KEY = b"Authorization: Bearer sk-1"
OK = compact({"id": "x-1", "object": "x", "model": "m"})
FLOATS = [0.1, -0.25, 1e-07, 3.0]
PACKED = base64.b64encode(struct.pack("<4f", *FLOATS)).decode()
AUDIO = (b"Content-Type", b"audio/mpeg")
BINARY = (b"Content-Type", b"application/octet-stream")
CHUNKED = b"Transfer-Encoding: chunked"
BETA = b"OpenAI-Beta: assistants=v2"
UPLOADED = (b"Content-Disposition", b'attachment; filename="r\xc3\xbcbe.jsonl"')
PICTURE = base64.b64encode(TEN).decode()


def asks(path: str, fields: object, *headers: bytes) -> bytes:
    """A call with JSON."""
    return ask(compact(fields), KEY, *headers, target=b"/v1/" + path.encode())


def bare(method: bytes, path: str, *headers: bytes) -> bytes:
    """A call without a body."""
    return ask(None, KEY, *headers, method=method, target=b"/v1/" + path.encode())


def form(*parts: tuple[bytes, bytes], boundary: bytes = b"----b\xc3\xa4") -> bytes:
    """A multipart body; each part is what its disposition says after `form-data`, and its bytes."""
    made = b"".join(
        b"--"
        + boundary
        + b"\r\nContent-Disposition: form-data; "
        + head
        + b"\r\n\r\n"
        + data
        + b"\r\n"
        for head, data in parts
    )
    return made + b"--" + boundary + b"--\r\n"


def sends(path: str, body: bytes, *headers: bytes, chunks: bool = False) -> bytes:
    """An upload of a form."""
    kind = b"Content-Type: multipart/form-data; boundary=----b\xc3\xa4"
    framed = in_chunks(body[:1000], body[1000:]) if chunks else body
    more = (*headers, CHUNKED) if chunks else headers
    target = b"/v1/" + path.encode()
    return ask(framed, KEY, kind, *more, target=target, length=not chunks)


def gives(value: object, *headers: Pair, status: bytes = b"200 OK") -> list[Step]:
    """An answer of JSON."""
    return [answer(compact(value), status=status, headers=(JSON, *headers))]


def streams(*events: object, end: bytes = DONE) -> list[Step]:
    """An answer of events."""
    return [*chunked(*map(event, events), end, headers=(EVENTS,))]


FILE = (
    b'name="file"; filename="a b.wav"\r\nContent-Type: audio/wav',
    TEN + b"\r\n----b\xc3\xa4\r\n",
)
MODEL = (b'name="model"', b"whisper-1")
PROMPT = (b'name="prompt"', "Hello, Grüße".encode())
TALK = form(MODEL, PROMPT, FILE)
