"""The candidates of a message: beliefs that share a key with it, as the store holds them now."""

from collections import OrderedDict
from collections.abc import Sequence
from itertools import pairwise

from mindhold.beliefs.model import Belief
from mindhold.beliefs.naming import changed, names_between
from mindhold.beliefs.store import Store
from mindhold.beliefs.text.distance import one_error
from mindhold.beliefs.text.tokens import Tokens
from mindhold.retrieval.index import Index, Place, shelf
from mindhold.retrieval.indexer import Indexer
from mindhold.retrieval.message import Message
from mindhold.retrieval.surface import Named, keys, named, spellings

PENDING = 64  # changed beliefs looked at directly while the index has not seen them
_KEPT = 4_096  # named beliefs held ready
_LAST = "\U0010ffff"
_ODD = (("", "0"), (":", "a"), ("{", _LAST))  # names that begin with neither a digit nor a-z


class Candidates:
    """Finds candidates through the index, and through the store's own tables without one.

    Either way the beliefs come from the store and stand in the place that was asked for: an index
    that is stale or wrong can leave something out, but never bring something in.
    """

    def __init__(self, store: Store, indexer: Indexer) -> None:
        self._store = store
        self._indexer = indexer
        self._ready: OrderedDict[str, Named] = OrderedDict()

    def find(self, message: Message, place: Place, sequence: int, shelves: str) -> list[Named]:
        """The candidates for the message in this place; `sequence` is the store's newest entry."""
        ids = self._from_index(message, place, sequence, shelves)
        if ids is None:
            ids = self._from_names(message, place)
        beliefs = self._store.many(ids).values()
        return [self._named(belief) for belief in beliefs if _stands(belief, place, shelves)]

    def _from_index(
        self, message: Message, place: Place, sequence: int, shelves: str
    ) -> list[str] | None:
        index = self._indexer.index
        if index is None or index.meta is None:
            return None
        behind: list[str] = []
        if index.meta.sequence < sequence:
            behind = changed(self._store.database, index.meta.sequence, PENDING + 1)
            if len(behind) > PENDING and not self._indexer.writes:
                return None  # nobody is catching up
        try:
            return list(dict.fromkeys((*behind, *_ask(index, message, place, shelves))))
        except (OSError, ValueError, KeyError):  # damaged under our hands
            self._indexer.doubt()
            return None

    def _from_names(self, message: Message, place: Place) -> list[str]:
        """Without an index: every name that begins like a word of the message is compared."""
        found: dict[str, None] = {}
        spelled: dict[str, set[str]] = {}  # what looks mistyped, and which beliefs spell it so
        for name, belief in names_between(self._store.database, _ranges(message)):
            said = spellings(name)
            for word in message.typos.keys() & set(said[0].words):
                spelled.setdefault(word, set()).add(belief)
            if belief not in found and _may_be_in(message, said):
                found[belief] = None
        for word, beliefs in spelled.items():
            if any(_is_held(held, place) for held in self._store.many(beliefs).values()):
                del message.typos[word]
        return list(found)

    def _named(self, belief: Belief) -> Named:
        ready = self._ready.get(belief.id)
        if ready is None or ready.belief != belief:
            ready = self._ready[belief.id] = named(belief)
            if len(self._ready) > _KEPT:
                self._ready.popitem(last=False)
        return ready


def _is_held(belief: Belief, place: Place) -> bool:
    return belief.user == place.user and shelf(belief) is not None


def _stands(belief: Belief, place: Place, shelves: str) -> bool:
    """Whether the belief, as it is now, is one that was asked for."""
    at = shelf(belief)
    return (
        at is not None
        and at in shelves
        and belief.user == place.user
        and belief.agent in (None, place.agent)
        and not set(belief.scopes).isdisjoint(place.scopes)
    )


def _ask(index: Index, message: Message, place: Place, shelves: str) -> list[str]:
    for word in [typo for typo in message.typos if index.is_name_word(place.user, typo)]:
        del message.typos[word]
    return index.candidates(place, message.spans, message.typos, shelves)


def _ranges(message: Message) -> list[tuple[str, str]]:
    """Where in the alphabet the names are that a word of the message may begin.

    A name may be taken apart where the word is not (pi-hole), and have accents where it has none.
    """
    raw = [message.tokens.raw(at).casefold() for at in range(len(message.tokens))]
    words = message.tokens.words
    starts = {word[:3] for word in (*words, *raw)}
    starts |= {(word + after)[:3] for word, after in pairwise(words) if len(word) < 3}
    shorter = {start[:cut] for start in starts for cut in (1, 2) if len(start) > cut}
    ranges = {(start, start + (_LAST if len(start) > 2 else "0")) for start in starts}
    ranges |= {(start, start + "0") for start in shorter}
    ranges |= {(start + "{", start + _LAST) for start in shorter}
    ranges |= {(typo[:2], typo[:2] + _LAST) for typo in message.typos}
    return [*_ODD, *sorted(ranges)]


def _may_be_in(message: Message, said: Sequence[Tokens]) -> bool:
    return any(key in message.spans for tokens in said for key in keys(tokens)) or any(
        one_error(typo, word) for typo in message.typos for word in said[0].words
    )
