"""Each key goes to its own upstream and nowhere else; `scripts/soak keys` asks more often."""

import random
from pathlib import Path

import pytest
from canaries import HELD, watch


def test_every_upstream_sees_its_own_key_or_none_and_nobody_else_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MINDHOLD_CONFIG", raising=False)
    found = watch(tmp_path, 500, random.Random(7))
    assert not found.wrong, found.wrong[:3]
    assert len(found.seen) == 10, found.seen
    for name, count in found.seen.items():
        if name.endswith(HELD):
            assert found.keys[name] == count, name
        if name.endswith("passthrough"):
            assert found.keys[name] > 0, name
    assert {200, 307, 401, 404, 500, 502} <= found.statuses.keys(), found.statuses
    assert sum(found.seen.values()) > 150, found.seen
    assert found.learned > 0
