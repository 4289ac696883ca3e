"""A proxy for a moment: a real daemon in a home of its own, gone afterwards with all it held."""

import http.client
import json
import socket
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mindhold.beliefs.requests import OURS
from mindhold.cli import daemon
from mindhold.cli.failure import Failed
from mindhold.cli.places import Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the demo model said, and what the proxy's own headers say about it."""

    text: str
    request: str
    memory: str


@contextmanager
def throwaway() -> Iterator[tuple[Places, daemon.Daemon]]:
    """Start it on a free port, without any upstream but the built-in demo."""
    with tempfile.TemporaryDirectory(prefix="mindhold-") as folder:
        home = Path(folder)
        config = home / "config.yaml"
        config.write_text(f"listen: {{port: {_free_port()}}}\nupstreams: []\n")
        places = Places(home=home, config=config, logs=home / "logs", moved=True, named=True)
        try:
            yield places, daemon.start(places, [])
        finally:
            daemon.stop(home)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def say(
    serving: daemon.Daemon,
    text: str,
    *,
    prefix: str = "",
    token: str = "",
    earlier: Sequence[Mapping[str, str]] = (),
) -> Answer:
    """A message to the demo model, after the earlier ones of its conversation; raises `Failed`."""
    body = {"model": "demo", "messages": [*earlier, {"role": "user", "content": text}]}
    headers = {"content-type": "application/json", "user-agent": OURS}
    headers |= {"authorization": f"Bearer {token}"} if token else {}
    connection = http.client.HTTPConnection(serving.url.removeprefix("http://"), timeout=10)
    try:
        connection.request("POST", f"{prefix}/v1/chat/completions", json.dumps(body), headers)
        answer = connection.getresponse()
        said = json.loads(answer.read())
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise Failed(f"No answer came from {serving.url} ({type(error).__name__}).") from None
    finally:
        connection.close()
    if answer.status != 200:
        raise Failed(f"{serving.url} answered with {answer.status} to the model demo.")
    return Answer(
        text=said["choices"][0]["message"]["content"],
        request=answer.headers["x-mindhold-request"] or "",
        memory=answer.headers["x-mindhold-memory"] or "",
    )
