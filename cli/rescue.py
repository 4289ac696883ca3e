"""Rescue: what can be put in the place of a store that is damaged or gone; offered, never done."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from mindhold.beliefs.errors import StoreBroken, StoreError, StoreKeyLost, StoreMissing

COMMAND = "mindhold stop; mindhold restore --snapshot latest; mindhold start"


def offer(home: Path, error: StoreError) -> str | None:
    """The newest good snapshot in a sentence, where the error is one that it mends."""
    from mindhold.beliefs import snapshots

    if not isinstance(error, StoreBroken | StoreMissing) or isinstance(error, StoreKeyLost):
        return None
    for snapshot, held in snapshots.good(home, datetime.now(UTC)):
        count = f"{held.beliefs:,} belief{'' if held.beliefs == 1 else 's'}"
        return f"The newest good snapshot is from {when(snapshot.at)} and holds {count}."
    return None


def key(home: Path) -> str | None:
    """How the store gets its own key back, where a snapshot has kept it and another's is there."""
    from mindhold.beliefs.home import KEY, SNAPSHOTS
    from mindhold.beliefs.snapshots import keyed

    with suppress(StoreError):
        if keyed(home):
            copy = home / SNAPSHOTS / KEY
            return f"It is kept: mv {home / KEY} {home / KEY}.other; cp {copy} {home / KEY}"
    return None


def when(moment: datetime) -> str:
    """`2026-11-21 14:03`, in this machine's time zone."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
