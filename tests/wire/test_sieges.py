"""A few silent, slow and greedy clients before a real daemon; `scripts/soak sieges` has more."""

from pathlib import Path

import pytest
import sieges


def test_others_are_answered_and_memory_stays_under_every_siege(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sieges, "_CALLS", 10)
    monkeypatch.setattr(sieges, "_FIRST", 5)
    monkeypatch.setattr(sieges, "_SETTLED", 0.3)
    for noticed in sieges.besiege(tmp_path / "home", 40):
        assert noticed.errors == 0, noticed
        assert noticed.grown < sieges.MOST, noticed
        assert noticed.p99_ms < 5_000, noticed
