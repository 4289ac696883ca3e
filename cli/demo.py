"""`mindhold demo`: the whole story in a minute, with no key and no network."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from mindhold.cli.failure import Failed
from mindhold.cli.places import Places
from mindhold.cli.terminal import mark
from mindhold.cli.throwaway import say, throwaway

if TYPE_CHECKING:
    from mindhold.beliefs.store import Store
    from mindhold.cli.daemon import Daemon

_HERE, _ELSEWHERE = "/scope/project:my-app", "/scope/project:another"
_FIRST = (
    "We use Jest for our tests.",
    "Our release day is Friday.",
    "I'm not sure whether to use Redis or Postgres for the job queue.",
)
_LATER = (
    "We moved from Jest to Vitest.",
    "Actually, our release day is Tuesday, not Friday.",
    "We decided on Postgres for the job queue.",
)
_ASKED = "How do I set up Jest for the job queue before release day?"
_LEARN_SECONDS = 10.0


def demo() -> None:
    """A few conversations through the real proxy and its built-in model, in a place of their own.

    Nothing of it stays, and nothing that you hold is touched.
    """
    typer.echo("A proxy of its own starts, with an empty memory and a model that is built in.")
    with throwaway() as (places, serving):
        typer.echo(f"It listens at {serving.url}/v1, like any OpenAI-compatible server.")
        _chapter("A conversation in the project my-app")
        _talk(places, serving, _FIRST)
        _chapter("What was learned from it")
        _command(places, "beliefs", "list")
        _chapter("Later, in other conversations: a change, a correction, and what was open decided")
        for told in _LATER:
            _talk(places, serving, [told])
        _chapter("What is held now, and what became of the rest")
        _command(places, "beliefs", "list")
        typer.echo()
        _command(places, "beliefs", "history")
        _chapter("The next day, a new conversation in the same project")
        answer = say(serving, _ASKED, prefix=_HERE)
        _spoken(_ASKED, answer.text)
        _chapter("Why the model was told that")
        _command(places, "why", answer.request)
        _chapter("The same question in another project: nothing of this one gets there")
        _spoken(_ASKED, say(serving, _ASKED, prefix=_ELSEWHERE).text)
    typer.echo("\nThat proxy has ended and its memory is gone.")
    typer.echo("For one of your own: `mindhold init`, then `mindhold start`.")


def _talk(places: Places, serving: "Daemon", texts: Sequence[str]) -> None:
    """One conversation, turn after turn, each of which teaches something."""
    from mindhold.beliefs.store import Store

    earlier: list[dict[str, str]] = []
    with Store.open(places.home) as store:
        for text in texts:
            before = store.sequence
            answer = say(serving, text, prefix=_HERE, earlier=earlier)
            _spoken(text, answer.text)
            earlier += [
                {"role": "user", "content": text},
                {"role": "assistant", "content": answer.text},
            ]
            _wait_for_more(store, before)


def _chapter(title: str) -> None:
    typer.echo(f"\n{mark(title, 'cyan')}\n")


def _spoken(asked: str, answered: str) -> None:
    """Both sides; of the model's the part about its memory, for it repeats the message first."""
    memory = answered.partition("\n\n")[2] or answered
    for who, text in (("you", asked), ("model", memory)):
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


def _wait_for_more(store: "Store", sequence: int) -> None:
    """Learning goes on behind the answer; a moment is enough."""
    until = time.monotonic() + _LEARN_SECONDS
    while store.sequence == sequence:
        if time.monotonic() > until:
            raise Failed("Nothing was learned; please report this.")
        time.sleep(0.02)
