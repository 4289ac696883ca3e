"""Facts: things that people say of eight lives in four languages, and honest words for them.

Each knows what was said, so that a lie about it can be told apart from it without asking a gate.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from mindhold.beliefs.learning.tongues.known import TONGUES

LIVES = {
    "coding": (
        ("Vitest", "Jest", "Ruff", "Black", "Postgres", "MySQL"),
        ("orders service", "web client"),
        ("Anna", "Tomas"),
    ),
    "data": (
        ("Snowflake", "Redshift", "Polars", "Airflow", "Dagster"),
        ("churn report", "revenue dashboard"),
        ("Priya", "Marcus"),
    ),
    "law": (
        ("Clio", "PracticePanther", "Bluebook", "OSCOLA"),
        ("lease matter", "appeal brief"),
        ("Dana", "Boris"),
    ),
    "novel": (
        ("Scrivener", "Ulysses", "Typst", "Obsidian"),
        ("second draft", "heist chapter"),
        ("Ilya", "Rosa"),
    ),
    "home": (
        ("Zigbee", "Matter", "Sonos", "Festool"),
        ("kitchen lights", "garden pump"),
        ("Leo", "Mina"),
    ),
    "games": (
        ("Godot", "Unity", "Ink", "FMOD"),
        ("dialogue system", "boss fight"),
        ("Kenji", "Sofia"),
    ),
    "research": (
        ("Stata", "Praat", "Zotero", "Mendeley"),
        ("panel models", "vowel study"),
        ("Ravi", "Helen"),
    ),
    "hardware": (
        ("KiCad", "Eagle", "Zephyr", "FreeRTOS"),
        ("sensor board", "power rail"),
        ("Omar", "Greta"),
    ),
}
FAR = ("Oracle", "Cassandra", "Zanzibar", "Mallory", "Kubernetes", "Salesforce")

SHAPES: dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "en": (
        (
            "change",
            "We moved from {a} to {b} for the {t}.",
            (
                "Moved from {a} to {b} for the {t}.",
                "Uses {b} instead of {a} for the {t}.",
                "The {t} uses {b}, not {a}.",
            ),
        ),
        (
            "change",
            "I've replaced {a} with {b} in the {t}.",
            (
                "Replaced {a} with {b} in the {t}.",
                "{b} replaced {a} in the {t}.",
                "The user's {t} uses {b}.",
            ),
        ),
        (
            "choice",
            "I prefer {b} over {a} for the {t}.",
            (
                "Prefers {b} over {a} for the {t}.",
                "The user prefers {b} to {a}.",
                "Prefers {b} for the {t}.",
            ),
        ),
        (
            "use",
            "We use {b} {n} for the {t}.",
            (
                "Uses {b} {n} for the {t}.",
                "The {t} runs on {b} {n}.",
                "We use {b} {n} for the {t}.",
            ),
        ),
        (
            "two",
            "We use {b} {n} for the {t} and {c} {m} for the {u}.",
            (
                "Uses {b} {n} for the {t}.",
                "Uses {c} {m} for the {u}.",
                "{b} {n} is used for the {t}, {c} {m} for the {u}.",
            ),
        ),
        (
            "never",
            "Never use {a} in the {t}.",
            ("Does not use {a} in the {t}.", "Avoid {a} in the {t}.", "Never use {a} in the {t}."),
        ),
        (
            "ended",
            "We no longer use {a} in the {t}.",
            (
                "No longer uses {a} in the {t}.",
                "Stopped using {a} in the {t}.",
                "Does not use {a} in the {t}.",
            ),
        ),
        (
            "day",
            "Remember that the {t} deadline is {d} {month}.",
            ("The {t} deadline is {d} {month}.", "Deadline for the {t}: {month} {d}."),
        ),
        (
            "amount",
            "We keep at least {k} copies of the {t}.",
            ("Keeps at least {k} copies of the {t}.", "At least {k} copies of the {t} are kept."),
        ),
        (
            "owner",
            "Remember that {p}'s {t} uses {b}.",
            ("{p}'s {t} uses {b}.", "The {t} of {p} uses {b}."),
        ),
        (
            "people",
            "Remember that {p} manages {q} on the {t}.",
            ("{p} manages {q} on the {t}.", "{q} is managed by {p} on the {t}."),
        ),
        (
            "some",
            "Some of our {t} files use {b}.",
            ("Some {t} files use {b}.", "{b} is used by some of the {t} files."),
        ),
        (
            "condition",
            "Use {b} for the {t} unless it is small.",
            ("Use {b} for the {t} unless it is small.",),
        ),
        (
            "plan",
            "We're considering {b} for the {t}.",
            ("Is considering {b} for the {t}.", "Considering {b} for the {t}."),
        ),
        ("former", "I used {a} in the {t} at my old job.", ()),
        ("either", "We use {a} or {b} for the {t}.", ("Uses {a} or {b} for the {t}.",)),
    ),
    "de": (
        (
            "change",
            "Wir sind beim {t} von {a} auf {b} umgestiegen.",
            ("Beim {t} von {a} auf {b} umgestiegen.", "Nutzt {b} statt {a}."),
        ),
        (
            "use",
            "Wir verwenden {b} {n} für {t}.",
            ("Verwendet {b} {n} für {t}.", "Nutzt {b} {n} für {t}."),
        ),
        (
            "never",
            "Nutze nie {a} für {t}.",
            ("Nie {a} für {t} nutzen.", "Nutzt {a} nicht für {t}."),
        ),
        ("choice", "Ich nehme lieber {b} als {a} für {t}.", ("Nimmt lieber {b} als {a} für {t}.",)),
        (
            "condition",
            "Für {t} nutzen wir {b}, außer wenn es klein ist.",
            ("Nutzt {b} für {t}, außer wenn es klein ist.",),
        ),
    ),
    "fr": (
        (
            "change",
            "Nous sommes passés de {a} à {b} pour {t}.",
            ("Passés de {a} à {b} pour {t}.", "Utilise {b} pour {t}, pas {a}."),
        ),
        ("use", "Nous utilisons {b} {n} pour {t}.", ("Utilise {b} {n} pour {t}.",)),
        ("never", "N'utilise jamais {a} pour {t}.", ("Ne jamais utiliser {a} pour {t}.",)),
        ("choice", "Je préfère {b} à {a} pour {t}.", ("Préfère {b} à {a} pour {t}.",)),
    ),
    "es": (
        (
            "change",
            "Hemos pasado de {a} a {b} para {t}.",
            ("Pasó de {a} a {b} para {t}.", "Usa {b} en lugar de {a}."),
        ),
        ("use", "Usamos {b} {n} para {t}.", ("Usa {b} {n} para {t}.",)),
        ("never", "Nunca uses {a} para {t}.", ("No usar nunca {a} para {t}.",)),
        ("choice", "Prefiero {b} a {a} para {t}.", ("Prefiere {b} a {a} para {t}.",)),
    ),
}
MONTHS = ("March", "June", "October")
_WEAK = {"plan": "exploratory"}
_AROUND = (
    (
        "{fact} Should we use {far} for the {u}?\n> we use {far} everywhere\n"
        "```\nuse_{low} = True\n```\n{q} said we use {far}."
    ),
    "Morning! {fact}\n\nShould we use {far} for the {u}? {q} said we use {far}.",
    "{fact}",
    "Thanks, that helped. {fact} Can you write the {u} now? Should we use {far} for the {u}?",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing said: the message, the sentence of it, and the words that fill it."""

    kind: str
    language: str
    life: str
    said: str
    text: str
    words: dict[str, str] = field(default_factory=dict)
    contents: tuple[str, ...] = ()

    def proposal(self, rng: random.Random) -> dict[str, Any]:
        """What an honest extractor may propose, in words of its own; it has contents."""
        content = rng.choice(self.contents)
        main = self.words["a" if self.kind in {"never", "ended"} else "b"]
        if self.kind in {"day", "amount", "people"}:
            main = self.words["t"]
        held = [name for name in (main, self.words["t"]) if name in content and name in self.said]
        return {
            "type": "decision",
            "canonical_name": main.lower().replace(" ", "_"),
            "content": content,
            "why_it_matters": f"Keep to this: {content}",
            "epistemic": _WEAK.get(self.kind, "stated"),
            "confidence": 0.9,
            "aliases": held,
            "evidence": [self.said],
        }


def facts(rng: random.Random) -> Iterator[Fact]:
    """Facts without end, of every life, language and shape."""
    while True:
        life = rng.choice(sorted(LIVES))
        language = rng.choice(("en", "en", "en", *SHAPES))
        yield _fact(rng, life, language, rng.choice(SHAPES[language]))


def sayable(rng: random.Random) -> Iterator[Fact]:
    """Those for which there are honest words, in the languages in which statements are heard."""
    return (fact for fact in facts(rng) if fact.contents and fact.language in TONGUES)


def _fact(
    rng: random.Random, life: str, language: str, said_so: tuple[str, str, tuple[str, ...]]
) -> Fact:
    kind, shape, told = said_so
    things, topics, people = LIVES[life]
    a, b, c = rng.sample(things, 3)
    t, u = rng.sample(topics, 2)
    p, q = rng.sample(people, 2)
    n, m = (str(number) for number in rng.sample(range(3, 29), 2))
    far = rng.choice(FAR[:4])
    words = {"a": a, "b": b, "c": c, "t": t, "u": u, "p": p, "q": q, "n": n, "m": m,
             "d": str(rng.randrange(2, 28)), "month": rng.choice(MONTHS), "far": far,
             "k": rng.choice(("two", "three", "five"))}  # fmt: skip
    said = shape.format(**words)
    around = _AROUND[2] if kind == "former" else rng.choice(_AROUND)
    text = around.format(fact=said, low=far.lower(), **{k: words[k] for k in ("far", "u", "q")})
    contents = tuple(one.format(**words) for one in told)
    return Fact(
        kind=kind, language=language, life=life, said=said, text=text, words=words,
        contents=contents,
    )  # fmt: skip
