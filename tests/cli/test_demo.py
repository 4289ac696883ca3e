"""The demo is the real thing: what it prints is what a real proxy did."""

import re
from pathlib import Path

import pytest

from .conftest import Run


def test_the_demo_tells_the_story_and_leaves_nothing(
    mindhold: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    done = mindhold("demo")
    assert done.returncode == 0, done.stderr
    chapters = re.split(
        r"\n(?=A conversation|What was learned|Later|What is held|The next day|Why the model"
        r"|The same question)",
        done.stdout,
    )
    _, told, learned, later, held, given, why, elsewhere = chapters
    assert told.count("gave me nothing") == 3
    assert "open_question" in learned
    assert "jest: We use Jest for our tests." in later
    assert "release_day: Our release day is Friday." in later
    assert "replaced with vitest" in held
    assert "Our release day is Tuesday." in held
    assert "redis_postgres_question: answered" in held
    assert "I'm not sure" not in held.partition("beliefs history")[0]
    assert "Memory gave me 3 notes" in given
    assert "do not suggest Jest" in given
    assert "Friday" not in given
    assert "vitest (version 1): you said “Jest”" in why
    assert "gave me nothing" in elsewhere
    assert not home.exists()
    assert list(tmp_path.iterdir()) == []
