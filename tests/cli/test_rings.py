"""Keyrings that are of no use, as on a machine without a desktop: a sentence, and it serves on."""

import re
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
from daemon import daemon
from forked import Run, forked
from upstream import Upstream

from mindhold.beliefs.database import Database

RING = Path(__file__).parent / "ring"
SECRET = "made-up-" + "s" * 24
NONE = "This system has no keyring that keeps secrets"
WITHIN = 60.0  # seconds: a keyring has five for each question; the machine may be busy
PLAIN = """\
import os, pathlib
from keyring.backend import KeyringBackend

class PlaintextKeyring(KeyringBackend):
    priority = 9
    def get_password(self, service, username):
        return "made-up-" + "p" * 24
    def set_password(self, service, username, password):
        pathlib.Path(os.environ["RING_FILE"]).write_text(password)
"""

Told = dict[str, str]


def configured(backend: str) -> Told:
    return {"PYTHON_KEYRING_BACKEND": backend, "PYTHONPATH": str(RING)}


@contextmanager
def no_bus(_: Path) -> Iterator[Told]:
    """Nothing says where D-Bus is."""
    yield {}


@contextmanager
def bogus_bus(_: Path) -> Iterator[Told]:
    """D-Bus is said to be where nothing is."""
    yield {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/bus"}


@contextmanager
def silent_bus(place: Path) -> Iterator[Told]:
    """Somebody is there and never says a word."""
    with socket.socket(socket.AF_UNIX) as bus:
        bus.bind(str(place / "bus"))
        bus.listen()
        yield {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={place / 'bus'}"}


@contextmanager
def plaintext(place: Path) -> Iterator[Told]:
    """keyrings.alt is installed, with its plain file as the first of all."""
    package, told = place / "keyrings" / "alt", place / "keyrings.alt-5.0.dist-info"
    package.mkdir(parents=True)
    told.mkdir()
    (package / "file.py").write_text(PLAIN)
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: keyrings.alt\nVersion: 5.0\n")
    (told / "entry_points.txt").write_text("[keyring.backends]\nfile = keyrings.alt.file\n")
    yield {"PYTHONPATH": str(place), "RING_FILE": str(place / "plain")}
    assert not (place / "plain").exists()


@contextmanager
def null(_: Path) -> Iterator[Told]:
    """The one that keeps nothing is configured."""
    yield configured("keyring.backends.null.Keyring")


@contextmanager
def failing(_: Path) -> Iterator[Told]:
    """The one that always fails is configured."""
    yield configured("keyring.backends.fail.Keyring")


@contextmanager
def unknown(_: Path) -> Iterator[Told]:
    """One is configured that nobody has installed."""
    yield configured("nobody.has.Keyring")


@contextmanager
def locked(_: Path) -> Iterator[Told]:
    """It is locked, and nobody is there to unlock it."""
    yield configured("mindhold_troubled.Locked")


@contextmanager
def hung(_: Path) -> Iterator[Told]:
    """It waits for somebody."""
    yield configured("mindhold_troubled.Hung")


@contextmanager
def stuck(_: Path) -> Iterator[Told]:
    """It hangs before there is anything to ask."""
    yield configured("mindhold_stuck.Ring")


Situation = Callable[[Path], AbstractContextManager[Told]]
SITUATIONS: dict[Situation, str] = {
    stuck: "The keyring did not answer within 5 seconds; is it locked?",
    hung: "The keyring did not answer within 5 seconds; is it locked?",
    locked: "The keyring refused (KeyringLocked); is it locked?",
    unknown: "The keyring that PYTHON_KEYRING_BACKEND or keyringrc.cfg names cannot be loaded",
    silent_bus: NONE,
    no_bus: NONE,
    bogus_bus: NONE,
    plaintext: NONE,
    null: NONE,
    failing: NONE,
}


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a desktop."""
    for name in ("DBUS_SESSION_BUS_ADDRESS", "PYTHON_KEYRING_BACKEND", "PYTHONPATH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("MINDHOLD_CONFIG", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.setenv("HOME", str(tmp_path))


def configured_home(home: Path, url: str = "http://127.0.0.1:9") -> Path:
    home.mkdir()
    (home / "config.yaml").write_text(
        "auth: {require_token: never}\nupstreams:\n"
        f"- {{name: held, dialect: openai, base_url: '{url}', key: keyring}}\n"
        f"- {{name: free, dialect: ollama, base_url: '{url}', key: none}}\n"
    )
    return home


def needed(told: Told, home: Path, *words: str) -> Run:
    """A command that needs a keyring; the key is what it reads."""
    return Run(words=words, environ={**told, "MINDHOLD_HOME": str(home)}, typed=SECRET)


def test_every_command_says_it_in_a_sentence(tmp_path: Path) -> None:
    runs, sentences = [], []
    with ExitStack() as stack:
        for situation, sentence in SITUATIONS.items():
            place = tmp_path / situation.__name__
            place.mkdir()
            told = stack.enter_context(situation(place))
            home = configured_home(place / "home")
            words = [("keys", "set", "held")]
            words += [("doctor",)] if situation is unknown else []
            runs += [needed(told, home, *one) for one in words]
            sentences += [sentence] * len(words)
        done = forked(runs, within=WITHIN, at_once=4)
        for run, ran, sentence in zip(runs, done, sentences, strict=True):
            assert sentence in " ".join(ran.said.split()), ran.said
            assert ran.code == 1
            assert not {"Traceback", SECRET, "sk-secret"} & set(re.findall(r"[\w-]+", ran.said))
            if run.words[1:2] == ("set",):
                assert ran.said.startswith("mindhold: ")
                assert ran.said.count("\n") <= 2


def test_only_calls_that_need_that_key_fail_and_nobody_waits_for_it(tmp_path: Path) -> None:
    chat = {"model": "m", "messages": [{"role": "user", "content": "Hello."}]}
    with Upstream().running() as upstream, hung(tmp_path) as told:
        home = configured_home(tmp_path / "home", upstream.origin)
        Database.open(home).close()
        with daemon(home, environ=told) as running:
            here = f"http://127.0.0.1:{running.port}"
            with ThreadPoolExecutor() as beside:
                waiting = beside.submit(
                    httpx.post, f"{here}/v1/chat/completions", json=chat, timeout=WITHIN
                )
                served = httpx.post(f"{here}/api/chat", json=chat, timeout=WITHIN)
                assert not waiting.done(), "it was not asked for"
                refused = waiting.result()
        assert (refused.status_code, served.status_code) == (503, 200)
        assert SITUATIONS[hung] in refused.json()["error"]["message"]
        assert [seen.target for seen in upstream.seen] == [b"/api/chat"]
