"""Encrypting: a store that is encrypted, rekeyed and decrypted by processes that are killed midway.

The suite kills a few; `scripts/soak encryption` as many as are asked for.
"""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from made import NOW, belief, quote

from mindhold.beliefs import snapshots
from mindhold.beliefs.store import Store
from mindhold.retrieval.recall import Recall

CANARY = "zanzibarine"
_BELIEFS = 400


@dataclass(slots=True)
class Survived:
    """How often a command was killed, and how often the new store stood in its place then."""

    killed: int = 0
    changed: int = 0


class Vault:
    """A home with a store full of canaries, a key file elsewhere, and a temp of its own."""

    def __init__(self, place: Path) -> None:
        self.home, self.key, self.temp = place / "home", place / "keys" / "key", place / "tmp"
        self.key.parent.mkdir(parents=True)
        self.temp.mkdir()
        self.found = Survived()
        self._longest = 0.4  # seconds of its work before it is killed

    def fill(self) -> None:
        """Beliefs, their journal, an index on disk, a plain snapshot."""
        with Store.open(self.home) as store:
            with store.write(actor="owner", now=NOW) as write:
                for number in range(_BELIEFS):
                    told = f"{CANARY} {number}"
                    write.add(belief(told, content=f"We keep {told}", evidence=(quote(told),)))
            with Recall(store, directory=self.home / "index") as recall:
                recall.catch_up()
        snapshots.take(self.home, NOW, keep=7)

    def run(self, *arguments: str) -> subprocess.Popen[str]:
        """`mindhold` with these arguments, begun."""
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "mindhold", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"MINDHOLD_HOME": str(self.home), "TMPDIR": str(self.temp)},
        )

    def done(self, *arguments: str) -> str:
        """What it printed; it must not fail."""
        process = self.run(*arguments)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        return out

    def kill(self, rng: random.Random, *arguments: str) -> None:
        """Kills it at a random moment of its work; later the next time, unless it had ended."""
        process, before = self.run(*arguments), (self.home / "store.db").stat().st_ino
        until = time.monotonic() + 20
        while not self._begun() and process.poll() is None and time.monotonic() < until:
            time.sleep(0.0005)
        time.sleep(rng.uniform(0, self._longest))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        killed = process.returncode == -signal.SIGKILL
        self._longest *= 1.2 if killed else 0.7
        self.found.killed += killed
        self.found.changed += killed and (self.home / "store.db").stat().st_ino != before

    def whole(self) -> bool:
        """Every belief is there, whatever the store is now; whether that is encrypted."""
        with Store.open(self.home, create=False) as store:
            assert store.count() == _BELIEFS == len(list(store.select()))
            assert store.database.rows("PRAGMA integrity_check")[0][0] == "ok"
            return store.database.cipher is not None

    def told(self) -> list[Path]:
        """The files that hold the canary."""
        places = (self.home, self.temp, self.key.parent)
        files = [file for place in places for file in place.rglob("*") if file.is_file()]
        return [file for file in files if CANARY.encode() in file.read_bytes()]

    def _begun(self) -> bool:
        custody = self.home / "store.cipher"
        return custody.exists() and b'"unsettled":true' in custody.read_bytes()


def survive(place: Path, count: int, rng: random.Random) -> Survived:
    """Kills encrypt, rekey and decrypt in turn, so often; after each the store must be whole.

    Raises `AssertionError` where a belief is missing, or a canary is found once encrypt or rekey
    has returned.
    """
    vault = Vault(place)
    vault.fill()
    key = ("--key-file", str(vault.key))
    while vault.found.killed < count:
        vault.kill(rng, "encrypt", *key)
        if vault.whole():
            with Store.open(vault.home) as store:  # the next to look up something
                Recall(store, directory=vault.home / "index").close()
        else:
            assert vault.told()
            vault.done("encrypt", *key)
        assert vault.told() == []
        vault.kill(rng, "rekey", "--key-file", str(vault.key.with_name(f"key{rng.random()}")))
        assert vault.whole()
        assert vault.told() == []
        vault.kill(rng, "decrypt")
        if vault.whole():
            vault.done("decrypt")
        snapshots.take(vault.home, NOW, keep=7)
    return vault.found
