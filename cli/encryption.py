"""`mindhold encrypt`, `decrypt`, `rekey`: the store under a key, the way back, and another key."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from mindhold.beliefs import custody, keyholder, snapshots
from mindhold.beliefs.cipher import Cipher
from mindhold.beliefs.conversion import convert
from mindhold.beliefs.errors import NotFound
from mindhold.beliefs.faults import boundary, files
from mindhold.beliefs.home import INDEX, LOCK, begun
from mindhold.beliefs.store import Store
from mindhold.beliefs.storelock import PATIENCE, StoreLock
from mindhold.cli import daemon
from mindhold.cli.failure import Failed
from mindhold.cli.opened import HINT
from mindhold.cli.places import Places
from mindhold.retrieval import shelter

KeyPath = Annotated[
    Path | None,
    typer.Option(
        "--key-file",
        metavar="PATH",
        help="Keep the key in this private file, and not in the system's keyring.",
    ),
]


def encrypt(key_file: KeyPath = None) -> None:
    """Encrypt the whole store with SQLCipher, under a new key in the system's keyring.

    The daemon must be stopped. The index is then kept in memory only, and copies that were not
    encrypted are deleted. Without its key nobody can read the store, you neither.
    """
    where = keyholder.in_file(key_file) if key_file else keyholder.KEYRING
    with _alone() as home:
        if custody.of(home) is not None:
            raise Failed("The store is encrypted already; mindhold rekey gives it another key.")
        _change(home, where, None, Cipher.new())
    typer.echo(f"The store is encrypted; its key is in {keyholder.told(where)}.")
    _warn(where)


def decrypt() -> None:
    """Write the store as a plain file again, and let go of its key."""
    with _alone() as home:
        before, where = _encrypted(home)
        _change(home, where, before, None)
    typer.echo("The store is a plain file again, which whoever can read your files can read.")


def rekey(
    key_file: KeyPath = None,
    keyring: Annotated[
        bool, typer.Option("--keyring", help="Keep the new key in the system's keyring.")
    ] = False,
) -> None:
    """Encrypt the store under another key; it is kept where the old one was, unless told."""
    if key_file and keyring:
        raise typer.BadParameter("Either --key-file or --keyring.")
    with _alone() as home:
        before, old = _encrypted(home)
        where = keyholder.KEYRING if keyring else old
        where = keyholder.in_file(key_file) if key_file else where
        _change(home, where, before, Cipher.new())
        keyholder.holder(old).drop(home, before.salt.hex())
    typer.echo(f"The store has another key, in {keyholder.told(where)}; the old one opens nothing.")
    _warn(where)


@contextmanager
def _alone() -> Iterator[Path]:
    """The home of a store that is whole and up to date, and that no daemon serves meanwhile."""
    home = Places.find().home
    if not begun(home):
        raise NotFound(HINT)
    with daemon.hold(home):
        Store.open(home, create=False).close()
        yield home


def _encrypted(home: Path) -> tuple[Cipher, str]:
    """Its cipher, and where the key is."""
    found, known = custody.of(home), custody.read(home)
    if found is None or known is None:
        raise Failed("The store is not encrypted; mindhold encrypt does that.")
    return found, known.where


def _change(home: Path, where: str, before: Cipher | None, after: Cipher | None) -> None:
    """The store in its new kind, and nothing left of the old.

    Killed in between, whichever of the two the store then is, its key is at `where`.
    """
    keys = [cipher for cipher in (before, after) if cipher]
    for cipher in keys:
        keyholder.holder(where).keep(home, cipher.salt.hex(), cipher.key.hex())
    lock = StoreLock(home / LOCK)
    try:
        with files(), boundary(), lock.held(PATIENCE):
            known = custody.Custody(salt=keys[0].salt.hex(), where=where, unsettled=True)
            custody.write(home, known)
            convert(home, before, after)
    finally:
        lock.close()
        left = custody.of(home)  # as it is now, whatever happened
        for cipher in keys:
            if left is None or cipher.salt != left.salt:
                keyholder.holder(where).drop(home, cipher.salt.hex())
    _forget_copies(home)


def _forget_copies(home: Path) -> None:
    """What was made of the store as it was before."""
    snapshots.drop(home)
    if custody.read(home):
        shutil.rmtree(home / INDEX, ignore_errors=True)
        shelter.clear()  # the index of a daemon that was killed
    Store.open(home, create=False).close()


def _warn(where: str) -> None:
    if where == keyholder.KEYRING:
        typer.echo("Without it the store cannot be read: do not let go of that keyring.")
        return
    typer.echo(
        "Whoever reads that file can read the store, and without it nobody can: keep it on another "
        "disk than the store, and a copy of it somewhere safe."
    )
