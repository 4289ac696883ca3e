"""`mindhold backup`: everything that is held, in one encrypted file."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from mindhold.beliefs.errors import NotFound, StoreError
from mindhold.beliefs.home import begun
from mindhold.cli import passphrase
from mindhold.cli.failure import Failed
from mindhold.cli.opened import HINT
from mindhold.cli.outfile import refuse, whole
from mindhold.cli.places import Places
from mindhold.cli.terminal import AsJson, data


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = (
        False
    ),
    passphrase_file: passphrase.File = None,
    as_json: AsJson = False,
) -> None:
    """Write everything that is held into one file, encrypted with a passphrase.

    It may run while the daemon does. API keys are not in it.
    """
    from mindhold.beliefs import archive
    from mindhold.beliefs.store import Store

    places, now = Places.find(), datetime.now(UTC)
    if not begun(places.home):
        raise NotFound(HINT)
    refuse(file, force=force)
    if file.resolve().is_relative_to(places.home.resolve()):
        raise Failed(f"{file} lies with the store, and would be lost with it; name another place.")
    told = passphrase.asked(passphrase_file, new=True)
    with whole(file, force=force) as out:
        archive.write(places.home, out, told, config=places.config, now=now)
    with suppress(StoreError), Store.open(places.home, create=False) as store:
        # What was forgotten meanwhile could not be scrubbed: it is now.
        if unproven := store.database.unproven:
            typer.echo(f"mindhold: {unproven} It is not in the backup.", err=True)
    size = file.stat().st_size
    if as_json:
        data({"file": str(file.absolute()), "bytes": size, "made": now.isoformat()})
    else:
        typer.echo(f"Written: {file} ({size / 1e3:,.0f} kB). Only its passphrase opens it.")
        typer.echo(f"Try it: mindhold restore {file} --dry-run")
