"""The English frame of a lone word: what its neighbours let it be.

A countable noun needs an article, so a bare one where a noun belongs is a name; where a verb or an
adjective belongs, or after an article, it is the word.
"""

from collections.abc import Iterator

from mindhold.beliefs.text.heads import is_head
from mindhold.beliefs.text.words import closed_class, licensed, parts, technical
from mindhold.retrieval.sense.classes import (
    ADDRESS,
    ADVERBS,
    ASKING,
    BE,
    CONTROLS,
    DEFINITE,
    DETERMINERS,
    DO,
    GREETINGS,
    HAVE,
    INDEFINITE,
    KINDS,
    LOOKS,
    LOOSE,
    MODALS,
    OBJECTS,
    OWNERS,
    PARTICLES,
    PERCEIVE,
    PLEASE,
    PREPOSITIONS,
    SUBJECTS,
    TOWARDS,
    USES,
)
from mindhold.retrieval.sense.evidence import Evidence
from mindhold.retrieval.sense.place import Place

_MASS, _PLURAL, _MODIFIER, _LICENSED = 0.5, 0.3, 0.5, 0.4
"""What is left of the evidence of a missing article where the word needs none: a mass noun, a
plural, the front of a longer noun, a pair of words like "at dawn"."""
_UNSURE = 0.5  # of a word that is a verb less often than a noun
_PHRASAL = 1.2  # of what stands behind a verb and its particle: set up jest
_NUMBERED = 0.3  # of a number behind a noun: a switch 2, page 10
_ADVERBIAL = 0.4  # of an adverb behind a verb: moved west
_HEADED, _FRONT = 0.1, 0.25  # what an article says of the front of a longer noun: a spark job
_TOPIC = 0.8  # of a name, of what a short question asks about
_MADE = frozenset({"based", "backed", "powered", "driven", "native", "specific", "compatible"})
_ADVERBS = 4  # passed over on the way to what governs the word
_ACTORS = SUBJECTS | PLEASE
_OBJECTIVE = DETERMINERS | OBJECTS
_GOVERNORS = SUBJECTS | MODALS | DO | PLEASE | {"not", "to"}
_AUXILIARIES = BE | HAVE | DO | MODALS
_OPENERS = (ASKING - PREPOSITIONS) | GREETINGS
_FOLLOWING = DEFINITE | OWNERS | OBJECTS | PREPOSITIONS | ASKING | {"not", "to", "a"}
_REACH = 9  # words looked back over for what leads to something


def frame(place: Place) -> Iterator[Evidence]:
    """What the neighbours say, English read into them."""
    yield from _after(place)
    at = next((at for at in range(1, _ADVERBS) if place.left(at) not in ADVERBS), _ADVERBS)
    yield from _before(place, at)


def misplaced(place: Place) -> bool:
    """Whether an auxiliary stands where none can: does will know, I promised will a list."""
    word, before = place.left(), place.left(2)
    if place.word not in MODALS:
        return False
    if place.owns:
        return True
    if word in _AUXILIARIES:
        return not before or before in ASKING
    ends = place.right() in DETERMINERS | PREPOSITIONS | {""}
    return ends and _verb(word, before) == 1.0


def _before(place: Place, at: int) -> Iterator[Evidence]:
    word = place.left(at)
    said = place.quoted(before=at) if word else place.quoted()
    if not word or word in _OPENERS:
        yield from _opening(place, at)
    elif word in DETERMINERS and not set("NPA") & set(place.parts):
        yield Evidence(kind="noun", words=f"{said}, where {place.word!r} cannot stand as a word")
    elif word in INDEFINITE or word.isdecimal():
        yield Evidence(kind="indefinite", words=said, share=_article(place))
    elif word in DEFINITE or word in OWNERS:
        yield from _definite(place, at)
    elif word == "to":
        yield from _to(place, at)
    elif word in _AUXILIARIES:
        yield from _auxiliary(place, at)
    elif word in _ACTORS:
        yield from _verbal(place, said)
    elif word in {"of", "about"} and _asked(place, at):
        yield Evidence(kind="subject", words=place.quoted(before=at + 1), share=_TOPIC)
    elif word in PREPOSITIONS:
        phrasal = word in PARTICLES and _verb(place.left(at + 1), place.left(at + 2)) == 1.0
        share = _PHRASAL if phrasal else LOOSE.get(word, 1.0)
        if licensed(word, place.word):
            share *= _LICENSED
        yield from _bare(place, "preposition", said, share=share)
    else:
        yield from _after_content(place, at)


def _asked(place: Place, at: int) -> bool:
    """Whether the clause is nothing but the question: what about X?"""
    before = place.left(at + 2)
    return place.left(at + 1) == "what" and before in ASKING | {""} and not place.right()


def _after_content(place: Place, at: int) -> Iterator[Evidence]:
    """After a word that is not grammar."""
    word, before = place.left(at), _governor(place, at)
    said = place.quoted(before=at)
    if word in KINDS:
        yield Evidence(kind="apposition", words=said)
    elif _acts(word, place) and word not in USES:
        yield Evidence(kind="verb", words=said, share=0.7)
    elif place.hyphened_left(at):
        yield from _modified(place, at)
    elif _verb(word, before):
        yield from _object(place, at)
    else:
        yield from _modified(place, at)


def _acts(word: str, place: Place) -> bool:
    """Whether the word is the verb of the noun before it: labels render, prices rose."""
    played = parts(word)
    if "P" in played[:2]:
        return place.parts[:1] in {"V", "D"}
    if played[:1] in {"N", ""} and _governed(place):
        return "V" in place.parts  # can traefik scale a service
    return played[:1] == "N" and place.parts[:1] in {"D", "Z"}


def _opening(place: Place, at: int) -> Iterator[Evidence]:
    """At the front of a clause: a subject, or an imperative."""
    after = place.right()
    said = place.quoted(after=1 if after else 0)
    listed = after in {"and", "or"} or place.listed
    reach = place.after(ADVERBS)
    verb = place.right(reach)
    if after in {"vs", "versus"}:
        yield Evidence(kind="listed", words=said)
    elif finite(verb, place.right(reach + 1)):
        sure = verb in _AUXILIARIES or parts(verb)[:1] in {"Z", "D"}
        acts = 0.9 if verb in BE else 1.2  # stuff is more often said to be than to do
        share = acts if "M" in place.parts else 1.0
        if place.parts[:1] in {"V", "A", "R"} and parts(verb)[:1] == "P":
            return  # make strides, next steps
        yield from _bare(place, "subject", said, share=share if sure else 0.45)
    elif _countable(after) and finite(place.right(2), place.right(3)):
        yield from _bare(place, "subject", place.quoted(after=2), share=0.7)
    elif place.owns and parts(after)[:1] in {"R", "A", "G"} | _none(after in PREPOSITIONS):
        yield from _bare(place, "subject", said)
    elif not set("VAR") & set(place.parts):
        joined = place.left(at) in {"and", "or"}
        share = 0.4 if listed or after in PREPOSITIONS else 0.75 if joined else 1.0
        yield from _bare(place, "bare", said, share=share)
    elif "V" not in place.parts or not after:
        return
    elif after in _OBJECTIVE or after == "to":
        yield Evidence(kind="imperative", words=said)
    elif parts(after)[:1] in {"P", "R", "A"} or after in PREPOSITIONS:
        yield Evidence(kind="imperative", words=said, share=0.5)


def _none(holds: bool) -> set[str]:
    return {""} if holds else set()


def _countable(word: str) -> bool:
    """Whether a noun needs an article that, with a name before it, it can do without."""
    played = parts(word)
    return played[:1] == "N" and "M" not in played


def finite(word: str, after: str) -> bool:
    """Whether a word that follows a subject is its verb."""
    if word in _AUXILIARIES:
        return True
    played = parts(word)
    if "Z" in played and after in _AUXILIARIES:
        return False  # express trains do not stop
    if played[:1] == "Z":
        return True
    if "Z" in played:
        return not after or after in _FOLLOWING or parts(after)[:1] in {"A", "R"}
    return played[:1] == "D" or (played[:2] in {"VD", "AD"} and word not in PREPOSITIONS)


def _definite(place: Place, at: int) -> Iterator[Evidence]:
    if place.left(at) in DEFINITE and place.left(at + 1) in BE:
        yield from _predicate(place, place.quoted(before=at))
        return
    tells = place.left(at) == "that" and set("VZD") & set(parts(place.left(at + 1)))
    if tells and finite(place.right(), place.right(2)):
        yield from _bare(place, "subject", place.quoted(after=1))
        return
    share = _article(place) * (0.7 if place.left(at) in OWNERS else 1.0)
    yield Evidence(kind="definite", words=place.quoted(before=at), share=share)


def _article(place: Place) -> float:
    """What an article or an adjective says of the word: it may belong to a noun that follows."""
    if not modifies(place):
        return 1.0
    return _HEADED if heads(place.right()) else _FRONT


def _to(place: Place, at: int) -> Iterator[Evidence]:
    before = [place.left(at + distance) for distance in range(1, _REACH)]
    leads = any(word in TOWARDS for word in before) or "from" in before
    leads = leads and before[0] not in CONTROLS
    if "V" not in place.parts or ((leads or heads(before[0])) and not _governed(place)):
        yield from _bare(place, "preposition", place.quoted(before=at))
    else:
        yield Evidence(kind="verb", words=place.quoted(before=at))


def _governed(place: Place) -> bool:
    """Whether an object follows, as after a verb."""
    return place.right() in _OBJECTIVE


def _auxiliary(place: Place, at: int) -> Iterator[Evidence]:
    """After a verb of grammar: the subject of a question, its predicate, or the verb itself."""
    word, before, after = place.left(at), place.left(at + 1), place.right()
    said = place.quoted(before=at)
    opens = word not in {"do", "dont", "be", "been", "have"} and (not before or before in ASKING)
    asks = word in DO and before not in SUBJECTS and "V" in parts(after)
    if opens or (asks and after not in PREPOSITIONS | PARTICLES):
        yield from _bare(place, "subject", place.quoted(before=at, after=1 if after else 0))
    elif word in BE:
        yield from _predicate(place, said)
    elif word in HAVE:
        yield from _bare(place, "object", said)
    else:
        yield from _verbal(place, said)


def _predicate(place: Place, said: str) -> Iterator[Evidence]:
    """What something is; of somebody, a role needs no article: he is prefect."""
    if place.parts[:1] in {"A", "R"}:
        yield Evidence(kind="adjective", words=said)
    else:
        yield from _bare(place, "predicate", said, share=0.3 if "h" in place.parts else 1.0)


def _verbal(place: Place, said: str) -> Iterator[Evidence]:
    if set("VZD") & set(place.parts):
        yield Evidence(kind="verb", words=said)


def _verb(word: str, before: str) -> float:
    """How surely a word is a verb that may have an object, from 0 to 1."""
    played = parts(word)
    if not any(part in played for part in "VZDG"):
        return 0.0
    if before in _GOVERNORS:
        return 1.0
    if before in DETERMINERS | BE | PREPOSITIONS:
        return 1.0 if played[:1] == "G" and before in PREPOSITIONS | BE else 0.0
    if word in USES:
        return 1.0
    opens = not before or before in ASKING
    if played[:1] in {"V", "Z", "G", "D"}:
        return 1.0 if opens or played[:1] != "D" else 0.6
    return 0.45 if opens else 0.0


def _governor(place: Place, at: int) -> str:
    """The word before the one at this distance, adverbs passed over."""
    return next((w for w in map(place.left, range(at + 1, at + 4)) if w not in ADVERBS), "")


def _object(place: Place, at: int) -> Iterator[Evidence]:
    word = place.left(at)
    said = place.quoted(before=at)
    sure = _verb(word, _governor(place, at))
    if sure < _UNSURE and modifies(place):
        yield from _modified(place, at)  # a paper snowflake template
    elif word in PERCEIVE and place.parts[:1] == "V":
        yield Evidence(kind="verb", words=said)
    elif word in LOOKS and "A" in place.parts:
        yield Evidence(kind="adjective", words=said)
    else:
        share = 2.0 if word in ADDRESS and "M" in place.parts else 1.0
        if place.parts[:1] in {"A", "R"} and word not in USES | ADDRESS:
            share = _ADVERBIAL
        yield from _bare(place, "object", said, share=share * sure)


def _modified(place: Place, at: int) -> Iterator[Evidence]:
    """Another word of its noun phrase stands before it."""
    word = place.left(at)
    played = parts(word)
    if not played or played[0] not in "ANPDG":
        return
    determined = any(place.left(at + distance) in DETERMINERS for distance in (1, 2))
    share = _article(place) * (1.3 if determined else 0.7)
    yield Evidence(kind="modified", words=place.quoted(before=at), share=share)


def _bare(place: Place, kind: str, said: str, *, share: float = 1.0) -> Iterator[Evidence]:
    """A noun's place without an article: a name, unless the word needs none."""
    if "M" in place.parts and "N" in place.parts[:2] and place.word not in MODALS:
        share *= _MASS
    elif "P" in place.parts[:2]:
        share *= _PLURAL
    if kind != "subject" and modifies(place) and not heads(place.right()):
        share *= _MODIFIER
    yield Evidence(kind=kind, words=said, share=share)


def heads(word: str) -> bool:
    """Whether a word behind a name says what of it is meant: the vault policy, a spark job."""
    return bool(word) and (is_head(word) or technical(word))


def modifies(place: Place) -> bool:
    """Whether another noun follows that the word may belong to, as a noun."""
    after = place.right()
    if not after or after in PREPOSITIONS or closed_class(after, "en"):
        return False
    played = parts(after)
    return (not played or played[0] in "NP") and not finite(after, place.right(2))


def _after(place: Place) -> Iterator[Evidence]:
    after = place.right()
    said = place.quoted(after=1) if after else ""
    if place.hyphened and not (is_head(after) or after in _MADE):
        yield Evidence(kind="hyphen", words=place.quoted(after=1) if after else place.quoted(1))
    if place.version:
        counted = place.left() in INDEFINITE or ("N" in place.parts[:1] and not place.dotted)
        share = _NUMBERED if counted else 1.0
        yield Evidence(kind="version", words=said, share=share)
    elif after == "of":
        yield Evidence(kind="of", words=said)
    elif after in PARTICLES and "V" in place.parts:
        yield Evidence(kind="particle", words=said, share=1.0 if place.parts[0] == "V" else 0.4)
    if place.owns and not (place.left() in DETERMINERS or parts(place.left())[:1] in {"N", "A"}):
        yield Evidence(kind="owner", words=f"{place.quoted()} with 's")
