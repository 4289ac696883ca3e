"""Builds `beliefs/text/english.txt.gz`: everyday English words with the parts they play.

    python scripts/words.py SCOWL WORDNET SYMSPELL

SCOWL is the directory of Debian's `scowl` (usr/share/dict/scowl), WORDNET that of `wordnet-base`
(usr/share/wordnet), SYMSPELL that of the wheel of symspellpy. One line a word, commonest first: the
word and its parts, the commonest first (see `beliefs/text/words.py`).
"""

import gzip
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

OUT = Path(__file__).parent.parent / "beliefs/text/english.txt.gz"
MOST = 40_000  # words kept
SIZE = 50  # of SCOWL: what is larger is no everyday word (a docker is a worker in size 55)
PARTS = {"1": "N", "2": "V", "3": "A", "4": "R", "5": "A"}  # WordNet's synset types
FILES = {"noun": "N", "verb": "V", "adj": "A", "adv": "R"}
MASS = {"07", "12", "19", "22", "26", "27"}
"""Lexicographer files whose nouns mostly need no article: attribute, feeling, phenomenon, process,
state, substance; for nouns of which no pair of words tells."""
BARE = {"of", "in", "with", "for", "from", "by", "on", "at", "without"}


def everyday(scowl: Path) -> set[str]:
    """The words of SCOWL up to `SIZE`, lower case and letters only."""
    found: set[str] = set()
    for path in scowl.iterdir():
        kind, _, size = path.name.partition(".")
        if kind in {"english-words", "american-words", "british-words"} and int(size) <= SIZE:
            found.update(path.read_text("latin-1").split())
    return {word for word in found if word.isascii() and word.isalpha() and word.islower()}


def lemmas(wordnet: Path) -> dict[str, Counter[str]]:
    """How often each lemma plays each part; at least a little for a part that WordNet has."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for name, part in FILES.items():
        for line in (wordnet / f"index.{name}").read_text().splitlines():
            if not line.startswith(" "):
                found[line.split(" ", 1)[0]][part] += 1
    for line in (wordnet / "cntlist.rev").read_text().splitlines():
        key, _, count = line.split()
        lemma, _, sense = key.partition("%")
        found[lemma][PARTS[sense[0]]] += int(count)
    return found


def mass(wordnet: Path, pairs: Path) -> set[str]:
    """Nouns that stand without an article more often than with "a", or are of a kind that does."""
    bare: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    for line in pairs.read_text("utf-8-sig").splitlines():
        before, word, count = line.split()
        if before in BARE:
            bare[word] += int(count)
        elif before in {"a", "an"}:
            counted[word] += int(count)
    kinds = kind_of_nouns(wordnet)
    return {
        word
        for word, kind in kinds.items()
        if (bare[word] > 2 * counted[word] if bare[word] or counted[word] else kind in MASS)
    }


def kind_of_nouns(wordnet: Path) -> dict[str, str]:
    """The lexicographer file of each noun's first sense."""
    files = {}
    for line in (wordnet / "data.noun").read_text().splitlines():
        if not line.startswith(" "):
            offset, file, _ = line.split(" ", 2)
            files[offset] = file
    found = {}
    for line in (wordnet / "index.noun").read_text().splitlines():
        if not line.startswith(" "):
            fields = line.split()
            senses, pointers = int(fields[2]), int(fields[3])
            found[fields[0]] = files[fields[6 + pointers : 6 + pointers + senses][0]]
    return found


def irregular(wordnet: Path) -> dict[str, list[tuple[str, str]]]:
    """The inflected forms that no ending tells: went is a past of go."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, part in (("noun", "P"), ("verb", "D")):
        for line in (wordnet / f"{name}.exc").read_text().splitlines():
            form, lemma, *_ = line.split()
            found[form].append((lemma, "G" if part == "D" and form.endswith("ing") else part))
    return found


def regular(word: str) -> Iterator[tuple[str, str]]:
    """What the endings of a word may make it: a lemma, and the part it plays."""
    for ending, parts in (("s", "PZ"), ("ed", "D"), ("ing", "G")):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2:
            continue
        whole = [stem, stem + "e"] if ending != "s" else [stem]
        if ending != "s" and stem[-1] == stem[-2]:
            whole.append(stem[:-1])
        if stem.endswith("i"):
            whole.append(stem[:-1] + "y")
        if ending == "s" and stem.endswith(("ie", "se", "she", "che", "xe", "ze", "oe")):
            whole.append(stem[:-2] + "y" if stem.endswith("ie") else stem[:-1])
        yield from ((lemma, part) for lemma in whole for part in parts)


def parts(word: str, known: dict[str, Counter[str]], odd: dict[str, list[tuple[str, str]]]) -> str:
    """The parts of one word form, the commonest first."""
    of = {"P": "N", "Z": "V", "D": "V", "G": "V"}
    counted: Counter[str] = Counter(known.get(word, {}))
    for lemma, part in [*odd.get(word, ()), *regular(word)]:
        if lemma != word and known.get(lemma, {}).get(of[part]):
            counted[part] += known[lemma][of[part]]
    return "".join(part for part, _ in counted.most_common())


def main(scowl: Path, wordnet: Path, symspell: Path) -> None:
    """Writes the list."""
    frequencies = symspell / "frequency_dictionary_en_82_765.txt"
    pairs = symspell / "frequency_bigramdictionary_en_243_342.txt"
    order = [line.split()[0] for line in frequencies.read_text("utf-8-sig").splitlines()]
    words = everyday(scowl)
    known, uncounted, odd = lemmas(wordnet), mass(wordnet, pairs), irregular(wordnet)
    ranked = [word for word in order if word in words]
    ranked += sorted(words.difference(ranked))
    lines = [
        f"{word} {parts(word, known, odd)}{'M' * (word in uncounted)}".rstrip()
        for word in ranked[:MOST]
    ]
    OUT.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))
    print(f"{len(lines):,} words, {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
