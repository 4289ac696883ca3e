"""What can go wrong with what is held.

BeliefError                 the request cannot be met; the store is fine
├── NotFound                no belief answers to this id or name
├── Ambiguous               several do
├── Invalid                 a field breaks a rule of the model
├── Conflict                another live belief has this name here
├── Refused                 the state machine knows no such change
├── Damaged                 the belief is not as it was written
├── WrongPassphrase         a backup does not open with it
├── BackupDamaged           not a byte of it is believed
└── AlreadyDone             this job's changes are in the store already
StoreError                  the store itself cannot serve
├── StoreMissing            no store where one was before (a lost mount, say)
├── StoreBroken             damaged, or not a store of ours
│   └── StoreKeyLost        its own key is missing beside it, or is another's
├── StoreNewer              written by a newer mindhold
├── StoreLocked             another process holds it too long
├── StoreSealed             a key of it cannot be had, or does not fit
│   └── SealKeyLost         that of its seals is not where it is held
└── StoreUnwritable         disk full, read-only, no permission

Each message is one sentence for the person who can mend it, without any text of a belief.
"""

from typing import ClassVar


class BeliefError(Exception):
    """The request cannot be met; the store is fine."""


class NotFound(BeliefError):
    """No belief answers to this id or name."""


class Ambiguous(BeliefError):
    """Several beliefs answer to this id or name."""


class Invalid(BeliefError):
    """A field breaks a rule of the model."""


class Conflict(BeliefError):
    """Another live belief of the same owner, agent and scope has this name."""


class Refused(BeliefError):
    """The state machine knows no such change."""


class Damaged(BeliefError):
    """The belief's row rotted, or was edited past mindhold; it is given to nobody."""

    def __init__(self, id: str) -> None:
        super().__init__(
            f"Belief {id} is damaged (its row is not as mindhold wrote it) and given to nobody: "
            f"mindhold beliefs repair {id}"
        )


class WrongPassphrase(BeliefError):
    """A backup does not open with it."""


class BackupDamaged(BeliefError):
    """Cut short, changed, or no backup at all; not a byte of it is believed."""


class AlreadyDone(BeliefError):
    """This job's changes are in the store already."""


class StoreError(Exception):
    """The store itself cannot serve; `words` are two for what is the matter with it."""

    words: ClassVar[str] = "store error"


class StoreMissing(StoreError):
    """No store where one was before."""

    words = "store missing"


class StoreBroken(StoreError):
    """Damaged, or not a store of ours."""

    words = "store broken"


class StoreKeyLost(StoreBroken):
    """Its own key is missing beside it, or is that of another store."""


class StoreNewer(StoreError):
    """Written by a newer mindhold."""

    words = "store newer"


class StoreLocked(StoreError):
    """Another process holds it too long."""

    words = "store locked"


class StoreSealed(StoreError):
    """A key of it, held elsewhere, cannot be had, or does not fit."""

    words = "store sealed"


class SealKeyLost(StoreSealed):
    """The key of its seals is not where it is held."""


class StoreUnwritable(StoreError):
    """Disk full, read-only, or no permission."""

    words = "store unwritable"
