"""Access tokens in the store."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mindhold.beliefs import seals
from mindhold.beliefs.database import Database
from mindhold.beliefs.errors import Conflict, Invalid, NotFound
from mindhold.beliefs.schema import MIGRATIONS
from mindhold.beliefs.tokens import USUAL, Tokens, digest

NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database.open(tmp_path / "home") as database:
        yield database


def test_a_token_is_found_by_its_secret_and_comes_back_whole(database: Database) -> None:
    tokens = Tokens(database)
    secret, made = tokens.create("aider", now=NOW, scopes=("Project:My App",), agent="coder")
    assert made.scopes == ("project:my-app",)
    assert secret.startswith("mh_")
    assert len(secret) >= 46
    assert tokens.by_digest() == {digest(secret): made}


def test_no_file_of_the_store_holds_the_secret(database: Database) -> None:
    secret, _ = Tokens(database).create("aider", now=NOW)
    files = [path for path in database.home.iterdir() if path.is_file()]
    assert files
    assert not any(secret[3:].encode() in path.read_bytes() for path in files)


def test_a_revoked_token_is_never_found_again_and_its_name_is_free(database: Database) -> None:
    tokens = Tokens(database)
    old, _ = tokens.create("aider", now=NOW)
    tokens.revoke("aider", now=NOW)
    new, made = tokens.create("aider", now=NOW)
    assert set(tokens.by_digest()) == {digest(new)}
    assert tokens.all() == [made]
    assert [token.revoked_at for token in tokens.all(revoked=True)] == [NOW, None]
    assert old != new


def test_names_are_unique_among_live_tokens_and_printable(database: Database) -> None:
    tokens = Tokens(database)
    tokens.create("aider", now=NOW)
    with pytest.raises(Conflict):
        tokens.create("aider", now=NOW)
    for bad in ("", "  ", "a\nb", "x" * 65):
        with pytest.raises(Invalid):
            tokens.create(bad, now=NOW)
    with pytest.raises(Invalid):
        tokens.create("other", now=NOW, scopes=("nonsense",))
    with pytest.raises(NotFound):
        tokens.revoke("nobody", now=NOW)


def test_what_a_token_can_and_until_when_comes_back(database: Database) -> None:
    tokens, end = Tokens(database), NOW + timedelta(days=30)
    _, made = tokens.create("ci", now=NOW, can=("Chat", " learn"), expires_at=end)
    assert tokens.all() == [made]
    assert (made.can, made.expires_at) == ({"chat", "learn"}, end)
    assert [made.expired(at) for at in (NOW, end - timedelta(seconds=1), end)] == [
        False,
        False,
        True,
    ]
    wrong: list[dict[str, Any]] = [{"can": ("chat", "dance")}, {"can": ()}, {"expires_at": NOW}]
    for options in wrong:
        with pytest.raises(Invalid):
            tokens.create("other", now=NOW, **options)


def test_an_expired_token_gives_its_name_up_and_a_live_one_does_not(database: Database) -> None:
    tokens, end = Tokens(database), NOW + timedelta(days=1)
    tokens.create("ci", now=NOW, expires_at=end)
    with pytest.raises(Conflict):
        tokens.create("ci", now=end - timedelta(seconds=1))
    _, made = tokens.create("ci", now=end)
    assert tokens.all() == [made]


def test_a_token_from_before_capabilities_can_what_it_could() -> None:
    before = next(at for at, one in enumerate(MIGRATIONS) if "ADD COLUMN can" in one)
    with closing(sqlite3.connect(":memory:")) as connection:
        seals.prepare(connection, b"")
        for script in MIGRATIONS[:before]:
            connection.executescript(script)
        connection.execute(
            "INSERT INTO tokens (id, name, digest, scopes, user, created_at)"
            " VALUES ('1', 'aider', '', '[]', 'local', 0)"
        )
        for script in MIGRATIONS[before:]:
            connection.executescript(script)
        [(can, expires_at)] = connection.execute("SELECT can, expires_at FROM tokens").fetchall()
    assert (set(json.loads(can)), expires_at) == (USUAL, None)
