"""Rescue: what can be put in the place of a store that is damaged or gone; offered, never done."""

from datetime import datetime
from pathlib import Path

from mindhold.beliefs.errors import StoreBroken, StoreError, StoreMissing

COMMAND = "mindhold stop; mindhold restore --snapshot latest; mindhold start"


def offer(home: Path, error: StoreError) -> str | None:
    """The newest good snapshot in a sentence, where the error is one that it mends."""
    from mindhold.beliefs import snapshots

    if not isinstance(error, StoreBroken | StoreMissing):
        return None
    for snapshot, held in snapshots.good(home):
        count = f"{held.beliefs:,} belief{'' if held.beliefs == 1 else 's'}"
        return f"The newest good snapshot is from {when(snapshot.at)} and holds {count}."
    return None


def when(moment: datetime) -> str:
    """`2026-11-21 14:03`, in this machine's time zone."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
