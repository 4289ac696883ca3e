"""A project: what a working directory belongs to, found by reading files, never by running git."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from mindhold.beliefs.errors import Invalid
from mindhold.beliefs.projects import Projects

_REMOTE = re.compile(r'^\s*\[\s*remote\s+"origin"\s*\]\s*$(.*?)(?=^\s*\[|\Z)', re.M | re.S)
_URL = re.compile(r'^\s*url\s*=\s*"?([^"\n]+?)"?\s*$', re.M)
_SCP = re.compile(r"(?:[^@/\s]+@)?([^:/\s]+):(?!//)(.+)")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://(?:[^@/]*@)?([^/]*)(/.*)?", re.I)
_WINDOWS = re.compile(r"[A-Za-z]:[\\/]")
_DEPTH = 64  # directories that we look up through
_FRESH = 60.0  # seconds for which an answer is kept: a remote may be added
_KEPT = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A project's identity, the same for every checkout of it, and the name people know it by."""

    identity: str
    name: str


class KnownProjects:
    """Slugs for working directories and remotes; what was found is remembered for a minute."""

    def __init__(self, table: Projects) -> None:
        self.table = table
        self._found: dict[str, tuple[float, Found | None]] = {}

    def of_directory(self, directory: str) -> str | None:
        """The slug of the project that an absolute directory belongs to; None: to none."""
        now = time.monotonic()
        at, found = self._found.get(directory, (now - _FRESH, None))
        if now - at >= _FRESH:
            if len(self._found) >= _KEPT:
                self._found.clear()
            found = find_project(directory)
            self._found[directory] = (now, found)
        return self._slug(found)

    def of_origin(self, url: str) -> str | None:
        """The slug of the project that a git remote is; None when it names none."""
        return self._slug(from_origin(url))

    def _slug(self, found: Found | None) -> str | None:
        try:
            return self.table.slug(found.identity, found.name) if found else None
        except Invalid:  # a name without a letter or digit
            return None


def find_project(directory: str) -> Found | None:
    """The project that an absolute directory belongs to; None: to none, or it cannot be one.

    Its git origin, else the root of its repository (worktrees share their repository's), else
    the directory itself, which need not be on this machine. A home or root directory is none.
    """
    if _WINDOWS.match(directory):
        return _at(PureWindowsPath(directory).as_posix(), PureWindowsPath(directory).name)
    if not directory.startswith("/") or "\0" in directory:
        return None
    if found := find_repository(directory):
        return found
    path = PurePosixPath(directory)
    return _at(str(path), path.name) if path not in _nowhere() else None


def find_repository(directory: str) -> Found | None:
    """The project whose git repository an absolute directory lies in; None outside of any."""
    for above in _upwards(Path(directory)):
        if common := _common(above / ".git"):
            return from_origin(_origin(common)) or _at(*_root(above, common))
    return None


def from_origin(url: str) -> Found | None:
    """The project of a git remote, whatever the protocol and whoever logs in; "" is none."""
    plain = url.strip().removesuffix("/").removesuffix(".git")
    if match := _SCHEME.fullmatch(plain):
        host, path = match[1], match[2] or ""
        plain = f"{host.partition(':')[0].lower()}/{path.strip('/')}" if host else path
    elif match := _SCP.fullmatch(plain):
        plain = f"{match[1].lower()}/{match[2].strip('/')}"
    name = plain.rstrip("/").rpartition("/")[2]
    return Found(identity=f"git:{plain}", name=name) if name else None


def _at(path: str, name: str) -> Found | None:
    return Found(identity=f"path:{path}", name=name) if name else None


def _upwards(path: Path) -> Iterator[Path]:
    yield from (path, *path.parents)[:_DEPTH]


def _nowhere() -> frozenset[PurePosixPath]:
    return frozenset({PurePosixPath("/"), PurePosixPath("/tmp"), PurePosixPath(Path.home())})  # noqa: S108


def _common(git: Path) -> Path | None:
    """The repository's own directory, which its worktrees share; None where there is none."""
    try:
        if git.is_dir():
            return git if (git / "HEAD").is_file() else None
        kind, _, target = git.read_text("utf-8", "surrogateescape").partition(":")
        if kind != "gitdir":
            return None
        own = git.parent / target.strip()
        shared = own / "commondir"
        return (own / shared.read_text("utf-8").strip()).resolve() if shared.is_file() else own
    except (OSError, ValueError):  # ValueError: a name that no file can have, or no text
        return None


def _origin(common: Path) -> str:
    try:
        section = _REMOTE.search((common / "config").read_text("utf-8", "replace"))
    except OSError:
        return ""
    url = _URL.search(section[1]) if section else None
    return url[1] if url else ""


def _root(above: Path, common: Path) -> tuple[str, str]:
    """The main checkout's root and name: a worktree's `.git` file leads to it."""
    root = common.parent if common.name == ".git" else above
    return str(root), root.name
