"""Neighbours: model servers on this machine, found on their usual loopback ports."""

import http.client
import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

USUAL = {
    "ollama": 11434, "lm-studio": 1234, "llama-cpp": 8080, "vllm": 8000, "jan": 1337,
    "gpt4all": 4891,
}  # fmt: skip
_SECONDS = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A server that speaks OpenAI's dialect on loopback, and the models it serves."""

    name: str
    port: int
    models: tuple[str, ...]

    @property
    def base_url(self) -> str:
        """What a client of it would be given."""
        return f"http://127.0.0.1:{self.port}/v1"


def find(ports: Iterable[tuple[str, int]] = tuple(USUAL.items())) -> list[Neighbour]:
    """The servers that list their models; all are asked at once, for a second at most."""
    with ThreadPoolExecutor(max_workers=8) as asking:
        found = asking.map(lambda one: _ask(*one), ports)
        return [one for one in found if one]


def models_at(base_url: str) -> tuple[str, ...]:
    """The models that a server on this machine lists under its base URL; none if it does not."""
    parts = urlsplit(base_url)
    connect = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = connect(parts.netloc, timeout=_SECONDS)
    try:
        connection.request("GET", f"{parts.path.rstrip('/')}/models")
        answer = connection.getresponse()
        listed = json.loads(answer.read(1 << 20))["data"] if answer.status == 200 else None
        return tuple(str(model["id"]) for model in listed or ())
    except (OSError, ValueError, LookupError, TypeError, http.client.HTTPException):
        return ()  # nobody there, or somebody else
    finally:
        connection.close()


def _ask(name: str, port: int) -> Neighbour | None:
    models = models_at(f"http://127.0.0.1:{port}/v1")
    return Neighbour(name=name, port=port, models=models) if models else None
