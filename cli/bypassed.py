"""What it means that chat goes on without memory, for each reason, and what to do."""

from datetime import datetime

from mindhold.cli.trouble import Trouble

_SAID = {
    "recall late": (
        (
            "looking things up takes too long, since the machine is busy, its disk hangs, or the"
            " index is being built"
        ),
        (
            "It is tried again within 30 seconds. If this stays, see what keeps the machine busy,"
            " or give it more time: inject.deadline_ms in the config, then mindhold restart"
        ),
    ),
    "store opening": (
        "the store is still being opened",
        "Wait a moment. If this stays: mindhold logs",
    ),
    "store missing": (
        "the store has gone from its directory",
        (
            "Mount that disk again, or put a backup back: mindhold restore. Nothing is begun in its"
            " place, and memory returns by itself."
        ),
    ),
    "store newer": (
        "a newer mindhold has written the store",
        "Upgrade this one, then: mindhold restart",
    ),
    "store broken": (
        "the store is damaged",
        "Put a backup back: mindhold restore. Nothing is written over what is there.",
    ),
    "store locked": (
        "another program holds the store for too long",
        "End what else has store.db open. It is tried again each second.",
    ),
    "store sealed": (
        "a key of the store cannot be had",
        (
            "Unlock the keyring, or put the key file back: it is asked for again each second. If"
            " this stays: mindhold doctor says where the key should be"
        ),
    ),
    "store unwritable": (
        "the disk is full or read-only",
        "Make room, or make it writable. What waits is then written by itself.",
    ),
}
_ELSE = "a part of it failed ({reason})", "mindhold logs says where; mindhold doctor looks at all."


def bypassed(reason: str, since: datetime | None = None) -> Trouble:
    """What /healthz means by its reason."""
    said, todo = _SAID.get(reason, _ELSE)
    said = said.format(reason=reason or "no reason given")
    return Trouble(
        part="memory",
        said=f"Chat goes on without memory: {said}.",
        todo=todo,
        since=since,
        weight="out",
    )
