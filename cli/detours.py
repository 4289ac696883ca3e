"""Detours: what in a program's own settings takes its requests past the proxy, or to a refusal."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from mindhold.cli.environment import Pointing

_CHATGPT = "https://chatgpt.com/backend-api/codex"
_CLOUDS = {
    "CLAUDE_CODE_USE_BEDROCK": "Amazon Bedrock",
    "CLAUDE_CODE_USE_VERTEX": "Google Vertex",
    "CLAUDE_CODE_USE_FOUNDRY": "Microsoft Foundry",
}


def detour(name: str, here: "Pointing", environ: Mapping[str, str]) -> str:
    """What the owner of this program should know before it starts, in one sentence; empty: nothing.

    Only what its files and variables say plainly; a file that cannot be read says nothing.
    """
    look = _LOOKS.get(name)
    return next(look(here, environ), "") if look else ""


def _codex(here: "Pointing", environ: Mapping[str, str]) -> Iterator[str]:
    """A login at ChatGPT is no key: OpenAI's API refuses it."""
    home = Path(environ.get("CODEX_HOME") or Path.home() / ".codex")
    signed_in = _at(home / "auth.json", "auth_mode") == "chatgpt"
    takers = [one for one in here.settings.upstreams if one.dialect == "openai"]
    hosts = [urlsplit(one.base_url).hostname for one in takers if one.key == "passthrough"]
    if signed_in and hosts and "chatgpt.com" not in hosts:
        yield (
            f"Codex is signed in with ChatGPT, a login that {hosts[0]} refuses: "
            f"codex login --with-api-key, or an upstream with base_url: {_CHATGPT}"
        )


def _claude(here: "Pointing", environ: Mapping[str, str]) -> Iterator[str]:
    """Its settings go before the variables that it inherits."""
    home = Path(environ.get("CLAUDE_CONFIG_DIR") or Path.home() / ".claude")
    local = Path.cwd() / ".claude"
    files = [home / "settings.json", local / "settings.json", local / "settings.local.json"]
    for file in files:
        said = _at(file, "env", "ANTHROPIC_BASE_URL")
        if said and said != here.url:
            yield f"Claude Code goes past mindhold: take ANTHROPIC_BASE_URL out of {file}."
    for variable, cloud in _CLOUDS.items():
        if environ.get(variable) or any(_at(file, "env", variable) for file in files):
            yield f"Claude Code goes past mindhold, to {cloud}: {variable} is set."


def _opencode(here: "Pointing", environ: Mapping[str, str]) -> Iterator[str]:
    """Signed in with ChatGPT, its plugin calls that by an address of its own."""
    share = Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    if _at(share / "opencode" / "auth.json", "openai", "type") == "oauth":
        yield (
            "opencode is signed in with ChatGPT and calls OpenAI's models there, past mindhold: "
            "opencode auth logout, and an API key in its place."
        )


_LOOKS: dict[str, Callable[["Pointing", Mapping[str, str]], Iterator[str]]] = {
    "claude": _claude,
    "codex": _codex,
    "opencode": _opencode,
}


def _at(file: Path, *keys: str) -> Any:
    """What stands under these keys in a JSON file; None where there is nothing to read."""
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found
