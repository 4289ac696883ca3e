"""A change as its owner is told of it: what was done and how to undo it, in a line."""

from collections.abc import Callable, Mapping

from mindhold.beliefs.exchange import to_json
from mindhold.beliefs.model import Belief
from mindhold.beliefs.shorthand import short
from mindhold.beliefs.store import Store
from mindhold.beliefs.write import Write
from mindhold.cli import screen
from mindhold.cli.opened import changing, owning
from mindhold.cli.terminal import data


def do(id_: str, verb: Callable[[Write, Belief], Belief], told: str, *, json: bool) -> None:
    """One verb on one belief, told."""
    with owning() as store:
        before = store.resolve(id_)
        with changing(store) as write:
            made = verb(write, before)
        say(store, made, told, json=json, before=before)


def say(
    store: Store,
    made: Belief,
    told: str,
    *,
    json: bool,
    before: Belief | None = None,
    under: str | None = None,
    more: Mapping[str, object] | None = None,
) -> None:
    """What was done and how to undo it, in a line; or the belief as it now stands.

    `told` has a place for its name, `under` is the one of its names that it is about; `more` is
    for programs.
    """
    if json:
        data({**to_json(made), **(more or {})})
        return
    id_ = short(store.database, made.id)
    told = told.format(f"{made.canonical_name} ({id_})") + (f" under “{under}”" if under else "")
    if before and made.live and not before.live:
        told += f"; it is {made.state.value} now"
    line = f"{told}. Undo: mindhold beliefs undo {id_}"
    if before and before.version == made.version:
        line = f"Nothing changed in {made.canonical_name} ({id_})."
    screen.answer().print(line, soft_wrap=True)
