"""Which upstream a call is for, by the model in its body."""

import gzip
import time
from collections.abc import Callable

import brotli
import httpx
import pytest
import zstandard
from ports import free_port
from serving import Served
from upstream import Upstream

from mindhold.proxy.settings import Upstream as Line

MODEL = b'--b\r\nContent-Disposition: form-data; name="model"\r\n\r\nllama-sound\r\n'
SOUND = (
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="a\r\nb.wav"\r\n'
    b"Content-Type: audio/wav\r\n\r\n--bname=model" + bytes(range(256)) * 10_000 + b"\r\n"
)
FORM = {"content-type": 'multipart/form-data; charset=x; boundary="b"'}
IN_JSON = {"content-type": "application/json; charset=utf-8"}
LLAMA = b'{"input":["' + b" ".join(b"%d" % n for n in range(400_000)) + b'"],"model":"llama-e"}'
CHATS = "/chat/completions"
MODELS_IN = {
    "a large JSON body": ("/embeddings", LLAMA, IN_JSON),
    "a JSON body in gzip": ("/responses", gzip.compress(LLAMA), {"content-encoding": "gzip"}),
    "a chat in zstd": (
        "/chat/completions",
        zstandard.compress(LLAMA),
        {"content-encoding": "zstd"},
    ),
    "embeddings in br": (
        "/embeddings",
        brotli.compress(LLAMA),
        IN_JSON | {"content-encoding": "br"},
    ),
    "a form": ("/audio/transcriptions", MODEL + SOUND + b"--b--\r\n", FORM),
    "the end of a form": ("/images/edits", SOUND + MODEL + b"--b--\r\n", FORM),
}


@pytest.mark.parametrize("chunks", [False, True], ids=["of a known length", "in chunks"])
@pytest.mark.parametrize("place", MODELS_IN)
def test_a_model_is_found_wherever_a_client_names_it(
    place: str, chunks: bool, serve: Callable[..., Served], upstream: Upstream
) -> None:
    path, body, headers = MODELS_IN[place]
    lines = (
        Line(
            name="a", dialect="openai", base_url=f"http://127.0.0.1:{free_port()}", models=("g*",)
        ),
        Line(name="b", dialect="openai", base_url=upstream.url, models=("llama*",), key="none"),
    )
    content = iter([body[:99], body[99:]]) if chunks else body
    got = httpx.post(serve(upstreams=lines).url + path, content=content, headers=headers)
    assert got.status_code == 200
    assert upstream.last.body == body


@pytest.mark.parametrize(
    "body",
    [
        b"--b\r\n" * 300_000,
        b"--b\r\nContent-Disposition: form-data; " * 50_000,
        b'--b\r\nContent-Disposition: form-data; name="model"\r\n' + b"x\r\n" * 500_000,
    ],
    ids=["boundaries", "heads", "lines"],
)
def test_a_form_without_an_end_costs_no_more_than_its_size(
    body: bytes, serve: Callable[..., Served], upstream: Upstream
) -> None:
    line = Line(name="a", dialect="openai", base_url=upstream.url, models=("g*",))
    served = serve(upstreams=(line,))
    began = time.process_time()
    assert httpx.post(f"{served.url}/audio/speech", content=body, headers=FORM).status_code == 200
    assert time.process_time() - began < 3
