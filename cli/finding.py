"""A finding: what `mindhold doctor` says of one part."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found about one part; `todo` is for the owner when it is not well."""

    part: str
    well: bool
    said: str
    todo: str = ""
