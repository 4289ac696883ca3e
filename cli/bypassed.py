"""What it means that chat goes on without memory, in a sentence for each reason, and what to do."""

_SAID = {
    "recall late": (
        "recall does not answer in time, since the machine is busy, its disk hangs or an index is"
        " being built. It is tried again within 30 seconds; if this stays, look at the load and at"
        " mindhold doctor"
    ),
    "store opening": "the store is still being opened. If this stays, look at mindhold logs",
    "store missing": (
        "the store is gone from its directory. Mount that disk again, or put a backup back with"
        " mindhold restore; nothing is begun in its place"
    ),
    "store newer": "a newer mindhold has written the store. Upgrade this one",
    "store broken": (
        "the store is damaged. mindhold doctor says how; put a backup back with mindhold restore"
    ),
    "store locked": (
        "another program holds the store for too long. It is tried again each second; end what"
        " else has store.db open"
    ),
    "store sealed": (
        "a key of the store cannot be had. Unlock the keyring: it is asked again each second. If"
        " this stays, mindhold doctor says where the key should be"
    ),
    "store unwritable": (
        "the disk is full or read-only. Make room; what waits is then written by itself"
    ),
}
_ELSE = "a part of it failed ({reason}). mindhold doctor and mindhold logs say more"


def bypassed(reason: str) -> str:
    """The sentence for the reason that /healthz gives."""
    said = _SAID.get(reason) or _ELSE.format(reason=reason or "no reason given")
    return f"Chat goes on without memory: {said}."
