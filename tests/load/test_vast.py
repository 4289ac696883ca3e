"""What the soak of a million measures, over a few hundred beliefs."""

from pathlib import Path

from vast import measured


def test_each_belief_that_a_message_names_is_brought_from_an_import_on(tmp_path: Path) -> None:
    found = dict(measured(tmp_path / "home", 300, asks=20, commands=False).rows)
    assert "of CPU" in found["start"]
    assert "learned from a chat, and given" in found
