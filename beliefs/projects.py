"""The known projects: which slug each working place has, so that every client agrees."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from mindhold.beliefs.codec import microseconds
from mindhold.beliefs.database import Database
from mindhold.beliefs.errors import Conflict, Invalid, NotFound
from mindhold.beliefs.scope import slug as to_slug


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A slug and whose it is: a git origin without scheme and credentials, or a root path."""

    slug: str
    identity: str


class Projects:
    """The table in memory: answers at once, and keeps what it gave out until it is saved.

    `refresh` is asked once for an identity that is not known yet: another process may have
    given it a slug meanwhile. Safe from any thread.
    """

    def __init__(self, refresh: Callable[[], Iterable[Project]] = tuple) -> None:
        self._refresh = refresh
        self._guard = Lock()
        self._slugs: dict[str, str] = {}
        self._unsaved: dict[str, Project] = {}

    def slug(self, identity: str, name: str) -> str:
        """The slug of this project; a second identity of the same name gets `-<4 hex>`.

        Raises `Invalid` when nothing of the name makes a slug.
        """
        with self._guard:
            if identity not in self._slugs:
                self._load(self._refresh())
            if identity not in self._slugs:
                given = _free(identity, to_slug(name), set(self._slugs.values()))
                self._slugs[identity] = given
                self._unsaved[identity] = Project(slug=given, identity=identity)
            return self._slugs[identity]

    def load(self, known: Iterable[Project]) -> None:
        """Takes over the table as it now stands; what was not saved yet stays."""
        with self._guard:
            self._load(known)

    def unsaved(self) -> tuple[Project, ...]:
        """What was given out and is in no table yet; `load` after a save takes it out."""
        with self._guard:
            return tuple(self._unsaved.values())

    def _load(self, known: Iterable[Project]) -> None:
        self._slugs = {project.identity: project.slug for project in known}
        for identity in self._slugs:
            self._unsaved.pop(identity, None)
        for project in self._unsaved.values():
            self._slugs[project.identity] = project.slug


def _free(identity: str, name: str, taken: set[str]) -> str:
    """`name`, or with as much of the identity's hash as it takes to be the only one."""
    digest = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()
    for length in (0, *range(4, len(digest))):
        made = f"{name[: 63 - length]}-{digest[:length]}" if length else name
        if made not in taken:
            return made
    raise Invalid("No slug is left for this project.")


def read(database: Database) -> tuple[Project, ...]:
    """Every known project, by slug."""
    rows = database.rows("SELECT slug, identity FROM projects ORDER BY slug")
    return tuple(Project(slug=row["slug"], identity=row["identity"]) for row in rows)


def save(database: Database, projects: Iterable[Project], now: datetime) -> None:
    """Writes new projects; one whose slug another process took meanwhile is left for a new one."""
    at = microseconds(now)
    rows = [(project.slug, project.identity, at) for project in projects]
    with database.transaction() as connection:
        connection.executemany("INSERT OR IGNORE INTO projects VALUES (?, ?, ?)", rows)


def assign(database: Database, identity: str, name: str, now: datetime) -> str:
    """The slug of a project, known from now on to every process that uses this store."""
    projects = Projects(lambda: read(database))
    made = projects.slug(identity, name)
    save(database, projects.unsaved(), now)
    return made


def rename(database: Database, old: str, new: str) -> str:
    """Gives a known project another slug, returned in its one spelling.

    Beliefs keep their scope: who renames moves them as well. Raises `NotFound`, `Conflict`.
    """
    made = to_slug(new)
    with database.transaction() as connection:
        if connection.execute("SELECT 1 FROM projects WHERE slug = ?", (made,)).fetchone():
            raise Conflict(f"There is a project {made} already.")
        done = connection.execute("UPDATE projects SET slug = ? WHERE slug = ?", (made, old))
        if not done.rowcount:
            raise NotFound(f"No project is called {old}.")
    return made
