"""The English frame of a lone word: what its neighbours let it be.

A countable noun needs an article, so a bare one where a noun belongs is a name; where a verb or an
adjective belongs, or after an article, it is the word.
"""

from collections.abc import Iterator

from mindhold.beliefs.text.words import parts
from mindhold.retrieval.sense.evidence import Evidence
from mindhold.retrieval.sense.place import Place


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


INDEFINITE = _words(
    "a an another each every any some no one either neither two three four five six few many"
    " several more most less much enough both these those all which what"
)
DEFINITE = _words("the this that")
OWNERS = _words("my our your his her its their whose")
PREPOSITIONS = _words(
    "in on at from with via using over by for into onto through under against without about of"
    " within between behind beyond across around inside outside since until toward towards than up"
    " out down back"
    " per versus vs after before like as because besides except off unlike atop near"
)
SUBJECTS = _words(
    "i we they you he she it who there everybody everyone people nobody ill ive youll"
)
BE = _words("is are was were be been being am isnt arent wasnt werent")
HAVE = _words("has have had hasnt havent hadnt having")
DO = _words("does did doesnt didnt do dont")
MODALS = _words(
    "can could will would shall should may might must cant couldnt wont wouldnt shouldnt cannot"
)
ASKING = _words(
    "how why when where what who whether if because while that and or but so since then though"
    " although unless until once as than think guess"
)
ADVERBS = _words(
    "just really still also never always not now only even actually maybe simply currently already"
    " ever rather again probably apparently suddenly basically instead soon often sometimes"
)
PLEASE = _words("please lets let dont gonna gotta wanna kindly to")
PARTICLES = _words("up out off away ahead down back over along through forward apart together on")
OBJECTS = _words("me him us them it you myself yourself itself themselves ourselves")
TOWARDS = _words(
    "migrate migrating migrated migration switch switching switched move moving moved port porting"
    " ported convert converting converted compile compiles compiled deploy deploying deployed push"
    " pushing pushed pushes upgrade upgrading upgraded compared relative similar prefer due add"
    " added adding connect connecting connected connection connects send sending sent sends post"
    " posting posted publish published write writes writing wrote written log logs logged talk"
    " talking talks talked speak speaking spoke listen listening belong belongs go going went"
    " come comes rewrite rewriting rewrote transition equivalent alternative alternatives access"
    " attach attached export exporting exported exports upload uploading import sync syncing next"
    " close thanks thank reply replied said told explain explained give gave given show showed"
    " introduce introduced new married related link linked linking links sell sold drive driving"
    " drove return returned returning answer bring brought happened according transfer transferred"
    " point points pointing pointed respond mail email emailed message subscribe subscribed"
    " translate translating forward forwarded submit report reports reported apply tickets ticket"
)
KINDS = _words(
    "project service language library framework tool app package module program software company"
    " character client customer cat dog team server database game matter case called named codename"
)
_REACH = 9  # words looked back over for what leads to something
PERCEIVE = _words("let make makes made help helps watch see hear have dare go come")
LOOKS = _words("look looks looked feel feels felt seem seems seemed sound sounds get gets become")


def frame(place: Place) -> Iterator[Evidence]:
    """What the neighbours say, English read into them."""
    yield from _after(place)
    at = 1
    while place.left(at) in ADVERBS:
        at += 1
    yield from _before(place, at)


def _before(place: Place, at: int) -> Iterator[Evidence]:
    word, before = place.left(at), place.left(at + 1)
    said = place.quoted(before=at) if word else place.quoted()
    if not word or word in ASKING - PREPOSITIONS:
        yield from _opening(place, at)
    elif word in INDEFINITE | DEFINITE | OWNERS and not set("NPA") & set(place.parts):
        yield Evidence(kind="noun", words=f"{said}, where {place.word!r} cannot stand as a word")
    elif word in INDEFINITE or word.isdecimal():
        yield Evidence(kind="indefinite", words=said, share=0.3 if _modifies(place) else 1.0)
    elif word in DEFINITE or word in OWNERS:
        yield from _definite(place, at)
    elif word == "to":
        yield from _to(place, at)
    elif word in MODALS | DO | BE | HAVE:
        yield from _auxiliary(place, at)
    elif word in SUBJECTS:
        yield from _verbal(place, said)
    elif word in PREPOSITIONS:
        yield from _bare(place, "preposition", said)
    elif word in KINDS:
        yield Evidence(kind="apposition", words=said)
    elif word in PLEASE:
        yield from _verbal(place, said)
    elif _is_verb(word, before):
        yield from _object(place, at)
    else:
        yield from _modified(place, at)


def _opening(place: Place, at: int) -> Iterator[Evidence]:
    """At the front of a clause: a subject, or an imperative."""
    after = place.right()
    if after in {"vs", "versus"}:
        yield Evidence(kind="listed", words=place.quoted(after=1))
    elif finite(after, place.right(2)):
        yield from _bare(place, "subject", place.quoted(after=1), modifier=False)
    elif not set("VAR") & set(place.parts):
        yield from _bare(place, "bare", place.quoted(after=1 if after else 0))
    elif "V" not in place.parts or not after:
        return
    elif after in DEFINITE | OWNERS | OBJECTS | INDEFINITE or after == "to":
        yield Evidence(kind="imperative", words=place.quoted(after=1))
    elif parts(after)[:1] in {"P", "R", "A"} or after in PREPOSITIONS:
        yield Evidence(kind="imperative", words=place.quoted(after=1), share=0.5)


def finite(word: str, after: str) -> bool:
    """Whether a word that follows a subject is its verb."""
    if word in BE | HAVE | DO | MODALS:
        return True
    played = parts(word)
    if played[:1] == "Z":
        return True
    if "Z" in played:
        return not after or after in DEFINITE | OWNERS | OBJECTS | PREPOSITIONS | {"not", "to", "a"}
    return played[:1] == "D" or (played[:2] in {"VD", "AD"} and word not in PREPOSITIONS)


def _definite(place: Place, at: int) -> Iterator[Evidence]:
    if place.left(at) == "that" and finite(place.right(), place.right(2)):
        yield from _bare(place, "subject", place.quoted(after=1), modifier=False)
        return
    share = 0.3 if _modifies(place) else (0.7 if place.left(at) in OWNERS else 1.0)
    yield Evidence(kind="definite", words=place.quoted(before=at), share=share)


def _to(place: Place, at: int) -> Iterator[Evidence]:
    before = [place.left(at + distance) for distance in range(1, _REACH)]
    if "V" not in place.parts or any(word in TOWARDS for word in before) or "from" in before:
        yield from _bare(place, "preposition", place.quoted(before=at))
    else:
        yield Evidence(kind="verb", words=place.quoted(before=at))


def _auxiliary(place: Place, at: int) -> Iterator[Evidence]:
    word, before = place.left(at), place.left(at + 1)
    said = place.quoted(before=at)
    if word not in {"do", "dont", "be", "been", "have"} and (not before or before in ASKING):
        after = place.right()
        reach = 1 if after else 0
        yield from _bare(place, "subject", place.quoted(before=at, after=reach))
    elif word in BE:
        if place.parts[:1] in {"A", "R"}:
            yield Evidence(kind="adjective", words=said)
        else:
            yield from _bare(place, "predicate", said)
    elif word in HAVE:
        yield from _bare(place, "object", said)
    else:
        yield from _verbal(place, said)


def _verbal(place: Place, said: str) -> Iterator[Evidence]:
    if "V" in place.parts:
        yield Evidence(kind="verb", words=said)


def _is_verb(word: str, before: str) -> bool:
    played = parts(word)
    if before in SUBJECTS | MODALS | DO | PLEASE or not before or before in ASKING:
        return any(part in played for part in "VZDG")
    return played[:1] in {"V", "Z", "G", "D"} and before not in (
        DEFINITE | OWNERS | INDEFINITE | BE
    )


def _object(place: Place, at: int) -> Iterator[Evidence]:
    word = place.left(at)
    said = place.quoted(before=at)
    if word in PERCEIVE and place.parts[:1] == "V":
        yield Evidence(kind="verb", words=said)
    elif word in LOOKS and "A" in place.parts:
        yield Evidence(kind="adjective", words=said)
    else:
        yield from _bare(place, "object", said)


def _modified(place: Place, at: int) -> Iterator[Evidence]:
    """Another word of its noun phrase stands before it."""
    word = place.left(at)
    played = parts(word)
    if not played or played[0] not in "ANPDG":
        return
    determined = any(
        place.left(at + distance) in DEFINITE | OWNERS | INDEFINITE for distance in (1, 2)
    )
    share = 0.5 if _modifies(place) else (1.3 if determined else 0.7)
    yield Evidence(kind="modified", words=place.quoted(before=at), share=share)


def _bare(place: Place, kind: str, said: str, *, modifier: bool = True) -> Iterator[Evidence]:
    """A noun's place without an article: a name, unless the word needs none."""
    share = 1.0
    if "M" in place.parts:
        share = 0.5
    elif place.parts[:1] == "P":
        share = 0.2
    if modifier and _modifies(place):
        share *= 0.6
    yield Evidence(kind=kind, words=said, share=share)


def _modifies(place: Place) -> bool:
    """Whether another noun follows that the word may belong to."""
    after = place.right()
    played = parts(after)
    return (
        bool(after)
        and after not in PREPOSITIONS
        and (not played or played[0] in "NP")
        and (not finite(after, place.right(2)))
    )


def _after(place: Place) -> Iterator[Evidence]:
    after = place.right()
    said = place.quoted(after=1) if after else ""
    if place.version:
        yield Evidence(kind="version", words=said)
    elif after == "of":
        yield Evidence(kind="of", words=said)
    elif after in PARTICLES and "V" in place.parts:
        yield Evidence(kind="particle", words=said)
    if place.owns and place.left() not in DEFINITE | OWNERS | INDEFINITE:
        yield Evidence(kind="owner", words=f"{place.quoted()} with 's")
