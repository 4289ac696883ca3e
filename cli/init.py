"""`mindhold init`: a short interview, and a config file that explains itself."""

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from mindhold.cli.choosing import asked, named
from mindhold.cli.draft import Choices, Mode, text
from mindhold.cli.failure import Failed
from mindhold.cli.neighbours import find
from mindhold.cli.places import Places
from mindhold.proxy.settings import ANTHROPIC, OPENAI

_VARIABLE = "env:MINDHOLD_OPENAI_KEY"
_NOBODY = 65534
_NO_LOGIN = {"nologin", "false", "sync", "halt", "shutdown"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line said, and is not asked."""

    mode: Mode | None = None
    observe: bool = False
    background: str | None = None
    model: str | None = None


def init(
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Take the defaults, ask nothing.")
    ] = False,
    mode: Annotated[Mode | None, typer.Option("--mode", help="How it learns.")] = None,
    observe: Annotated[
        bool, typer.Option("--observe", help="Learn, but put nothing into requests yet.")
    ] = False,
    background: Annotated[
        str | None,
        typer.Option(
            "--background",
            metavar="NAME",
            help="Whose model reads along: a server on this machine (ollama), an upstream "
            "(openai), or a URL. Without it and with --yes: none.",
        ),
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", metavar="NAME", help="With --background: which model.")
    ] = None,
) -> None:
    """Ask a few things, write the config file, and say how to point clients at the proxy.

    What an option says is not asked.
    """
    if model and not background:
        raise typer.BadParameter("--model goes with --background")
    places = Places.find()
    said = Options(mode=mode, observe=observe, background=background, model=model)
    if _keeps(places.config, yes):
        if said != Options():
            raise Failed(
                f"{places.config} is there, and --yes replaces no config: change it there."
            )
        typer.echo(f"Your config stays as it is: {places.config}")
    else:
        choices = Choices(others=_others(), found=tuple(find()))
        for one in choices.found:
            typer.echo(f"Found {one.name} at {one.base_url}, with {len(one.models)} models.")
        _write(places, _chosen(choices, said) if yes else _interview(choices, said))
        typer.echo(f"Written: {places.config}")
    _say_how(places)


def _chosen(choices: Choices, said: Options) -> Choices:
    """With what the command line said, and else the defaults."""
    choices = replace(choices, mode=said.mode or choices.mode, inject=not said.observe)
    if said.background is None:
        return choices
    known = {one.name: one for one in (choices.openai, ANTHROPIC)}
    reader = named(said.background, said.model, choices.found, known, _keeper())
    return replace(choices, reader=reader)


def _keeps(config: Path, yes: bool) -> bool:
    """A config that is there is replaced only after a question, and never by --yes."""
    if not config.exists():
        return False
    asked = f"{config} is there. Replace it? The old one is kept beside it"
    return yes or not typer.confirm(asked)


def _interview(choices: Choices, said: Options) -> Choices:
    choices = replace(choices, base_url=_asked_upstream())
    held = typer.confirm(
        "Shall the proxy hold the API key, in this system's keyring, so that clients need none "
        "but a token of the proxy?",
        default=False,
    )
    choices = _chosen(replace(choices, key=_keeper() if held else "passthrough"), said)
    if said.mode is None:
        choices = replace(choices, mode=_asked_mode())
    if choices.mode is Mode.OFF:
        return choices
    if not said.observe:
        observe = typer.confirm(
            "Observe first: learn from what you write, but put nothing into requests yet?",
            default=False,
        )
        choices = replace(choices, inject=not observe)
    if choices.reader is None:
        choices = replace(choices, reader=asked(choices.found, choices.openai, _keeper()))
    return choices


def _asked_mode() -> Mode:
    prompt = "How shall it learn? auto; curated: all waits for you; explicit: plain words only; off"
    while True:
        said = str(typer.prompt(prompt, default=Mode.AUTO.value)).strip().lower()
        if said in set(Mode):
            return Mode(said)
        typer.echo(f"Say one of {', '.join(Mode)}.")


def _keeper() -> str:
    """The keyring; a variable, of a name that no client reads, where no keyring keeps secrets."""
    from mindhold.proxy.keys import KeyUnavailable, limited, system_ring

    try:
        limited(system_ring)
    except KeyUnavailable:
        return _VARIABLE
    return "keyring"


def _asked_upstream() -> str:
    from mindhold.proxy.address import BadAddress, check_upstream

    while True:
        answer = str(
            typer.prompt("Where do calls go? An OpenAI-compatible URL", default=OPENAI.base_url)
        )
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
    draft.write_text(text(choices), encoding="utf-8")
    draft.chmod(0o600)
    load(draft, home=places.home)
    if places.config.exists():
        places.config.replace(places.config.with_name(f"{places.config.name}.old"))
    draft.replace(places.config)


def _say_how(places: Places) -> None:
    """What to paste, and the token where clients must hold one."""
    from mindhold.beliefs.database import Database
    from mindhold.cli import daemon
    from mindhold.cli.access import token_for
    from mindhold.cli.environment import Pointing, line
    from mindhold.cli.terminal import invocation

    settings, command = places.settings(), invocation(places)
    with Database.open(places.home) as database:
        token = token_for(settings, database)
    if settings.require_token == "always":  # noqa: S105 - a word of the config
        typer.echo("Callers must hold a token: others can log in to this machine, or you said so.")
    if reader := settings.learn.background:
        money = f" and {reader.daily_cost:g} of money" if reader.daily_cost is not None else ""
        limit = f"at most {reader.daily_tokens:,} tokens{money} a day"
        typer.echo(f"{reader.model} of {reader.upstream} reads along, {limit} (learn.background).")
    if not settings.inject.enabled:
        typer.echo("It observes: to put anything into requests, set inject.enabled to true there.")
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
    for name, value in Pointing(settings=settings, url=url, token=token).variables.items():
        typer.echo(f"  {line(name, value)}")
    typer.echo(f"\nOr one program, in the memory of its project:\n\n  {command} run -- CMD")
