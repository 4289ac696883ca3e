"""Where a client comes from: each is installed by itself, once, in a directory of its own."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import platformdirs

INSTALLING = 900  # seconds
VERSIONS = tomllib.loads(Path(__file__).with_name("versions.toml").read_text())
_NAME = re.compile(r"@?[^\[@=<>~!]+")  # what a requirement names, without extras and versions


class NotInstalled(Exception):
    """A client cannot be tried on this machine; the message is for the matrix."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """A client on this machine; `note`: what a reader of its version must know."""

    version: str
    bin: Path
    note: str = ""


class Source(Protocol):
    """How a client gets onto this machine."""

    def install(self, place: Path, *, newest: bool) -> Installed:
        """The client in `place`, installed if it was not; raises `NotInstalled`.

        `newest`: as the registry has it today, not as versions.toml says.
        """


class Python:
    """Packages of PyPI in a venv; the first one's version is the client's."""

    def __init__(self, *packages: str) -> None:
        self.packages = packages

    def install(self, place: Path, *, newest: bool) -> Installed:
        """Made with the Python that runs the tests."""
        pinned = [f"{package}=={VERSIONS['pypi'][_name(package)]}" for package in self.packages]
        with _once(place, self.packages if newest else pinned, newest) as missing:
            if missing:
                _run(place, sys.executable, "-m", "venv", "--clear", ".")
                pip = ("bin/python", "-m", "pip", "--disable-pip-version-check", "install", "-q")
                _run(place, *pip, "--retries=1", *missing)
        ask = "import sys, importlib.metadata as known; print(known.version(sys.argv[1]))"
        version = _run(place, "bin/python", "-c", ask, _name(self.packages[0])).strip()
        return Installed(version=version, bin=place / "bin")


class Node:
    """Packages of npm in a prefix; the first one's version is the client's."""

    def __init__(self, *packages: str) -> None:
        self.packages = packages

    def install(self, place: Path, *, newest: bool) -> Installed:
        """Needs node and npm."""
        if not (shutil.which("node") and shutil.which("npm")):
            raise NotInstalled("node and npm are not installed")
        names = [_name(package) for package in self.packages]
        pinned = [f"{name}@{VERSIONS['npm'][name]}" for name in names]
        with _once(place, self.packages if newest else pinned, newest) as missing:
            if missing:
                npm = ("npm", "install", "--prefix", ".", "--no-audit", "--no-fund")
                _run(place, *npm, "--fetch-retries=1", *missing)
        modules = place / "node_modules"
        about = json.loads((modules / names[0] / "package.json").read_text())
        return Installed(version=about["version"], bin=modules / ".bin")


class Machine:
    """A program that the machine has or has not."""

    def __init__(self, program: str) -> None:
        self.program = program

    def install(self, place: Path, *, newest: bool) -> Installed:
        """Nothing is installed."""
        found = shutil.which(self.program)
        if found is None:
            raise NotInstalled(f"{self.program} is not installed")
        told = re.search(r"\d+(\.\d+)+", _run(place, found, "--version"))
        return Installed(version=told.group() if told else "?", bin=Path(found).parent)


class Shape:
    """A program that is not run: a script of ours sends requests of this version's shape."""

    def __init__(self, version: str, note: str) -> None:
        self.version, self.note = version, note

    def install(self, place: Path, *, newest: bool) -> Installed:
        """Nothing is installed."""
        return Installed(version=self.version, bin=Path(sys.executable).parent, note=self.note)


def cache() -> Path:
    """Where clients are installed; MINDHOLD_CLIENTS moves it."""
    moved = os.environ.get("MINDHOLD_CLIENTS")
    return Path(moved) if moved else platformdirs.user_cache_path("mindhold-clients")


def _name(package: str) -> str:
    named = _NAME.match(package)
    assert named
    return named.group()


@contextmanager
def _once(place: Path, packages: Sequence[str], again: bool) -> Iterator[Sequence[str]]:
    """The packages that the block is to install; none where it has been done.

    What was done is written down at the end: an interrupted installation is begun again.
    """
    made, stamp = place / "made-from", "\n".join(packages)
    done = made.exists() and made.read_text() == stamp and not again
    yield () if done else packages
    made.write_text(stamp)


def _run(place: Path, *words: str) -> str:
    place.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(
            words, cwd=place, capture_output=True, text=True, timeout=INSTALLING, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotInstalled(f"{words[0]} took more than {INSTALLING} s") from None
    if done.returncode:
        wrong = re.findall(r"(?im)^(?:npm )?error.*", done.stderr)
        raise NotInstalled(wrong[0][:100] if wrong else f"{words[0]} ended with {done.returncode}")
    return done.stdout
