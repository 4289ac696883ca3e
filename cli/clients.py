"""Clients: the program that a command starts, and what that one reads of its own."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mindhold.cli.failure import Failed

if TYPE_CHECKING:
    from mindhold.proxy.settings import Client, Reads, Settings

_TABLE = Path(__file__).with_name("clients.yaml")
_STARTERS = {"npx", "bunx", "uvx"}  # whose first word that is no option names the program
_YES = {"-y", "--yes"}  # the only options of theirs that say nothing of which program it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What to start and under which variables; None is one that must not be there."""

    command: tuple[str, ...]
    environment: Mapping[str, str | None]

    def within(self, environ: Mapping[str, str]) -> dict[str, str]:
        """The whole environment, with these variables over what is there."""
        return {
            name: value
            for name, value in {**environ, **self.environment}.items()
            if value is not None
        }


def client_of(command: Sequence[str], settings: "Settings") -> "Client | None":
    """The program with a row of its own that this command starts, as far as its words say so."""
    at = _program(command)
    if at is None:
        return None
    name = _name(command[at])
    for row in (*settings.clients, *built_in()):
        if name == row.name or name in row.also:
            return row
    return None


def arranged(
    command: Sequence[str],
    reads: "Sequence[Reads]",
    fill: Mapping[str, str],
    environ: Mapping[str, str],
) -> Start:
    """The command and its environment with what its client reads, each over the one before.

    The owner's arguments come after ours, and documents of the environment go over ours.
    """
    at = (_program(command) or 0) + 1
    args = next((one.args for one in reversed(reads) if one.args), ())
    environment: dict[str, str | None] = {}
    for one in reads:
        environment |= dict(_variables(one, fill, {**environ, **environment}))
    return Start(
        command=(*command[:at], *(_filled(word, fill) for word in args), *command[at:]),
        environment=environment,
    )


def refusal(client: "Client", url: str) -> str:
    """Why the program cannot be pointed at the proxy and what can be done; empty if it can."""
    return _filled(client.refuse, {"url": url})


def built_in() -> "tuple[Client, ...]":
    """The rows that come with the program."""
    from mindhold.proxy.clients import clients
    from mindhold.proxy.fields import document

    root = document(_TABLE)
    assert root is not None  # noqa: S101 - it stands in the package
    return clients(root, "clients")


def _program(command: Sequence[str]) -> int | None:
    """Where the program's name stands: behind `env A=1`, `npx -y` and `python -m` too."""
    at, last = 0, len(command) - 1
    while at < last:
        name = Path(command[at]).name
        if name == "env":
            at += 1
            while at < last and "=" in command[at]:
                at += 1
        elif name in _STARTERS:
            at += 1
            while at < last and command[at] in _YES:
                at += 1
            break
        elif re.fullmatch(r"python[0-9.]*", name) and command[at + 1] == "-m" and at + 1 < last:
            at += 2
            break
        else:
            break
    return at if at <= last else None


def _name(word: str) -> str:
    """The bare name: of a path, of `codex.cmd`, of the package `@openai/codex@latest`."""
    return re.sub(r"(?<=.)(@.*|\.cmd|\.exe|\.[cm]?js)$", "", Path(word).name)


def _variables(
    reads: "Reads", fill: Mapping[str, str], before: Mapping[str, str | None]
) -> "Iterator[tuple[str, str | None]]":
    for name, value in reads.env.items():
        known = {**fill, "inherited": before.get(name) or ""}
        yield name, value and _filled(value, known).strip()
    for name, text in reads.json.items():
        yield name, _over(name, json.loads(_filled(text, fill)), before.get(name))


def _over(name: str, ours: Any, theirs: str | None) -> str:
    try:
        return json.dumps(_merged(ours, json.loads(theirs or "{}")))
    except ValueError:
        raise Failed(f"{name} is set, and holds no JSON that could be added to.") from None


def _merged(ours: Any, theirs: Any) -> Any:
    """Two documents as one; where both say something, theirs."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours | {key: _merged(ours.get(key), value) for key, value in theirs.items()}
    return theirs


def _filled(text: str, fill: Mapping[str, str]) -> str:
    for place, value in fill.items():
        text = text.replace(f"{{{place}}}", value)
    return text
