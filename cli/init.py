"""`mindhold init`: a short interview, and a config file that explains itself."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from mindhold.cli.places import Places

_OPENAI = "https://api.openai.com/v1"
_VARIABLE = "env:MINDHOLD_OPENAI_KEY"
_NOBODY = 65534
_NO_LOGIN = {"nologin", "false", "sync", "halt", "shutdown"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the interview found out; the defaults are those of `--yes`."""

    base_url: str = _OPENAI
    key: str = "passthrough"
    inject: bool = True
    others: bool = False  # whether other people can log in to this machine


def init(
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Take the defaults, ask nothing.")
    ] = False,
) -> None:
    """Ask a few things, write the config file, and say how to point clients at the proxy."""
    places = Places.find()
    if _keeps(places.config, yes):
        typer.echo(f"Your config stays as it is: {places.config}")
    else:
        _write(places, Choices(others=_others()) if yes else _interview())
        typer.echo(f"Written: {places.config}")
    _say_how(places)


def _keeps(config: Path, yes: bool) -> bool:
    """A config that is there is replaced only after a question, and never by --yes."""
    if not config.exists():
        return False
    asked = f"{config} is there. Replace it? The old one is kept beside it"
    return yes or not typer.confirm(asked)


def _interview() -> Choices:
    base_url = _asked_upstream()
    held = typer.confirm(
        "Shall the proxy hold the API key, in this system's keyring, so that clients need none "
        "but a token of the proxy?",
        default=False,
    )
    observe = typer.confirm(
        "Observe first: learn from what you write, but put nothing into requests yet?",
        default=False,
    )
    return Choices(
        base_url=base_url,
        key=_keeper() if held else "passthrough",
        inject=not observe,
        others=_others(),
    )


def _keeper() -> str:
    """The keyring; a variable, of a name that no client reads, where no keyring keeps secrets."""
    from mindhold.proxy.keys import KeyUnavailable, system_ring

    try:
        system_ring()
    except KeyUnavailable:
        return _VARIABLE
    return "keyring"


def _asked_upstream() -> str:
    from mindhold.proxy.address import BadAddress, check_upstream

    while True:
        answer = str(typer.prompt("Where do calls go? An OpenAI-compatible URL", default=_OPENAI))
        try:
            check_upstream(answer, local=False)
        except BadAddress as error:
            typer.echo(f"That {error}")
        else:
            return answer


def _others() -> bool:
    """Whether somebody else can log in here: a person's account with a shell and a way in."""
    import pwd

    first = 500 if os.uname().sysname == "Darwin" else 1000
    people = [one for one in pwd.getpwall() if one.pw_uid >= first and one.pw_uid != _NOBODY]
    locked = _locked()
    return any(
        one.pw_uid != os.getuid()
        and Path(one.pw_shell).name not in _NO_LOGIN
        and Path(one.pw_dir).is_dir()
        and (one.pw_name not in locked or (Path(one.pw_dir) / ".ssh/authorized_keys").exists())
        for one in people
    )


def _locked() -> set[str]:
    """Accounts without a password that works; empty where only root may know."""
    try:
        lines = Path("/etc/shadow").read_text().splitlines()
    except OSError:
        return set()
    fields = [line.split(":") for line in lines if line.count(":") > 1]
    return {name for name, password, *_ in fields if password[:1] in {"!", "*"}}


def _write(places: Places, choices: Choices) -> None:
    """Write it whole or not at all, beside an old one; what cannot be read back is our fault."""
    from mindhold.proxy.config import load

    places.config.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = places.config.with_name(f"{places.config.name}.new")
    draft.write_text(_text(choices), encoding="utf-8")
    draft.chmod(0o600)
    load(draft, home=places.home)
    if places.config.exists():
        places.config.replace(places.config.with_name(f"{places.config.name}.old"))
    draft.replace(places.config)


def _text(choices: Choices) -> str:
    from mindhold.cli.neighbours import find

    found = find()
    for one in found:
        typer.echo(f"Found {one.name} at {one.base_url}, with {len(one.models)} models.")
    local = "".join(_upstream(one.name, one.base_url, "none", one.models) for one in found)
    token = "always" if choices.others else "auto"
    why = "others can log in to this machine" if choices.others else "when the proxy holds a key"
    return f"""\
# mindhold's config. Every key with its default: config.example.yaml of the project.
# API keys never stand here: `mindhold keys set NAME` puts one into the system's keyring.

listen:
  host: localhost
  port: 7723

# The first that fits the model is asked; `demo` is built in.
upstreams:
{local}{_upstream("openai", choices.base_url, choices.key)}\
  - name: anthropic
    dialect: anthropic
    base_url: https://api.anthropic.com
    key: passthrough       # the caller's own

inject:
  enabled: {str(choices.inject).lower():<16}# false: observe; learn, and put nothing into requests

learn:
  mode: auto              # off; explicit: plain statements only; curated: all waits for you

# The memory of calls that name no scope of their own.
default_scope: domain:general

auth:
  require_token: {token:<9}# {why}
"""


def _upstream(name: str, base_url: str, key: str, models: tuple[str, ...] = ()) -> str:
    import json

    lines = [
        f"  - name: {name}",
        "    dialect: openai",
        f"    base_url: {json.dumps(base_url)}",
        f"    key: {key}",
    ]
    if models:
        lines.append(f"    models: {json.dumps(models, ensure_ascii=False)}")
    return "".join(f"{line}\n" for line in lines)


def _say_how(places: Places) -> None:
    """What to paste, and the token where clients must hold one."""
    from mindhold.beliefs.database import Database
    from mindhold.cli import daemon
    from mindhold.cli.access import token_for
    from mindhold.cli.environment import line, pointing
    from mindhold.cli.terminal import invocation

    settings, command = places.settings(), invocation(places)
    with Database.open(places.home) as database:
        token = token_for(settings, database)
    if settings.require_token == "always":  # noqa: S105 - a word of the config
        typer.echo("Callers must hold a token: others can log in to this machine, or you said so.")
    for upstream in settings.upstreams:
        if upstream.key == "keyring":
            typer.echo(f"Keep the key of {upstream.name}: {command} keys set {upstream.name}")
        elif upstream.key == _VARIABLE:
            name = _VARIABLE.removeprefix("env:")
            typer.echo(
                f"No keyring here keeps secrets: put the key of {upstream.name} into {name}."
            )
    url = daemon.url(settings.listen.host, settings.listen.port)
    typer.echo(f"\nStart it:\n\n  {command} start\n\nPoint clients at it, in your shell:\n")
    for name, value in pointing(settings, url, token).items():
        typer.echo(f"  {line(name, value)}")
    typer.echo(f"\nOr one program, in the memory of its project:\n\n  {command} run -- CMD")
