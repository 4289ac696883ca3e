"""`mindhold service`: the daemon as a service of this user, started at login."""

import os
import shlex
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import typer

from mindhold.cli.daemon import STOP_SECONDS
from mindhold.cli.failure import Failed
from mindhold.cli.places import Places

app = typer.Typer(
    no_args_is_help=True,
    help="Start the daemon at login, as a service of this user; never needs root.",
)

_LABEL = "mindhold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A service manager: its file, how that is written, and the commands for the owner."""

    file: Path
    render: Callable[[list[str], Mapping[str, str], Path], bytes]
    enable: str
    disable: str


@app.command()
def install() -> None:
    """Write the service's file, and print the command that turns it on."""
    places, kind = Places.find(), _kind()
    places.settings()
    kind.file.parent.mkdir(parents=True, exist_ok=True)
    kind.file.write_bytes(kind.render(_command(), places.environment(), places.logs))
    typer.echo(f"Written: {kind.file}")
    typer.echo(f"Turn it on with:\n\n  {kind.enable}\n")


@app.command()
def uninstall() -> None:
    """Remove the service's file, and print the command that turns it off."""
    kind = _kind()
    if not kind.file.exists():
        typer.echo("No service is installed.")
        return
    kind.file.unlink()
    typer.echo(f"Removed: {kind.file}")
    typer.echo(f"If it was turned on, turn it off with:\n\n  {kind.disable}\n")


def _kind() -> Kind:
    if sys.platform == "darwin":
        return launchd(Path.home(), os.getuid())
    if sys.platform.startswith("linux"):
        return systemd(Path.home(), os.environ)
    raise Failed("Services are written for systemd and launchd only; use `mindhold start` here.")


def _command() -> list[str]:
    return [sys.executable, "-P", "-m", "mindhold", "serve", "--detached"]


def systemd(home: Path, environ: Mapping[str, str]) -> Kind:
    """A user unit, where systemd looks for them."""
    config = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    return Kind(
        file=config / "systemd" / "user" / f"{_LABEL}.service",
        render=_unit,
        enable=f"systemctl --user daemon-reload && systemctl --user enable --now {_LABEL}",
        disable=f"systemctl --user disable --now {_LABEL}; systemctl --user daemon-reload",
    )


def launchd(home: Path, user: int) -> Kind:
    """A launch agent of this user."""
    file = home / "Library" / "LaunchAgents" / f"{_LABEL}.plist"
    return Kind(
        file=file,
        render=_plist,
        enable=f"launchctl bootstrap gui/{user} {shlex.quote(str(file))}",
        disable=f"launchctl bootout gui/{user}/{_LABEL}",
    )


def _unit(command: list[str], environment: Mapping[str, str], _: Path) -> bytes:
    set_lines = [f"Environment={_quoted(f'{key}={value}')}" for key, value in environment.items()]
    lines = [
        "[Unit]",
        "Description=mindhold, memory for every LLM",
        "",
        "[Service]",
        f"ExecStart={' '.join(_quoted(part).replace('$', '$$') for part in command)}",
        *set_lines,
        "Restart=on-failure",
        f"TimeoutStopSec={STOP_SECONDS}",
        "UMask=0077",
        "",
        "[Install]",
        "WantedBy=default.target",
        "",
    ]
    return "\n".join(lines).encode()


def _quoted(part: str) -> str:
    """As systemd reads it: C escapes in double quotes, % doubled; in commands $ as well."""
    part = part.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{part}"'


def _plist(command: list[str], environment: Mapping[str, str], logs: Path) -> bytes:
    import plistlib

    logs.mkdir(mode=0o700, parents=True, exist_ok=True)
    return plistlib.dumps(
        {
            "Label": _LABEL,
            "ProgramArguments": command,
            "EnvironmentVariables": dict(environment),
            "RunAtLoad": True,
            "KeepAlive": {"SuccessfulExit": False},
            "ExitTimeOut": STOP_SECONDS,
            "Umask": 0o077,
            "StandardErrorPath": str(logs / "start.log"),
        }
    )
