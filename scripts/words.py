"""Builds lists of `beliefs/text/`: English words with their parts, phrases, acronyms, terms.

    python scripts/words.py SCOWL WORDNET SYMSPELL SUMMARIES...

SCOWL is the directory of Debian's `scowl` (usr/share/dict/scowl), WORDNET that of `wordnet-base`
(usr/share/wordnet), SYMSPELL the unpacked wheel of symspellpy, SUMMARIES files of packages with
their summaries (`NAME - SUMMARY`), of Debian (`apt-cache search .`) and of PyPI. What is in a line
is said in `beliefs/text/words.py`; the licences lie beside the lists.
"""

import gzip
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Set
from pathlib import Path

OUT = Path(__file__).parent.parent / "beliefs/text"
FORMS, USUAL = 25_000, 40_000  # words kept in all their forms; that count as usual
SIZE = 60  # of SCOWL: what is larger is no everyday word
PHRASE = 4  # words of a phrase at most
PARTS = {"1": "N", "2": "V", "3": "A", "4": "R", "5": "A"}  # WordNet's synset types
FILES = {"noun": "N", "verb": "V", "adj": "A", "adv": "R"}
KINDS = {"05": "a", "08": "b", "13": "f", "18": "h", "19": "w", "20": "p", "27": "s", "28": "t"}
"""WordNet's files of things that one meets together: animals, body, food, humans, weather,
plants, stuff, times."""
MASS = {"07", "12", "19", "22", "26", "27"}
"""Its files of nouns that mostly need no article, where no pair of words tells: attribute, feeling,
phenomenon, process, state, substance."""
FREQUENCIES = "symspellpy/frequency_dictionary_en_82_765.txt"
BIGRAMS = "symspellpy/frequency_bigramdictionary_en_243_342.txt"
PARTICLES = re.findall(
    r"\w+",
    "about across after against ahead along around at away back by down for forth forward from in"
    " into of off on out over past through to together under up upon with without",
)
SCARCE, OFTENER = 5_000, 5  # a technical word: in one of so many summaries, so much oftener
NEVER = 10**15
BARELY = 0.35  # times a noun's own count, in another corpus: the pair is usual
LENGTH, UNSEEN = 8, 200_000  # words of a summary; the count of a word that English lacks
ACRONYM = re.compile("[A-Z][A-Z0-9]{1,4}")
BARE = {"of", "in", "with", "for", "from", "by", "on", "at", "without"}


def everyday(scowl: Path, wordnet: Path, usual: list[str]) -> set[str]:
    """The words of SCOWL up to `SIZE`, lower case and letters only, and the usual ones that WordNet
    has as more than the name of somebody or something."""
    found = {fields[0] for part in FILES for fields in index(wordnet, part)}
    found = found.difference(named(wordnet)).intersection(usual)
    for path in scowl.iterdir():
        kind, _, size = path.name.partition(".")
        if kind in {"english-words", "american-words", "british-words"} and int(size) <= SIZE:
            found.update(path.read_text("latin-1").split())
    return {word for word in found if word.isascii() and word.isalpha() and word.islower()}


def index(wordnet: Path, part: str) -> Iterator[list[str]]:
    """The lines of one of WordNet's indices, split."""
    for line in (wordnet / f"index.{part}").read_text().splitlines():
        if not line.startswith(" "):
            yield line.split()


def named(wordnet: Path) -> set[str]:
    """Lemmas that are first of all the name of somebody or something: kafka, houdini."""
    lines = (wordnet / "data.noun").read_text().splitlines()
    instances = {line.split(" ", 1)[0] for line in lines if " @i " in line}
    first = ((fields[0], fields[6 + int(fields[3])]) for fields in index(wordnet, "noun"))
    return {lemma for lemma, sense in first if sense in instances}


def lemmas(wordnet: Path) -> dict[str, Counter[str]]:
    """How often each lemma plays each part; at least a little for a part that WordNet has."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for name, part in FILES.items():
        for fields in index(wordnet, name):
            found[fields[0]][part] += 1
    for line in (wordnet / "cntlist.rev").read_text().splitlines():
        key, _, count = line.split()
        lemma, _, sense = key.partition("%")
        found[lemma][PARTS[sense[0]]] += int(count)
    return found


def counts(symspell: Path) -> dict[str, int]:
    """How often each English word is used, commonest first."""
    lines = (symspell / FREQUENCIES).read_text("utf-8-sig").splitlines()
    return {word: int(count) for word, count in (line.split() for line in lines)}


def nouns(wordnet: Path) -> dict[str, str]:
    """The lexicographer file of each noun's first sense."""
    files = {}
    for line in (wordnet / "data.noun").read_text().splitlines():
        if not line.startswith(" "):
            offset, file, _ = line.split(" ", 2)
            files[offset] = file
    return {fields[0]: files[fields[6 + int(fields[3])]] for fields in index(wordnet, "noun")}


def mass(files: dict[str, str], pairs: Path) -> set[str]:
    """Nouns that stand without an article more often than with "a", or are of a kind that does."""
    bare: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    for line in pairs.read_text("utf-8-sig").splitlines():
        before, word, count = line.split()
        if before in BARE:
            bare[word] += int(count)
        elif before in {"a", "an"}:
            counted[word] += int(count)
    return {
        word
        for word, file in files.items()
        if (bare[word] > 2 * counted[word] if bare[word] or counted[word] else file in MASS)
    }


def licensed(words: dict[str, str], symspell: Path) -> list[str]:
    """The prepositions after which each noun is usual without an article: at dawn, in ink."""
    known = counts(symspell)
    found: dict[str, list[str]] = defaultdict(list)
    for line in (symspell / BIGRAMS).read_text("utf-8-sig").splitlines():
        before, word, count = line.split()
        noun = "N" in words.get(word, "")[:2] and before in BARE | {"into", "off", "out", "under"}
        if noun and int(count) > BARELY * known.get(word, NEVER):
            found[word].append(before)
    return [f"{word} {' '.join(sorted(before))}" for word, before in sorted(found.items())]


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


def bent(odd: dict[str, list[tuple[str, str]]]) -> set[str]:
    """Verbs with a past of their own: seed is no past of see."""
    return {lemma for forms in odd.values() for lemma, part in forms if part == "D"}


def parts(
    word: str,
    known: dict[str, Counter[str]],
    odd: dict[str, list[tuple[str, str]]],
    strong: set[str],
) -> str:
    """The parts of one word form, the commonest first."""
    of = {"P": "N", "Z": "V", "D": "V", "G": "V"}
    counted: Counter[str] = Counter(known.get(word, {}))
    weak = [(lemma, part) for lemma, part in regular(word) if part != "D" or lemma not in strong]
    for lemma, part in [*odd.get(word, ()), *weak]:
        if lemma != word and known.get(lemma, {}).get(of[part]):
            counted[part] += known[lemma][of[part]]
    return "".join(part for part, _ in counted.most_common())


def english(scowl: Path, wordnet: Path, symspell: Path) -> list[str]:
    """The lines of the English list."""
    pairs = symspell / BIGRAMS
    order = list(counts(symspell))
    words, files = everyday(scowl, wordnet, order[:USUAL]), nouns(wordnet)
    known, uncounted, odd = lemmas(wordnet), mass(files, pairs), irregular(wordnet)
    strong = bent(odd)
    ranked = [word for word in order if word in words]
    ranked += sorted(words.difference(ranked))
    made = []
    for at, word in enumerate(ranked):
        played = parts(word, known, odd, strong)
        if at < FORMS or set(played) & set("NVAR"):
            marks = "M" * (word in uncounted) + KINDS.get(files.get(word, ""), "")
            made.append(f"{word} {played}{marks}".rstrip())
    return made


def phrases(wordnet: Path, symspell: Path, words: set[str]) -> list[str]:
    """WordNet's entries of several everyday words that people really write: on fire, poppy seed,
    set in stone. What is a verb with a particle is left to the frame."""
    counted = lemmas(wordnet)
    pairs = (symspell / BIGRAMS).read_text("utf-8-sig").splitlines()
    common = {"_".join(line.split()[:2]) for line in pairs}
    found = set()
    for name in FILES:
        for entry in {fields[0] for fields in index(wordnet, name)}:
            split = entry.split("_")
            if name == "verb" and len(split) == 2 and split[1] in PARTICLES:
                continue
            known = 1 < len(split) <= PHRASE and words >= set(split)
            idiom = name != "noun" and len(split) > 2
            if known and (idiom or entry in common or counted[entry].total() > 1):
                found.add(" ".join(split))
    return sorted(found)


def acronyms(wordnet: Path) -> list[str]:
    """WordNet's acronyms, each with what it stands for there, one a line; and its entries of an
    acronym and a word: po box."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in (wordnet / "data.noun").read_text().splitlines():
        fields = line.split(" | ")[0].split()
        if line.startswith(" "):
            continue
        lemmas = [fields[4 + 2 * at] for at in range(int(fields[3], 16))]
        for lemma in lemmas:
            short, _, rest = lemma.partition("_")
            if not ACRONYM.fullmatch(short.replace(".", "")):
                continue
            word = short.replace(".", "").lower()
            wholes = {rest} if rest else {one for one in lemmas if not one.isupper()}
            found[word] |= {f"{'+' * bool(rest)}{one.lower().replace('_', ' ')}" for one in wholes}
    return [
        f"{word}: {'; '.join(sorted(wholes))}" for word, wholes in sorted(found.items()) if wholes
    ]


def technical(symspell: Path, summaries: Iterable[Path], described: Set[str]) -> list[str]:
    """Words that are far commoner in summaries of software than in English, in each source.

    Not the grammar of any language (packages have summaries in many), nor `described`: praise
    (simple, powerful) is of any trade.
    """
    english = counts(symspell)
    whole, found = sum(english.values()), Counter[str]()
    for path in summaries:
        texts = [line.partition(" - ")[2].lower() for line in path.read_text("utf-8").splitlines()]
        held = Counter(word for text in texts for word in set(re.findall(r"[a-z][a-z0-9]+", text)))
        for word, count in held.items():
            usual = (english.get(word, 0) + UNSEEN) / whole * LENGTH
            if count > len(texts) / SCARCE and count / len(texts) > OFTENER * usual:
                found[word] += 1
    grammar = set((OUT / "grammar.txt").read_text("utf-8").split())
    return sorted(word for word in found.keys() - grammar - described if len(word) > 2)


def write(name: str, lines: Iterable[str]) -> None:
    """Packs one list, the same bytes each time."""
    path = OUT / name
    path.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))
    print(f"{name}: {path.stat().st_size:,} bytes")


def main(scowl: Path, wordnet: Path, symspell: Path, *summaries: Path) -> None:
    """Writes the lists."""
    lines = english(scowl, wordnet, symspell)
    write("english.txt.gz", lines)
    write("idioms.txt.gz", phrases(wordnet, symspell, {line.split(" ")[0] for line in lines}))
    parted = {line.split(" ")[0]: line.partition(" ")[2] for line in lines}
    write("bare.txt.gz", licensed(parted, symspell))
    described = {word for word, played in parted.items() if played.startswith(("A", "R"))}
    write("acronyms.txt.gz", acronyms(wordnet))
    write("technical.txt.gz", technical(symspell, summaries, described))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
