"""One generation of the index: which beliefs have a name that shares a key with a message.

It proposes ids; it decides nothing. What it says may be stale or damaged, and is checked against
the store before it is believed.
"""

import json
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from operator import itemgetter
from pathlib import Path

import tantivy

from mindhold.beliefs.model import LIVE, Belief, State, Type
from mindhold.beliefs.text.distance import near_keys
from mindhold.retrieval.surface import named

FORMAT = 3
"""Raised with the fields below or with anything in the text layer that changes a key."""

MOST = 200  # candidates for one message
_MOST_TERMS = 512  # of one query; the rarest
_SHARED = 64  # beliefs with one key, from which on those of a place are not all looked at
_SAMPLE = 12  # of them; more than eight that go by one name are refused together
_CROWDS = 32  # such keys of one message, each asked for by itself
_META = "__meta__"
_HEAP = 15_000_000  # bytes, tantivy's smallest
_FILL = 60_000_000  # while a whole index is written: fewer segments, each search visits all
_WAITING = frozenset({State.CANDIDATE, State.PENDING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where to look: beliefs of this user, shared or of this agent, in any of these scopes."""

    user: str
    agent: str | None
    scopes: tuple[str, ...]

    def terms(self, shelves: str) -> list[str]:
        """The index terms of the place on each of the shelves."""
        agents = {"", self.agent or ""}
        return [
            _place(shelf, self.user, agent, scope)
            for shelf in shelves
            for agent in sorted(agents)
            for scope in self.scopes
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What an index holds: which store, up to which journal entry, how many beliefs."""

    store: str
    sequence: int
    count: int
    format: int = FORMAT


FACTS, QUESTIONS, WAITING = "f", "q", "w"
"""Shelves: what a message may surface; what has a tier of its own; what is not live yet."""


def shelf(belief: Belief) -> str | None:
    """Where the belief stands in the index, if at all."""
    if belief.state in _WAITING:
        return WAITING
    if belief.state not in LIVE:
        return None
    if belief.type is Type.OPEN_QUESTION or belief.subtype == "expertise":
        return QUESTIONS
    return FACTS


class Index:
    """A tantivy index in a directory, or in memory; raises `ValueError` or `OSError` on damage.

    Searching and writing may go on in different threads; two writers may not.
    """

    def __init__(self, directory: Path | None = None) -> None:
        self._index = tantivy.Index(_schema(), str(directory) if directory else None)
        self._writer: tantivy.IndexWriter | None = None
        self.meta = self._read_meta()

    def candidates(
        self, place: Place, keys: Iterable[str], typos: Iterable[str] = (), shelves: str = FACTS
    ) -> list[str]:
        """Ids of beliefs there with one of these keys, or a word one error away; rarest first.

        Of those that share a key with very many, a few: enough to see that it tells them apart no
        more.
        """
        searcher = self._index.searcher()
        near = (_word(place.user, key) for typo in typos for key in near_keys(typo))
        asked = chain(zip(repeat("key"), keys), zip(repeat("near"), near))
        found = [(held, *term) for term in asked if (held := searcher.doc_freq(*term))]
        found.sort()
        rare = bisect_left(found, _SHARED, key=itemgetter(0))
        crowded = found[rare : rare + _CROWDS]
        terms = [*found[:rare], *found[rare + _CROWDS :]][:_MOST_TERMS]
        here = [self._term("place", term) for term in place.terms(shelves)]
        asked_for = [(terms, MOST), *(([one], _SAMPLE) for one in crowded)]
        ids: dict[str, None] = {}
        for wanted, most in asked_for:
            if wanted and len(ids) < MOST:
                ids.update(dict.fromkeys(self._with(searcher, here, wanted, most)))
        return list(ids)

    def _with(
        self,
        searcher: tantivy.Searcher,
        here: Sequence[tantivy.Query],
        terms: Sequence[tuple[int, str, str]],
        most: int,
    ) -> list[str]:
        """Ids of the beliefs there with one of the terms, the rarest first."""
        wanted = [self._term(field, value) for _, field, value in terms]
        query = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Must, tantivy.Query.const_score_query(_any(here), 0.0)),
                (tantivy.Occur.Must, _any(wanted)),
            ]
        )
        hits = searcher.search(query, most, count=False).hits
        return [searcher.doc(address)["id"][0] for _, address in hits]

    def is_name_word(self, user: str, word: str) -> bool:
        """Whether a name of this user has the word just so, and it is no misspelling then."""
        return self._index.searcher().doc_freq("word", _word(user, word)) > 0

    def put(
        self, beliefs: Iterable[Belief], gone: Iterable[str], store: str, sequence: int
    ) -> None:
        """Brings these beliefs up to date, takes out the ids that are gone, and commits.

        What is searched changes at once and as a whole.
        """
        writer = self._writing()
        for belief in beliefs:
            writer.delete_documents_by_term("id", belief.id)
            if (at := shelf(belief)) is not None:
                writer.add_document(_document(belief, at))
        for id in gone:
            writer.delete_documents_by_term("id", id)
        self._commit(store, sequence)

    def fill(self, beliefs: Iterable[Belief], store: str, sequence: int) -> None:
        """Writes the beliefs into an index that is new and empty."""
        writer = self._index.writer(_FILL, 1)
        for belief in beliefs:
            if (at := shelf(belief)) is not None:
                writer.add_document(_document(belief, at))
        writer.commit()
        writer.wait_merging_threads()
        self._commit(store, sequence)

    def reload(self) -> None:
        """Sees what another process has committed since."""
        self._index.reload()
        self.meta = self._read_meta()

    def close(self) -> None:
        """Ends the writer, if there is one, and gives back its lock."""
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None

    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            self._writer = self._index.writer(_HEAP, 1)
        return self._writer

    def _commit(self, store: str, sequence: int) -> None:
        """Commits twice: how many documents there are is known after the first, and an index
        whose count is missing or wrong is rebuilt."""
        writer = self._writing()
        writer.delete_documents_by_term("id", _META)
        writer.commit()
        self._index.reload()
        count = self._index.searcher().num_docs
        meta = {"store": store, "sequence": sequence, "count": count, "format": FORMAT}
        writer.add_document(tantivy.Document(id=[_META], meta=[json.dumps(meta)]))
        writer.commit()
        self.reload()

    def _read_meta(self) -> Meta | None:
        """What the index says of itself, if that agrees with what is in it."""
        searcher = self._index.searcher()
        hits = searcher.search(self._term("id", _META), 2, count=False).hits
        if len(hits) != 1:
            return None
        meta = Meta(**json.loads(searcher.doc(hits[0][1])["meta"][0]))
        return meta if meta.count == searcher.num_docs - 1 else None

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._index.schema, field, value, index_option="basic")


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in ("id", "place", "key", "word", "near"):
        builder.add_text_field(
            field, stored=field == "id", tokenizer_name="raw", index_option="basic"
        )
    builder.add_text_field("meta", stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def _any(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def _document(belief: Belief, at: str) -> tantivy.Document:
    surfaces = named(belief).surfaces
    words = {word for surface in surfaces for word in surface.words}
    fuzzy = {word for surface in surfaces for _, word in surface.fuzzy_words()}
    return tantivy.Document(
        id=[belief.id],
        place=[_place(at, belief.user, belief.agent or "", scope) for scope in belief.scopes],
        key=list({key for surface in surfaces for key in (*surface.keys, *surface.anchors)}),
        word=[_word(belief.user, word) for word in words if word.isalpha()],
        near=list({_word(belief.user, key) for word in fuzzy for key in near_keys(word)}),
    )


def _word(user: str, word: str) -> str:
    return f"{user}\x1f{word}"


def _place(at: str, user: str, agent: str, scope: str) -> str:
    return "\x1f".join((at, user, agent, scope))
