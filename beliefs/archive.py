"""Archives: one encrypted file with all that a store needs to live on elsewhere, and no API key.

Inside the seal is a tar, packed: what it is, the store's key, the config file, the database. The
key is in it because without it neither what was forgotten nor what was given could be known again.
The database is as it lies: with that of an encrypted store goes the key that opens it.
"""

import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Self

import zstandard

from mindhold import __version__
from mindhold.beliefs import custody, sealkey
from mindhold.beliefs.cipher import Cipher
from mindhold.beliefs.database import Database
from mindhold.beliefs.errors import BackupDamaged, StoreSealed
from mindhold.beliefs.faults import files
from mindhold.beliefs.home import CONFIG, DATABASE, KEY
from mindhold.beliefs.sealing import Sealer, Unsealed
from mindhold.beliefs.snapshots import passing

_MANIFEST = "manifest.json"
_MEMBERS = (KEY, CONFIG, DATABASE)
_CIPHER = ("key", "salt")
_STRANGE = (EOFError, ValueError, KeyError, TypeError)
_LONGEST = 1 << 16  # bytes of a manifest
_STRANGER = "The backup holds something else than a store."
_PIECE = 1 << 20  # bytes read at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """When an archive was made, by which version; the keys of the store that lay elsewhere."""

    made: datetime
    cipher: Cipher | None = None
    seals: bytes | None = None
    mindhold: str = __version__

    def written(self) -> bytes:
        """As it stands in an archive; never on the disk."""
        one = self.cipher and {"key": self.cipher.key.hex(), "salt": self.cipher.salt.hex()}
        told: dict[str, Any] = {"made": self.made.isoformat(), "cipher": one}
        told["mindhold"] = self.mindhold
        told |= {"seals": self.seals.hex()} if self.seals else {}
        return json.dumps(told).encode()

    @classmethod
    def read(cls, written: bytes) -> Self:
        """The same; raises `ValueError`, `KeyError` or `TypeError`."""
        told = json.loads(written)
        one = told["cipher"] and {name: bytes.fromhex(told["cipher"][name]) for name in _CIPHER}
        return cls(
            made=datetime.fromisoformat(told["made"]),
            cipher=Cipher(**one) if one else None,
            seals=bytes.fromhex(told["seals"]) if "seals" in told else None,
            mindhold=told["mindhold"],
        )


def write(
    home: Path, out: BinaryIO, passphrase: str, *, config: Path | None, now: datetime
) -> None:
    """Writes the store as it stands at one moment, whoever writes on, and the config if there.

    A key of its seals that cannot be had now is not in it. Raises `StoreError`.
    """
    manifest = Manifest(made=now, cipher=custody.of(home), seals=_seals(home))
    with passing(home) as database, _packing(out, passphrase) as tar:
        _add(tar, _MANIFEST, BytesIO(manifest.written()), now)
        _add(tar, KEY, BytesIO((home / KEY).read_bytes()), now)
        if config and config.exists():
            _add(tar, CONFIG, BytesIO(config.read_bytes()), now)
        _add(tar, DATABASE, database, now)


def unpack(file: BinaryIO, passphrase: str, into: Path) -> Manifest:
    """Lays the files of an archive there, on the disk, once every byte of it has been proven.

    Raises `BackupDamaged`, `WrongPassphrase`, `StoreNewer`.
    """
    sealed: Any = Unsealed(file, passphrase)
    try:
        with (
            zstandard.ZstdDecompressor().stream_reader(sealed, closefd=False) as packed,
            tarfile.open(fileobj=packed, mode="r|", bufsize=_PIECE) as tar,
        ):
            members = iter(tar)
            manifest = Manifest.read(_manifest(tar, next(members, None)))
            for member in members:
                _lay(tar, member, into)
        if not all((into / name).exists() for name in (KEY, DATABASE)):
            raise BackupDamaged(_STRANGER)
        while sealed.read(_PIECE):  # to its end, which alone says that nothing is missing
            pass
    except (tarfile.TarError, zstandard.ZstdError, *_STRANGE) as error:
        raise BackupDamaged(_STRANGER) from error
    return manifest


def _seals(home: Path) -> bytes | None:
    """The key of the seals, where it is held elsewhere and can be had."""
    with suppress(StoreSealed), Database.open(home, create=False, readonly=True) as database:
        place = database.seal_place
        return sealkey.held(home, place, database.identity) if place else None
    return None


@contextmanager
def _packing(out: BinaryIO, passphrase: str) -> Iterator[tarfile.TarFile]:
    sealer: Any = Sealer(out, passphrase)
    with (
        closing(sealer),
        zstandard.ZstdCompressor().stream_writer(sealer, closefd=False) as packed,
        tarfile.open(fileobj=packed, mode="w|", bufsize=_PIECE) as tar,
    ):
        yield tar


def _add(tar: tarfile.TarFile, name: str, source: BinaryIO, now: datetime) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = _size(source), 0o600, int(now.timestamp())
    tar.addfile(member, source)


def _size(source: BinaryIO) -> int:
    size = source.seek(0, os.SEEK_END)
    source.seek(0)
    return size


def _manifest(tar: tarfile.TarFile, first: tarfile.TarInfo | None) -> bytes:
    source = tar.extractfile(first) if first and first.name == _MANIFEST else None
    if source is None:
        raise BackupDamaged(_STRANGER)
    return source.read(_LONGEST)


def _lay(tar: tarfile.TarFile, member: tarfile.TarInfo, into: Path) -> None:
    source: Any = tar.extractfile(member)
    if member.name not in _MEMBERS or source is None or (into / member.name).exists():
        raise BackupDamaged(_STRANGER)
    with files():
        opened = os.open(into / member.name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with open(opened, "wb") as written:
            shutil.copyfileobj(source, written, _PIECE)
            written.flush()
            os.fsync(written.fileno())
