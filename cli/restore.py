"""`mindhold restore`: a backup or a snapshot in the place of the store, checked whole before."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from mindhold.beliefs.home import CONFIG, DATABASE, KEY, begun, make_directory
from mindhold.cli import daemon, passphrase
from mindhold.cli.encryption import KeyPath
from mindhold.cli.failure import Failed
from mindhold.cli.outfile import whole
from mindhold.cli.places import Places
from mindhold.cli.rescue import when
from mindhold.cli.terminal import AsJson, data, table

if TYPE_CHECKING:
    from mindhold.beliefs.archive import Manifest
    from mindhold.beliefs.cipher import Cipher
    from mindhold.beliefs.snapshots import Snapshot
    from mindhold.beliefs.soundness import Held

_LATEST = "latest"
_BESIDE = "mindhold: The key of its seals lies beside it now; mindhold seal says what that means."


def restore(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="What mindhold backup wrote.")
    ] = None,
    *,
    snapshot: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="A snapshot instead: its name, or latest."),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the snapshots.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check all of it, change nothing.")] = (
        False
    ),
    passphrase_file: passphrase.File = None,
    key_file: KeyPath = None,
    as_json: AsJson = False,
) -> None:
    """Put a backup, or a snapshot, in the place of the store.

    All of it is checked first. The store that was there is set aside, and where is told. A daemon
    must be stopped before.
    """
    places = Places.find()
    if list_:
        _list(places, as_json=as_json)
        return
    if (file is None) == (snapshot is None):
        raise typer.BadParameter("Say what to restore: a FILE, or --snapshot NAME.")
    if file:
        file.stat()  # who mistyped it is told before the passphrase is asked for
    told = passphrase.asked(passphrase_file, new=False) if file else ""
    with _room(places.home, dry_run=dry_run) as ready:
        laid = _unpack(file, told, ready) if file else _lay(places.home, snapshot or "", ready)
        held = _examined(ready, laid.cipher)
        left = None if dry_run else _replace(places, ready, laid, key_file)
    _tell(laid.made, held, left, dry_run=dry_run, as_json=as_json)


def _list(places: Places, *, as_json: bool) -> None:
    from mindhold.beliefs import snapshots

    rows = [
        {
            "name": one.name,
            "made": when(one.at),
            "size": f"{one.path.stat().st_size / 1e6:.1f} MB",
            "before": "a migration" if one.migration else None,
        }
        for one in snapshots.listed(places.home)
    ]
    if as_json:
        data(rows)
    else:
        table(rows, none="There is no snapshot yet; the daemon makes one a day.")


@contextmanager
def _room(home: Path, *, dry_run: bool) -> Iterator[Path]:
    """Where a store is made ready, in the home; a dry run makes no home."""
    from mindhold.beliefs import replacing, snapshots

    with ExitStack() as stack:
        if dry_run and not begun(home):
            home = Path(stack.enter_context(TemporaryDirectory(prefix="mindhold-")))
        elif not dry_run:
            stack.enter_context(daemon.hold(home))
        make_directory(home)
        stack.enter_context(snapshots.copying(home))
        yield stack.enter_context(replacing.room(home))


def _unpack(file: Path, told: str, ready: Path) -> "Manifest":
    """Lays what a backup holds there."""
    from mindhold.beliefs import archive

    with file.open("rb") as source:
        return archive.unpack(source, told, ready)


def _configure(places: Places, ready: Path) -> None:
    """The config file of a backup, where there is none; the owner's own stays as it is."""
    saved = ready / CONFIG
    if saved.exists() and not places.config.exists():
        make_directory(places.config.parent)
        with whole(places.config, force=False) as out:
            out.write(saved.read_bytes())


def _lay(home: Path, name: str, ready: Path) -> "Manifest":
    """Puts a snapshot there; its key is where the store's is."""
    from mindhold.beliefs import custody, snapshots
    from mindhold.beliefs.archive import Manifest

    found = _found(home, name)
    snapshots.lay(home, found, ready)
    return Manifest(made=found.at, cipher=custody.of(home))


def _found(home: Path, name: str) -> "Snapshot":
    from mindhold.beliefs import snapshots

    known = snapshots.listed(home)
    if not known:
        raise Failed("There is no snapshot of this store.")
    if name == _LATEST:
        for one, _ in snapshots.good(home, datetime.now(UTC)):
            return one
        raise Failed(f"None of the {len(known)} snapshots is sound.")
    for one in known:
        if one.name.startswith(name):
            return one
    raise Failed(f"No snapshot is called {name}; mindhold restore --list shows them.")


def _examined(ready: Path, cipher: "Cipher | None") -> "Held":
    from mindhold.beliefs.soundness import examine

    return examine(ready / DATABASE, (ready / KEY).read_bytes(), cipher)


def _replace(places: Places, ready: Path, laid: "Manifest", key_file: Path | None) -> Path | None:
    """Where the old store then is, if there was one."""
    from mindhold.beliefs import replacing, resealing

    if laid.cipher:
        _keep(places.home, ready, laid.cipher, key_file)
    if laid.seals and not resealing.bring(ready, laid.seals):
        typer.echo(_BESIDE, err=True)
    _configure(places, ready)
    left = replacing.replace(places.home, ready, datetime.now(UTC))
    return left if left.exists() else None


def _keep(home: Path, ready: Path, cipher: "Cipher", key_file: Path | None) -> None:
    """The key of an encrypted store where it is asked for, else where the old one's was."""
    from mindhold.beliefs import custody, keyholder

    known = custody.read(home)
    where = keyholder.in_file(key_file) if key_file else known.where if known else keyholder.KEYRING
    keyholder.holder(where).keep(ready, cipher.salt.hex(), cipher.key.hex())
    custody.write(ready, custody.Custody(salt=cipher.salt.hex(), where=where))


def _tell(at: datetime, held: "Held", left: Path | None, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        told = {"made": at.isoformat(), "store": held.identity, "beliefs": held.beliefs}
        data({**told, "restored": not dry_run, "aside": str(left) if left else None})
        return
    count = f"{held.beliefs:,} belief{'' if held.beliefs == 1 else 's'}, as of {when(at)}"
    if dry_run:
        typer.echo(f"Sound: {count}. Nothing was changed.")
        return
    typer.echo(f"Restored: {count}.")
    if left:
        typer.echo(f"What was there is in {left}; delete it when all is well.")
