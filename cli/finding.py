"""Finding: what doctor found about one part."""

from dataclasses import dataclass

from mindhold.cli.trouble import Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`todo` is for the owner when it is not well; `since` is ISO 8601, where that is known."""

    part: str
    well: bool
    said: str
    todo: str = ""
    since: str | None = None


def found(trouble: Trouble) -> Finding:
    """A trouble as doctor tells it."""
    return Finding(
        part=trouble.part,
        well=trouble.weight == "note",
        said=trouble.sentence,
        todo=trouble.todo,
        since=trouble.row()["since"],
    )
