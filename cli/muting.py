"""`mindhold beliefs mute`: a belief, or one of its names, that shall no longer be heard."""

from typing import Annotated

import typer

from mindhold.beliefs.model import Belief
from mindhold.cli import options, screen
from mindhold.cli.done import say
from mindhold.cli.failure import Failed
from mindhold.cli.opened import changing, owning
from mindhold.cli.terminal import AsJson


def mute(
    id_: options.Reference,
    words: Annotated[
        str | None, typer.Argument(metavar="[SURFACE]", help="One of its names; else all of it.")
    ] = None,
    off: Annotated[bool, typer.Option("--off", help="Let it be heard again.")] = False,
    json: AsJson = False,
) -> None:
    """Keep a belief, or one of its names, from bringing it up.

    A name is muted however it is written; other beliefs that have it keep it.
    """
    with owning() as store:
        before = store.resolve(id_)
        name = name_of(before, words) if words else None
        with changing(store) as write:
            made = write.mute(before.id, name, on=not off)
        told = "Unmuted {}" if off else "Muted {}"
        say(store, made, told, json=json, before=before, under=name)
        if not json:
            tell_silence(made)


def name_of(belief: Belief, words: str) -> str:
    """The name of the belief that retrieval would take these words for; raises `Failed`."""
    from mindhold.retrieval.mention import mentions
    from mindhold.retrieval.message import Message
    from mindhold.retrieval.rank import best
    from mindhold.retrieval.surface import named

    message, called = Message(words), named(belief)
    found = [one for one in mentions(message, called) if one.count == len(message.tokens)]
    if not found:
        names = ", ".join(f"“{surface.text}”" for surface in called.surfaces)
        raise Failed(f"{belief.canonical_name} has no name “{words}”; it is called {names}.")
    return best(message, found).surface.text


def tell_silence(belief: Belief) -> None:
    """Say so when the last of its names is muted."""
    from mindhold.retrieval.surface import named

    if not belief.muted and all(surface.muted for surface in named(belief).surfaces):
        line = "None of its names is left, so no message brings it up."
        screen.aside().print(line, style="dim", soft_wrap=True)
