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
        r"\n(?=A conversation|What was learned|The next day|Why the model|The same question)",
        done.stdout,
    )
    _, told, learned, given, why, elsewhere = chapters
    assert "gave me nothing" in told
    assert "vitest" in learned
    assert "do not suggest Jest" in given
    assert "Jest" in why
    assert "gave me nothing" in elsewhere
    assert not home.exists()
    assert list(tmp_path.iterdir()) == []
