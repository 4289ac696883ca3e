"""Sealing: a stream of bytes under a passphrase, which is read back whole or refused.

scrypt (RFC 7914; N = 2^17, r = 8, p = 1: 128 MiB, half a second) makes two keys of the passphrase
and a random salt. One proves the header by HMAC-SHA-256, so that a wrong passphrase is told from a
damaged file. The other encrypts chunks of 64 KiB with ChaCha20-Poly1305 (RFC 8439), each under a
counter and a mark of the last one (STREAM; Hoang, Reyhanitabar, Rogaway, Vizár, 2015): none can be
changed, moved, dropped or added.
"""

import hashlib
import hmac
import io
import secrets
import unicodedata
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from mindhold.beliefs.errors import BackupDamaged, StoreNewer, WrongPassphrase

_FAMILY = b"mindhold backup "
_MAGIC = _FAMILY + b"1\n"
_SALT, _MAC, _TAG = 16, 32, 16  # bytes
_CHUNK = 1 << 16  # bytes
_SCRYPT = {"n": 1 << 17, "r": 8, "p": 1, "maxmem": 1 << 28, "dklen": 64}


class Sealer:
    """Encrypts what is written to it into `out`; without `close` it cannot be read back."""

    def __init__(self, out: BinaryIO, passphrase: str) -> None:
        header = _MAGIC + secrets.token_bytes(_SALT)
        proof, key = _keys(passphrase, header)
        out.write(header + hmac.digest(proof, header, "sha256"))
        self._out = out
        self._cipher = ChaCha20Poly1305(key)
        self._number = 0
        self._waiting = bytearray()

    def write(self, data: Any) -> int:
        """Takes bytes or a view of them; all are taken."""
        self._waiting += data
        while len(self._waiting) > _CHUNK:  # the last chunk is the one that `close` writes
            self._seal(bytes(self._waiting[:_CHUNK]), last=False)
            del self._waiting[:_CHUNK]
        return len(data)

    def close(self) -> None:
        """Writes the last chunk."""
        self._seal(bytes(self._waiting), last=True)

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._number, last=last), chunk, None))
        self._number += 1


class Unsealed(io.RawIOBase):
    """What was sealed into `file`, to be read; every byte that is read has been proven.

    Only its end says that the file is whole. Raises `BackupDamaged`, `WrongPassphrase` and, for a
    later format, `StoreNewer`.
    """

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        header = file.read(len(_MAGIC) + _SALT)
        _check(header)
        proof, key = _keys(passphrase, header)
        if not hmac.compare_digest(file.read(_MAC), hmac.digest(proof, header, "sha256")):
            raise WrongPassphrase("The passphrase is wrong, or the beginning of the file damaged.")
        self._file = file
        self._cipher = ChaCha20Poly1305(key)
        self._number = 0
        self._sealed = file.read(_CHUNK + _TAG)
        self._opened = b""
        self._ended = False

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer as far as one chunk goes; 0 at the end."""
        if not self._opened and not self._ended:
            self._opened = self._open()
        taken = min(len(buffer), len(self._opened))
        buffer[:taken] = self._opened[:taken]
        self._opened = self._opened[taken:]
        return taken

    def _open(self) -> bytes:
        following = self._file.read(_CHUNK + _TAG)
        self._ended = not following
        nonce = _nonce(self._number, last=self._ended)
        try:
            opened = self._cipher.decrypt(nonce, self._sealed, None)
        except InvalidTag:
            raise BackupDamaged("The backup is damaged, or cut short.") from None
        self._sealed = following
        self._number += 1
        return opened


def _check(header: bytes) -> None:
    if header.startswith(_MAGIC) and len(header) == len(_MAGIC) + _SALT:
        return
    if header.startswith(_FAMILY) and header[len(_FAMILY) : -_SALT].strip().isdigit():
        raise StoreNewer("The backup was written by a newer mindhold: upgrade mindhold to read it.")
    raise BackupDamaged("This is no backup of mindhold, or its beginning is damaged.")


def _keys(passphrase: str, header: bytes) -> tuple[bytes, bytes]:
    """Two keys of 32 bytes; keyboards differ in how they compose letters, so these are composed."""
    typed = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogateescape")
    made = hashlib.scrypt(typed, salt=header[-_SALT:], **_SCRYPT)
    return made[:32], made[32:]


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
