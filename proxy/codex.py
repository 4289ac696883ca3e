"""Codex: what its own headers tell of a request: of which kind it is, and where it works."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from mindhold.beliefs.text.machine import Errand

_ERRANDS = {"compaction": Errand.COMPACTION, "memory": Errand.ASIDE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Codex:
    """`errand`: what it wants for itself.

    `directory` is its first workspace, `origin` the git remote of that; empty: it says nothing.
    """

    errand: Errand | None = None
    directory: str = ""
    origin: str = ""


def is_codex(said: Mapping[str, str]) -> bool:
    """Whether the headers, by their names in lower case, are Codex's."""
    return said.get("originator", "").startswith("codex") or any(
        name.startswith("x-codex-") for name in said
    )


def read_codex(said: Mapping[str, str]) -> Codex:
    """What the headers say; odd ones say nothing."""
    if said.get("x-openai-memgen-request", "").lower() == "true":
        return Codex(errand=Errand.ASIDE)
    try:
        told = json.loads(said.get("x-codex-turn-metadata", "{}"))
        errand = _ERRANDS.get(told.get("request_kind"))
        directory, facts = next(iter((told.get("workspaces") or {"": {}}).items()))
        remotes = facts.get("associated_remote_urls") or {}
        return Codex(errand=errand, directory=directory, origin=str(remotes.get("origin", "")))
    except (ValueError, AttributeError, TypeError, RecursionError):
        return Codex()
