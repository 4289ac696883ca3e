"""The English frame of a lone word: what its neighbours let it be.

A countable noun needs an article, so a bare one where a noun belongs is a name; where a verb or an
adjective belongs, or after an article, it is the word.
"""

from collections.abc import Iterator

from mindhold.beliefs.text.heads import is_head
from mindhold.beliefs.text.words import closed_class, licensed, parts, technical
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
LOOSE = {"of": 0.5, "per": 0.0, "as": 0.4, "without": 0.7, "by": 0.8, "like": 0.8} | dict.fromkeys(
    ("off", "down", "up", "out", "back"), 0.5
)
"""Prepositions, and particles that stand like one, after which an ordinary noun is often bare."""
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
    "how why when where who whether if because while that and or but so since then though"
    " although unless until once as than think guess"
)
ADVERBS = _words(
    "just really still also never always not now only even actually maybe simply currently already"
    " ever rather again probably apparently suddenly basically instead soon often sometimes"
)
GREETINGS = _words("hi hello hey ok okay thanks well yes no yeah nope ugh oh hm sure right cool")
PLEASE = _words("please pls plz lets let dont gonna gotta wanna kindly to")
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
_MASS, _PLURAL, _MODIFIER, _LICENSED = 0.5, 0.2, 0.5, 0.4
"""What is left of the evidence of a missing article where the word needs none: a mass noun, a
plural, the front of a longer noun, a pair of words like "at dawn"."""
_FRONT = 0.25  # what an article says of the front of a longer noun: a spark job, the vault policy
_ADVERBS = 4  # passed over on the way to what governs the word
_REACH = 9  # words looked back over for what leads to something
PERCEIVE = _words("let make makes made help helps watch see hear have dare go come")
USES = _words(
    "use uses used using run runs ran try tries tried need needs needed want wants wanted love"
    " loves like likes install installs installed learn support supports"
)
LOOKS = _words(
    "look looks looked feel feels felt seem seems seemed sound sounds sounded get gets got become"
    " becomes became taste tastes tasted smell smells smelled turn turns turned stay stays stayed"
    " remain remains remained go goes went"
)


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
    if word in DO | HAVE | MODALS | BE:
        return not before or before in ASKING
    ends = place.right() in DEFINITE | OWNERS | INDEFINITE | PREPOSITIONS | {""}
    return ends and _verb(word, before) == 1.0


def _before(place: Place, at: int) -> Iterator[Evidence]:
    word = place.left(at)
    said = place.quoted(before=at) if word else place.quoted()
    if not word or word in (ASKING - PREPOSITIONS) | GREETINGS:
        yield from _opening(place, at)
    elif word in INDEFINITE | DEFINITE | OWNERS and not set("NPA") & set(place.parts):
        yield Evidence(kind="noun", words=f"{said}, where {place.word!r} cannot stand as a word")
    elif word in INDEFINITE or word.isdecimal():
        yield Evidence(kind="indefinite", words=said, share=_article(place))
    elif word in DEFINITE or word in OWNERS:
        yield from _definite(place, at)
    elif word == "to":
        yield from _to(place, at)
    elif word in MODALS | DO | BE | HAVE:
        yield from _auxiliary(place, at)
    elif word in SUBJECTS | PLEASE:
        yield from _verbal(place, said)
    elif word in PREPOSITIONS:
        phrasal = word in PARTICLES and _verb(place.left(at + 1), place.left(at + 2)) == 1.0
        share = 1.0 if phrasal else LOOSE.get(word, 1.0)
        if licensed(word, place.word):
            share *= _LICENSED
        yield from _bare(place, "preposition", said, share=share)
    else:
        yield from _after_content(place, at)


def _after_content(place: Place, at: int) -> Iterator[Evidence]:
    """After a word that is not grammar."""
    word, before = place.left(at), place.left(at + 1)
    said = place.quoted(before=at)
    if word in KINDS:
        yield Evidence(kind="apposition", words=said)
    elif "P" in parts(word)[:2] and place.parts[:1] in {"V", "D"} and word not in USES:
        yield Evidence(kind="verb", words=said, share=0.7)
    elif _verb(word, before):
        yield from _object(place, at)
    else:
        yield from _modified(place, at)


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
        sure = verb in BE | HAVE | DO | MODALS or parts(verb)[:1] in {"Z", "D"}
        yield from _bare(place, "subject", said, share=1.0 if sure else 0.5)
    elif _countable(after) and finite(place.right(2), place.right(3)):
        yield from _bare(place, "subject", place.quoted(after=2), share=0.7)
    elif place.owns and parts(after)[:1] in {"R", "A", "G"} | _none(after in PREPOSITIONS):
        yield from _bare(place, "subject", said)
    elif not set("VAR") & set(place.parts):
        share = 0.4 if listed or after in PREPOSITIONS else 1.0
        yield from _bare(place, "bare", said, share=share)
    elif "V" not in place.parts or not after:
        return
    elif after in DEFINITE | OWNERS | OBJECTS | INDEFINITE or after == "to":
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
    if word in BE | HAVE | DO | MODALS:
        return True
    played = parts(word)
    if played[:1] == "Z":
        return True
    if "Z" in played:
        return not after or after in DEFINITE | OWNERS | OBJECTS | PREPOSITIONS | {"not", "to", "a"}
    return played[:1] == "D" or (played[:2] in {"VD", "AD"} and word not in PREPOSITIONS)


def _definite(place: Place, at: int) -> Iterator[Evidence]:
    if place.left(at) in DEFINITE and place.left(at + 1) in BE:
        yield from _predicate(place, place.quoted(before=at))
        return
    if place.left(at) == "that" and finite(place.right(), place.right(2)):
        yield from _bare(place, "subject", place.quoted(after=1))
        return
    share = _article(place) * (0.7 if place.left(at) in OWNERS else 1.0)
    yield Evidence(kind="definite", words=place.quoted(before=at), share=share)


def _article(place: Place) -> float:
    """What an article or an adjective says of the word: it may belong to a noun that follows."""
    if not modifies(place):
        return 1.0
    return 0.0 if heads(place.right()) else _FRONT


def _to(place: Place, at: int) -> Iterator[Evidence]:
    before = [place.left(at + distance) for distance in range(1, _REACH)]
    leads = any(word in TOWARDS for word in before) or "from" in before
    if "V" not in place.parts or leads or (heads(before[0]) and not _governed(place)):
        yield from _bare(place, "preposition", place.quoted(before=at))
    else:
        yield Evidence(kind="verb", words=place.quoted(before=at))


def _governed(place: Place) -> bool:
    """Whether an object follows, as after a verb."""
    return place.right() in DEFINITE | OWNERS | OBJECTS | INDEFINITE


def _auxiliary(place: Place, at: int) -> Iterator[Evidence]:
    """After a verb of grammar: the subject of a question, its predicate, or the verb itself."""
    word, before, after = place.left(at), place.left(at + 1), place.right()
    said = place.quoted(before=at)
    opens = word not in {"do", "dont", "be", "been", "have"} and (not before or before in ASKING)
    asks = word in DO | MODALS and before not in SUBJECTS and "V" in parts(after)
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
    if before in SUBJECTS | MODALS | DO | PLEASE or before in {"not", "to"}:
        return 1.0
    if before in DEFINITE | OWNERS | INDEFINITE | BE | PREPOSITIONS:
        return 1.0 if played[:1] == "G" and before in PREPOSITIONS | BE else 0.0
    if word in USES:
        return 1.0
    opens = not before or before in ASKING
    if played[:1] in {"V", "Z", "G", "D"}:
        return 1.0 if opens or played[:1] != "D" else 0.6
    return 0.45 if opens else 0.0


def _object(place: Place, at: int) -> Iterator[Evidence]:
    word = place.left(at)
    said = place.quoted(before=at)
    if word in PERCEIVE and place.parts[:1] == "V":
        yield Evidence(kind="verb", words=said)
    elif word in LOOKS and "A" in place.parts:
        yield Evidence(kind="adjective", words=said)
    else:
        yield from _bare(place, "object", said, share=_verb(word, place.left(at + 1)))


def _modified(place: Place, at: int) -> Iterator[Evidence]:
    """Another word of its noun phrase stands before it."""
    word = place.left(at)
    played = parts(word)
    if not played or played[0] not in "ANPDG":
        return
    determined = any(
        place.left(at + distance) in DEFINITE | OWNERS | INDEFINITE for distance in (1, 2)
    )
    share = _article(place) * (1.3 if determined else 0.7)
    yield Evidence(kind="modified", words=place.quoted(before=at), share=share)


def _bare(place: Place, kind: str, said: str, *, share: float = 1.0) -> Iterator[Evidence]:
    """A noun's place without an article: a name, unless the word needs none."""
    if "M" in place.parts and "N" in place.parts[:2] and place.word not in MODALS:
        share *= _MASS
    elif place.parts[:1] == "P":
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
    if place.hyphened and not heads(after):
        yield Evidence(kind="hyphen", words=place.quoted(after=1) if after else place.quoted(1))
    if place.version:
        share = 0.3 if place.left() in INDEFINITE else 1.0
        yield Evidence(kind="version", words=said, share=share)
    elif after == "of":
        yield Evidence(kind="of", words=said)
    elif after in PARTICLES and "V" in place.parts:
        yield Evidence(kind="particle", words=said, share=1.0 if place.parts[0] == "V" else 0.4)
    if place.owns and place.left() not in DEFINITE | OWNERS | INDEFINITE:
        yield Evidence(kind="owner", words=f"{place.quoted()} with 's")
