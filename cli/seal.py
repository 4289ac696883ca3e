"""`mindhold seal`: where the key is kept that proves each belief to be as mindhold wrote it."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from mindhold.beliefs import keyholder, resealing, sealkey
from mindhold.beliefs.database import Database
from mindhold.beliefs.errors import NotFound, SealKeyLost, StoreKeyLost, StoreSealed
from mindhold.beliefs.home import KEY, begun
from mindhold.cli import daemon
from mindhold.cli.encryption import KeyPath
from mindhold.cli.failure import Failed
from mindhold.cli.opened import HINT
from mindhold.cli.places import Places

_BESIDE = f"made of {KEY}, beside the store, which finds rot and stray edits, not a thief"
CONTRADICTED = (
    "the store says that their key lies beside it, and the keyring holds one: an older copy was"
    " put back, or another hand has changed it"
)
LOOK = "Look at what is held, then: mindhold seal --keyring"
_LOST = (
    "Without it nobody can tell whether a belief was changed by another hand. {sealed} beliefs say "
    "what their journal says, {damaged} do not.\nIs there a backup, or is that key elsewhere? If "
    "not, look at what is held, then: mindhold seal --accept"
)


def seal(
    key_file: KeyPath = None,
    *,
    keyring: Annotated[
        bool, typer.Option("--keyring", help="Keep the key in the system's keyring.")
    ] = False,
    beside: Annotated[
        bool, typer.Option("--beside", help="Make it of the key beside the store, as at first.")
    ] = False,
    accepted: Annotated[
        bool, typer.Option("--accept", help="The key is lost: seal what the journal confirms.")
    ] = False,
) -> None:
    """Say where the key of the seals is kept, or seal all beliefs anew with one kept elsewhere.

    The daemon must be stopped for that. Each belief has a seal, which is checked before the belief
    is given to a model. Without the key beliefs can be read at the command line, and neither given
    nor changed.
    """
    home = Places.find().home
    if not begun(home):
        raise NotFound(HINT)
    if (key_file is not None) + keyring + beside > 1:
        raise typer.BadParameter("One of --keyring, --key-file and --beside.")
    if not (key_file or keyring or beside or accepted):
        _tell(home)
        return
    where = keyholder.in_file(key_file) if key_file else keyholder.KEYRING if keyring else None
    with daemon.hold(home):
        _say(_accepted(home, where) if accepted else resealing.reseal(home, where), where)


def told(where: str | None) -> str:
    """Where the key of the seals is, and what that is good for."""
    if where is None:
        return _BESIDE
    return f"in {keyholder.told(where)}, out of reach of who has the store's files only"


def contradicted(home: Path, identity: str) -> bool:
    """Whether the keyring holds a key of the seals of a store that says its own lies beside it."""
    with suppress(StoreSealed):
        return bool(sealkey.held(home, keyholder.KEYRING, identity))
    return False


def _accepted(home: Path, where: str | None) -> resealing.Resealed:
    """For a store whose key is lost only: beliefs of others are repaired one by one."""
    try:
        with Database.open(home, create=False, readonly=True, proving=True) as database:
            if not isinstance(database.unproven, SealKeyLost):
                database.demand_proof()
                raise Failed("The key is there; mindhold beliefs repair shows what is damaged.")
    except StoreKeyLost:
        pass
    return resealing.accept(home, where)


def _tell(home: Path) -> None:
    try:
        with Database.open(home, create=False, readonly=True, proving=True) as database:
            where, identity = database.seal_place, database.identity
            typer.echo(f"The key of the seals is {told(where)}.")
            database.demand_proof()
    except (StoreKeyLost, SealKeyLost):
        found = resealing.look(home)
        typer.echo(_LOST.format(sealed=found.sealed, damaged=found.damaged))
        raise
    if where is None and contradicted(home, identity):
        raise Failed(f"But {CONTRADICTED}. {LOOK}")


def _say(found: resealing.Resealed, where: str | None) -> None:
    count = f"{found.sealed:,} belief{'' if found.sealed == 1 else 's'}"
    typer.echo(f"Sealed: {count}. The key is {told(where)}.")
    if found.damaged:
        typer.echo(f"{found.damaged:,} not as mindhold wrote them: mindhold beliefs repair")
    if where is not None:
        typer.echo("Without it beliefs are given to no model and cannot be changed: keep it.")
