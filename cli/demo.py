"""`mindhold demo`: the whole story in a minute, with no key and no network."""

import os
import subprocess
import sys
import time

import typer

from mindhold.cli.failure import Failed
from mindhold.cli.places import Places
from mindhold.cli.terminal import mark
from mindhold.cli.throwaway import say, throwaway

_HERE, _ELSEWHERE = "/scope/project:my-app", "/scope/project:another"
_TOLD = "We moved from Jest to Vitest."
_ASKED = "How do I set up Jest for a new package?"
_LEARN_SECONDS = 10.0


def demo() -> None:
    """Two conversations through the real proxy and its built-in model, in a place of their own.

    Nothing of it stays, and nothing that you hold is touched.
    """
    typer.echo("A proxy of its own starts, with an empty memory and a model that is built in.")
    with throwaway() as (places, serving):
        typer.echo(f"It listens at {serving.url}/v1, like any OpenAI-compatible server.")
        _chapter("A conversation in the project my-app")
        _spoken(_TOLD, say(serving, _TOLD, prefix=_HERE).text)
        _wait_for_a_belief(places)
        _chapter("What was learned from it")
        _command(places, "beliefs", "list")
        _chapter("The next day, a new conversation in the same project")
        answer = say(serving, _ASKED, prefix=_HERE)
        _spoken(_ASKED, answer.text)
        _chapter("Why the model was told that")
        _command(places, "why", answer.request)
        _chapter("The same question in another project: nothing of this one gets there")
        _spoken(_ASKED, say(serving, _ASKED, prefix=_ELSEWHERE).text)
    typer.echo("\nThat proxy has ended and its memory is gone.")
    typer.echo("For one of your own: `mindhold init`, then `mindhold start`.")


def _chapter(title: str) -> None:
    typer.echo(f"\n{mark(title, 'cyan')}\n")


def _spoken(asked: str, answered: str) -> None:
    for who, text in (("you", asked), ("model", answered)):
        head, *rest = text.splitlines() or [""]
        typer.echo(f"  {mark(f'{who:>5}', 'green')}  {head}")
        for line in rest:
            typer.echo(f"         {line}".rstrip())


def _command(places: Places, *arguments: str) -> None:
    """What the owner would type, and what it prints."""
    typer.echo(f"  $ mindhold {' '.join(arguments)}")
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-P", "-m", "mindhold", *arguments],
        env={**os.environ, **places.environment()},
        capture_output=True,
        text=True,
        check=False,
    )
    for line in done.stdout.splitlines():
        typer.echo(f"  {line}".rstrip())


def _wait_for_a_belief(places: Places) -> None:
    """Learning goes on behind the answer; a moment is enough."""
    from mindhold.beliefs.store import Store

    until = time.monotonic() + _LEARN_SECONDS
    with Store.open(places.home, create=False) as store:
        while not store.count():
            if time.monotonic() > until:
                raise Failed("Nothing was learned; please report this.")
            time.sleep(0.02)
