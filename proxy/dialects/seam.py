"""A seam: the place in a body where a block goes, and the JSON that it needs around it."""

from dataclasses import dataclass

from mindhold.proxy.splice import quoted

Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seam:
    """The block takes the place of characters `at` to `end`, between `before` and `after`."""

    at: int
    end: int
    before: str = ""
    after: str = ""

    def edit(self, block: str) -> Edit:
        """The edit that puts the block in."""
        return self.at, self.end, self.before + quoted(block) + self.after
