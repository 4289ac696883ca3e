"""Sealing: what was sealed comes back whole; anything else, to the last byte, is refused."""

import io
import random
import tracemalloc

import pytest

from mindhold.beliefs import sealing
from mindhold.beliefs.errors import BackupDamaged, StoreNewer, WrongPassphrase
from mindhold.beliefs.sealing import Sealer, Unsealed

CHUNK = 1 << 16
HEADER = 18 + 16  # the magic and the salt


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scrypt that takes no time: thousands are asked for."""
    assert sealing._SCRYPT["n"] >= 1 << 17
    monkeypatch.setitem(sealing._SCRYPT, "n", 2)


def sealed(data: bytes, passphrase: str = "correct horse") -> bytes:
    out = io.BytesIO()
    sealer = Sealer(out, passphrase)
    sealer.write(data)
    sealer.close()
    return out.getvalue()


def opened(data: bytes, passphrase: str = "correct horse") -> bytes:
    return io.BufferedReader(Unsealed(io.BytesIO(data), passphrase)).read()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7])
def test_what_was_sealed_comes_back(size: int) -> None:
    data = random.Random(size).randbytes(size)
    assert opened(sealed(data)) == data


def test_two_sealings_of_the_same_have_nothing_in_common() -> None:
    first, second = (sealed(b"mindhold" * 100)[HEADER - 16 :] for _ in range(2))
    assert not any(first[i : i + 8] == second[i : i + 8] for i in range(len(first) - 8))
    assert b"mindhold" not in first


def test_every_flipped_byte_of_a_small_one_is_refused() -> None:
    data = sealed(random.Random(1).randbytes(2_000))
    for at in range(len(data)):
        spoiled = bytearray(data)
        spoiled[at] ^= 1 << at % 8
        with pytest.raises((BackupDamaged, WrongPassphrase, StoreNewer)):
            opened(bytes(spoiled))
    assert opened(data)


def test_a_large_one_that_is_flipped_cut_or_longer_is_refused() -> None:
    data = sealed(random.Random(2).randbytes(5 * CHUNK))
    body = HEADER + 32
    edges = [body + n * (CHUNK + 16) + d for n in range(6) for d in (-1, 0, 1)]
    dice = random.Random(3)
    for at in {min(edge, len(data) - 1) for edge in edges} | {
        dice.randrange(body, len(data)) for _ in range(200)
    }:
        spoiled = bytearray(data)
        spoiled[at] ^= 0x40
        with pytest.raises((BackupDamaged, WrongPassphrase)):
            opened(bytes(spoiled))
        with pytest.raises((BackupDamaged, WrongPassphrase)):
            opened(data[:at])
    for more in (b"\0", b"x" * 16, data[body : body + CHUNK + 16], data):
        with pytest.raises(BackupDamaged):
            opened(data + more)


def test_chunks_that_change_places_or_come_from_another_are_refused() -> None:
    data, other = (sealed(b"a" * 3 * CHUNK) for _ in range(2))
    head, piece = data[: HEADER + 32], CHUNK + 16
    chunks = [data[at : at + piece] for at in range(HEADER + 32, len(data), piece)]
    theirs = other[HEADER + 32 : HEADER + 32 + piece]
    for order in ([1, 0, 2], [0, 0, 2], [0, 2], [0, 1], [2]):
        with pytest.raises(BackupDamaged):
            opened(head + b"".join(chunks[n] for n in order))
    with pytest.raises(BackupDamaged):
        opened(head + theirs + chunks[1] + chunks[2])


def test_a_wrong_passphrase_and_a_later_format_are_said_in_a_sentence() -> None:
    data = sealed(b"beliefs")
    for wrong in ("Correct horse", "correct horse ", ""):
        with pytest.raises(WrongPassphrase, match="passphrase is wrong"):
            opened(data, wrong)
    with pytest.raises(StoreNewer, match="upgrade"):
        opened(data.replace(b"backup 1\n", b"backup 2\n"))
    for junk in (b"", b"PK\x03\x04" * 50, data[:20]):
        with pytest.raises(BackupDamaged, match="no backup"):
            opened(junk)


def test_a_passphrase_is_the_same_from_every_keyboard() -> None:
    assert opened(sealed(b"x", "Z\u00fcrich am See"), "Zu\u0308rich am See") == b"x"


def test_memory_does_not_grow_with_what_is_sealed() -> None:
    class Nothing(io.RawIOBase):
        def write(self, data: object) -> int:
            return len(bytes(data))  # type: ignore[call-overload]

    sealer = Sealer(Nothing(), "correct horse")  # type: ignore[arg-type]
    piece = bytes(1 << 20)
    tracemalloc.start()
    for _ in range(30):
        sealer.write(piece)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 << 20
