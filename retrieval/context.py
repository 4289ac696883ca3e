"""The standing tiers of a context: what a place always brings, whatever the message says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mindhold.beliefs.model import LIVE, Belief, Type
from mindhold.beliefs.scope import UNIVERSAL
from mindhold.beliefs.store import Store
from mindhold.retrieval.index import Place
from mindhold.retrieval.rank import care

EXPERTISE = "expertise"
_PLACES = 256  # whose tiers are kept ready


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiers:
    """Beliefs that the place brings by itself, each tier in its order."""

    prelude: tuple[Belief, ...]
    pinned: tuple[Belief, ...]
    questions: tuple[Belief, ...]

    def on(self, day: date) -> "Tiers":
        """Without what is not valid on that day."""
        return Tiers(
            prelude=tuple(belief for belief in self.prelude if valid(belief, day)),
            pinned=tuple(belief for belief in self.pinned if valid(belief, day)),
            questions=tuple(belief for belief in self.questions if valid(belief, day)),
        )


class Context:
    """Reads the standing tiers from the store and keeps them until the journal grows."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._sequence = -1
        self._kept: dict[Place, Tiers] = {}
        self._personas: dict[tuple[str, str | None], list[Belief]] = {}

    def tiers(self, place: Place, sequence: int) -> Tiers:
        """The tiers of a place; `sequence` is the store's newest entry."""
        if sequence != self._sequence or len(self._kept) > _PLACES:
            self._kept.clear()
            self._personas.clear()
            self._sequence = sequence
        kept = self._kept.get(place)
        if kept is None:
            kept = self._kept[place] = self._read(place)
        return kept

    def _read(self, place: Place) -> Tiers:
        """A belief stands in one tier: what the prelude has is not pinned once more."""
        pinned = self._select(place, place.scopes, pinned=True)
        prelude = [
            *self._persona(place),
            *self._select(place, place.scopes, subtype=EXPERTISE),
        ]
        seen = {belief.id: belief for belief in prelude}
        return Tiers(
            prelude=tuple(sorted(seen.values(), key=_prelude_order)),
            pinned=_cared(b for b in pinned if b.id not in seen and not _is_question(b)),
            questions=_cared(b for b in pinned if _is_question(b)),
        )

    def _persona(self, place: Place) -> list[Belief]:
        """What is true of the person in every place; read once for all of them."""
        whose = place.user, place.agent
        if whose not in self._personas:
            found = self._select(place, (UNIVERSAL,))
            self._personas[whose] = [belief for belief in found if _is_persona(belief)]
        return self._personas[whose]

    def _select(
        self,
        place: Place,
        scopes: tuple[str, ...],
        *,
        pinned: bool | None = None,
        subtype: str | None = None,
    ) -> list[Belief]:
        chosen = self._store.select(
            user=place.user,
            agent=place.agent,
            scopes=scopes,
            states=LIVE,
            pinned=pinned,
            subtype=subtype,
        )
        return list(chosen)


def valid(belief: Belief, day: date) -> bool:
    """Whether the day is inside the belief's window; both ends count."""
    return (belief.valid_from is None or belief.valid_from <= day) and (
        belief.valid_until is None or day <= belief.valid_until
    )


def _is_question(belief: Belief) -> bool:
    return belief.type is Type.OPEN_QUESTION


def _is_persona(belief: Belief) -> bool:
    """What is true of the person everywhere; nothing else would bring it, since the universal
    scope is never searched."""
    return belief.type not in (Type.OPEN_QUESTION, Type.RELATION)


def _prelude_order(belief: Belief) -> tuple[bool, bool, int, str]:
    return not belief.pinned, not belief.user_edited, -belief.reinforced, belief.id


def _cared(beliefs: Iterable[Belief]) -> tuple[Belief, ...]:
    return tuple(sorted(beliefs, key=care))
