"""Here: the scopes that the directory the owner stands in stands for."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mindhold.beliefs import projects
from mindhold.beliefs.database import Database
from mindhold.beliefs.errors import Invalid
from mindhold.beliefs.scope import project_scopes
from mindhold.beliefs.store import Store
from mindhold.cli.places import Places

if TYPE_CHECKING:
    from mindhold.proxy.project import Found


def scope_here(store: Store, places: Places) -> str:
    """Where what is added by hand goes: the git repository's project, else the default scope."""
    from mindhold.proxy.project import find_repository

    slug = _assigned(store.database, find_repository(str(Path.cwd())))
    return f"project:{slug}" if slug else places.settings().default_scope


def client_scopes(database: Database) -> tuple[str, ...]:
    """What a client is started in: those that a coding agent working here would get."""
    from mindhold.proxy.project import find_project

    slug = _assigned(database, find_project(str(Path.cwd())))
    return project_scopes(slug) if slug else ()


def known_scopes(database: Database, places: Places) -> tuple[str, ...]:
    """What a client started here has had: its project's scopes, else the default; only reads."""
    from mindhold.proxy.project import find_project

    found = find_project(str(Path.cwd()))
    for project in projects.read(database) if found else ():
        if found and project.identity == found.identity:
            return project_scopes(project.slug)
    return (places.settings().default_scope,)


def _assigned(database: Database, found: "Found | None") -> str | None:
    """The slug of a project, given to it now if it has none."""
    if found is None:
        return None
    try:
        return projects.assign(database, found.identity, found.name, datetime.now(UTC))
    except Invalid:  # a name without a letter or digit
        return None
