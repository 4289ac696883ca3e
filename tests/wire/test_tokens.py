"""Access tokens in the store."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mindhold.beliefs.database import Database
from mindhold.beliefs.errors import Conflict, Invalid, NotFound
from mindhold.beliefs.tokens import Tokens, digest

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
