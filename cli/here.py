"""Here: the scope of what is added by hand, from the directory that the owner stands in."""

from datetime import UTC, datetime
from pathlib import Path

from mindhold.beliefs import projects
from mindhold.beliefs.errors import Invalid
from mindhold.beliefs.store import Store
from mindhold.cli.places import Places


def scope_here(store: Store, places: Places) -> str:
    """The project of the git repository around the current directory, else the default scope."""
    from mindhold.proxy.project import find_repository

    found = find_repository(str(Path.cwd()))
    if found is None:
        return places.settings().default_scope
    try:
        slug = projects.assign(store.database, found.identity, found.name, datetime.now(UTC))
    except Invalid:  # a repository whose name has no letter or digit
        return places.settings().default_scope
    return f"project:{slug}"
