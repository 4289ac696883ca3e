"""Unwell: what the daemon and the store say is wrong, worst first, in words for their owner."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from mindhold.beliefs.database import Database
from mindhold.cli.bypassed import bypassed
from mindhold.cli.daemon import Daemon
from mindhold.cli.places import Places
from mindhold.cli.trouble import Trouble

Health = dict[str, Any]

_MOMENT = timedelta(seconds=10)  # in which what is behind catches up of itself
_SLOW = timedelta(minutes=1)  # in which a turn is learned from, on a busy machine too
_FULL = 1000  # turns that may wait


def serving(places: Places, daemon: Daemon | None, health: Health | None) -> Iterator[Trouble]:
    """That nothing serves, or that chats go without memory."""
    if daemon is None:
        todo, since = "mindhold start", _last_line(places)
        said = "mindhold is not running for this store."
        if since:
            said = f"{said} Its log ends at {since.astimezone():%Y-%m-%d %H:%M}."
        yield Trouble(part="port", said=said, todo=todo, weight="out")
    elif health is None:
        said = f"Process {daemon.pid} does not answer at {daemon.url}."
        todo = f"mindhold restart; if that does not help: kill -9 {daemon.pid}"
        yield Trouble(part="port", said=said, todo=todo, weight="out")
    elif health.get("memory") not in {"on", "off"}:
        yield bypassed(str(health.get("reason") or ""), _moment(health.get("since")))


def behind(daemon: Daemon, health: Health) -> Iterator[Trouble]:
    """What else a running daemon has to tell, whether memory is out or not."""
    now = datetime.now(UTC)
    if found := _unwritten(health, now):
        yield found
    if missing := health.get("keys_missing"):
        yield Trouble(
            part="keys",
            said=f"{_many(missing, 'upstream has', 'upstreams have')} a key that the daemon could"
            " not read: calls to it are answered with an error.",
            todo="mindhold doctor says which. When it can be read: mindhold restart",
            since=datetime.fromtimestamp(daemon.since, UTC) if daemon.since else None,
        )
    if failing := health.get("snapshots"):
        why, todo = _WHY.get(failing["failing"], _WHY_ELSE)
        yield Trouble(
            part="snapshots",
            said=f"The daily copy of the store cannot be made: {why}.",
            todo=f"{todo} It is tried again every ten minutes.",
            since=_moment(failing["since"]),
        )
    if found := _index(health.get("index"), now):
        yield found


def lately(health: Health, *, everything: bool) -> Iterator[Trouble]:
    """What was given up within a day to spare the chat; without what a busy moment brings, unless
    everything is asked for."""
    out = {"lost"} if health.get("memory") == "bypass" else set()
    for name, told in health.get("lately", {}).items():
        if name in _LATELY and name not in out and (everything or name not in _BUSY):
            said, todo = _LATELY[name]
            last = datetime.fromisoformat(told["last"]).astimezone()
            often = f"{told['count']:,} times" if told["count"] > 1 else "once"
            said = f"{said}: {often} within a day, last at {last:%H:%M}."
            yield Trouble(part="lately", said=said, todo=todo, weight="note")


def unlearned(database: Database, *, running: bool) -> Iterator[Trouble]:
    """Turns that wait for longer than learning takes. Raises `StoreError`."""
    from mindhold.beliefs.learning.queue import standing

    count, since = standing(database)
    todo = "mindhold restart, then mindhold logs" if running else "mindhold start"
    if count >= _FULL:
        said = f"{count:,} things you said wait to be learned; for more there is no room."
        yield Trouble(part="learning", said=said, todo=todo, since=since)
    elif since and datetime.now(UTC) - since > _SLOW:
        said = f"{_many(count, 'thing you said waits', 'things you said wait')} to be learned."
        yield Trouble(part="learning", said=said, todo=todo, since=since)


def _unwritten(health: Health, now: datetime) -> Trouble | None:
    since = _moment(health.get("unwritten_since"))
    if not since or (now - since < _MOMENT and health.get("memory") != "bypass"):
        return None
    count = _many(health["unwritten"], "finished call waits", "finished calls wait")
    return Trouble(
        part="memory",
        said=f"{count} to be written down, in the daemon's memory alone.",
        todo="That is done by itself once the store can be written; a daemon that ends before"
        " then loses it.",
        since=since,
    )


def _index(lag: Health | None, now: datetime) -> Trouble | None:
    since = _moment(lag["since"]) if lag else None
    if lag is None or since is None or now - since < _MOMENT:
        return None
    many = _many(lag["entries"], "change", "changes")
    said = "The index is being built" if lag["whole"] else f"The index is {many} behind the store"
    return Trouble(
        part="index",
        said=f"{said}; until it is there, looking things up finds the same and takes longer.",
        todo="Wait, if much is held or was just imported. If this stays: mindhold logs",
        since=since,
    )


def _moment(told: object) -> datetime | None:
    return datetime.fromisoformat(told) if isinstance(told, str) else None


def _last_line(places: Places) -> datetime | None:
    from mindhold.cli.logfile import NAME

    try:
        return datetime.fromtimestamp((places.logs / NAME).stat().st_mtime, UTC)
    except OSError:
        return None


def _many(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


_WHY = {
    "store unwritable": ("the disk is full or read-only", "Make room, or make it writable."),
    "store broken": ("the store is damaged", "mindhold doctor says how."),
    "store missing": ("the store has gone", "Mount its disk again."),
    "store locked": ("another program holds the store", "End what else has store.db open."),
    "store sealed": ("the key of the store cannot be had", "Unlock the keyring."),
}
_WHY_ELSE = "something failed", "mindhold logs says what."
_BUSY = frozenset({"late", "busy"})
_LATELY = {
    "late": (
        "Calls went without new notes, since looking them up took too long",
        "Nothing, if the machine was busy. For more time: inject.deadline_ms in the config",
    ),
    "busy": (
        "Calls went without new notes, since too many came at once",
        "Nothing, if that was a burst.",
    ),
    "faults": (
        "A part of memory failed in a way that nobody foresaw",
        "mindhold logs says where; please report it.",
    ),
    "lost": (
        "The store could not be used for a while",
        "Nothing, if it was you who moved it or filled the disk; else: mindhold doctor",
    ),
    "failed": (
        "Something could not be written, indexed or copied",
        "mindhold logs says what and where.",
    ),
    "refused": (
        "Finished calls were not written down, nor learned from, since too many waited",
        "See to the disk of the store.",
    ),
    "unqueued": (
        "What you said was not learned from, since too much waited",
        "Say again what matters, or add it yourself: mindhold beliefs add",
    ),
    "unlearned": (
        "Learning from what you said failed in a way that nobody foresaw",
        "mindhold logs says where; please report it.",
    ),
}
