"""Trouble: one thing that is not as it should be, in words: what, since when, what to do."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from mindhold.cli.moments import lasting

Weight = Literal["out", "wrong", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """`part` is where doctor tells it, `since` is None where nobody knows.

    `weight`: while one is `out`, nothing serves or chats go without memory; `wrong` is what else
    its owner has to mend, `note` what is good to know.
    """

    part: str
    said: str
    todo: str = ""
    since: datetime | None = None
    weight: Weight = "wrong"

    @property
    def sentence(self) -> str:
        """What is wrong and since when."""
        if self.since is None:
            return self.said
        now = datetime.now(UTC)
        there, here = self.since.astimezone(), now.astimezone()
        day = "" if there.date() == here.date() else f"{there:%Y-%m-%d} "
        return f"{self.said} Since {day}{there:%H:%M}, for {lasting(now - self.since)}."

    def row(self) -> dict[str, Any]:
        """For programs; times are ISO 8601."""
        since = self.since and self.since.astimezone().isoformat(timespec="seconds")
        return {
            "part": self.part,
            "said": self.said,
            "since": since,
            "todo": self.todo,
            "weight": self.weight,
        }
