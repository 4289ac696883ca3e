"""Where a client comes from: each is installed by itself, once, in a directory of its own."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import platformdirs

INSTALLING = 900  # seconds


@dataclass(frozen=True, slots=True)
class NotInstalled(Exception):
    """A client cannot be tried on this machine; `reason` is for the matrix."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """A client on this machine; `note`: what a reader of its version must know."""

    version: str
    bin: Path
    note: str = ""


class Source(Protocol):
    """How a client gets onto this machine."""

    def install(self, place: Path) -> Installed:
        """The client in `place`, installed if it was not; raises `NotInstalled`."""


class Python:
    """Packages of PyPI in a venv; the first one's version is the client's."""

    def __init__(self, *packages: str) -> None:
        self.packages = packages

    def install(self, place: Path) -> Installed:
        """Made with the Python that runs the tests."""
        if _wanted(place, self.packages):
            _run(place, sys.executable, "-m", "venv", "--clear", ".")
            pip = ("bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
            _run(place, *pip, *self.packages)
            _done(place, self.packages)
        name = re.split(r"[\[=<>~!]", self.packages[0])[0]
        ask = f"from importlib.metadata import version; print(version({name!r}))"
        return Installed(version=_run(place, "bin/python", "-c", ask).strip(), bin=place / "bin")


class Node:
    """Packages of npm in a prefix; the first one's version is the client's."""

    def __init__(self, *packages: str) -> None:
        self.packages = packages

    def install(self, place: Path) -> Installed:
        """Needs node and npm."""
        if not (shutil.which("node") and shutil.which("npm")):
            raise NotInstalled("node and npm are not installed")
        if _wanted(place, self.packages):
            _run(place, "npm", "install", "--prefix", ".", "--no-audit", "--no-fund", "--loglevel",
                 "error", *self.packages)  # fmt: skip
            _done(place, self.packages)
        modules = place / "node_modules"
        name = re.sub(r"(?<!^)@.*", "", self.packages[0])
        version = json.loads((modules / name / "package.json").read_text())["version"]
        return Installed(version=version, bin=modules / ".bin")


class Machine:
    """A program that the machine has or has not."""

    def __init__(self, program: str) -> None:
        self.program = program

    def install(self, place: Path) -> Installed:
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

    def install(self, place: Path) -> Installed:
        """Nothing is installed."""
        return Installed(version=self.version, bin=Path(sys.executable).parent, note=self.note)


def cache() -> Path:
    """Where clients are installed; MINDHOLD_CLIENTS moves it."""
    moved = os.environ.get("MINDHOLD_CLIENTS")
    return Path(moved) if moved else platformdirs.user_cache_path("mindhold-clients")


def _stamp(packages: tuple[str, ...]) -> str:
    return "\n".join(packages)


def _wanted(place: Path, packages: tuple[str, ...]) -> bool:
    made = place / "made-from"
    return not made.exists() or made.read_text() != _stamp(packages)


def _done(place: Path, packages: tuple[str, ...]) -> None:
    """Written last: an interrupted installation is begun again."""
    (place / "made-from").write_text(_stamp(packages))


def _run(place: Path, *words: str) -> str:
    place.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(
            words, cwd=place, capture_output=True, text=True, timeout=INSTALLING, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotInstalled(f"{words[0]} took more than {INSTALLING} s") from None
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        raise NotInstalled(f"{Path(words[0]).name}: {lines[-1] if lines else done.returncode}")
    return done.stdout
