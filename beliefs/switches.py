"""The owner's two switches: learning and injection, each paused for a while or until resumed."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from mindhold.beliefs.codec import microseconds, moment
from mindhold.beliefs.database import Database

Switch = Literal["learn", "inject"]
SWITCHES: tuple[Switch, ...] = ("learn", "inject")
_SINCE = "{} paused"  # the key of the moment at which it was
_FOREVER = (1 << 62) - 1  # microseconds: past any clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Pauses:
    """Until when each switch is paused, in microseconds since 1970; 0 is not paused."""

    learn: int = 0
    inject: int = 0

    def paused(self, switch: Switch, now: datetime) -> bool:
        """Whether the switch is off at `now`."""
        return microseconds(now) < (self.learn if switch == "learn" else self.inject)

    def until(self, switch: Switch) -> datetime | None:
        """When the pause ends; None when it has no end, or when there is none."""
        end = self.learn if switch == "learn" else self.inject
        return None if end in {0, _FOREVER} else moment(end)


def read(database: Database) -> Pauses:
    """The switches as they stand."""
    found = {row["name"]: row["until"] for row in database.rows("SELECT * FROM switches")}
    return Pauses(learn=found.get("learn", 0), inject=found.get("inject", 0))


def pause(database: Database, switch: Switch, until: datetime | None = None) -> None:
    """Turns the switch off; `until` None: until `resume`."""
    end, now = _FOREVER if until is None else microseconds(until), datetime.now(UTC)
    began = since(database, switch, now) or now
    with database.transaction() as connection:
        connection.execute("INSERT OR REPLACE INTO switches VALUES (?, ?)", (switch, end))
        connection.execute(
            "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
            (_SINCE.format(switch), str(microseconds(began))),
        )


def since(database: Database, switch: Switch, now: datetime) -> datetime | None:
    """Since when the switch is off; None while it is on, or where an older mindhold paused it."""
    rows = database.rows("SELECT value FROM meta WHERE key = ?", _SINCE.format(switch))
    return moment(int(rows[0][0])) if rows and read(database).paused(switch, now) else None


def resume(database: Database, switch: Switch) -> None:
    """Turns the switch on again."""
    with database.transaction() as connection:
        connection.execute("DELETE FROM switches WHERE name = ?", (switch,))
