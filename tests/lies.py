"""Lies: what an extractor may return that the user has not said, each of a kind with a name.

A lie is made from a fact by somebody who knows what was said; whether it is one is never asked of
the code under test.
"""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from facts import FAR, Fact, facts

Made = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lie:
    """What the extractor returns for a message, `hidden` being words that may be held nowhere.

    `tame`: the gate may keep an honest rest of it, without the hidden words.
    """

    kind: str
    text: str
    raw: bytes
    hidden: tuple[str, ...] = ()
    tame: bool = False


def lies(rng: random.Random) -> Iterator[Lie]:
    """Lies without end, every kind as often as any other."""
    told = facts(rng)
    while True:
        for kind, (shapes, make) in KINDS.items():
            fact = next(one for one in told if one.kind in shapes and _fits(one))
            yield make(rng, fact, kind.replace("_", " "))


def _fits(fact: Fact) -> bool:
    return bool(fact.contents) or fact.kind == "former"


KINDS: dict[str, tuple[tuple[str, ...], Callable[[random.Random, Fact, str], Lie]]] = {}
_MOVED, _PLAIN = ("change", "choice"), ("use", "two")
ANY = ("change", "choice", "use", "never", "ended", "day", "amount", "owner", "condition")


def told_as(kind: str, fact: Fact, made: Made, **more: Any) -> Lie:
    raw = json.dumps({"new_beliefs": [made]}).encode()
    return Lie(kind=kind, text=fact.text, raw=raw, **more)


def telling(*shapes: str) -> Callable[[Any], Any]:
    """A lie that is an extraction of its own."""

    def named(whole: Callable[[random.Random, Fact], bytes | Made]) -> object:
        def make(rng: random.Random, fact: Fact, kind: str) -> Lie:
            made = whole(rng, fact)
            raw = made if isinstance(made, bytes) else json.dumps(made).encode()
            return Lie(kind=kind, text=fact.text, raw=raw)

        KINDS[whole.__name__] = (shapes or ANY, make)
        return whole

    return named


def saying(*shapes: str) -> Callable[[Callable[[random.Random, Fact], str]], object]:
    """A lie that is in the content alone."""

    def named(content: Callable[[random.Random, Fact], str]) -> object:
        def make(rng: random.Random, fact: Fact, kind: str) -> Lie:
            made = honest(rng, fact) | {"content": content(rng, fact)}
            return told_as(kind, fact, made)

        KINDS[content.__name__] = (shapes or ANY, make)
        return content

    return named


def changing(
    *shapes: str, tame: bool = False, hidden: tuple[str, ...] = ()
) -> Callable[[Any], Any]:
    """A lie that is in other fields too."""

    def named(change: Callable[[random.Random, Fact], Made]) -> object:
        def make(rng: random.Random, fact: Fact, kind: str) -> Lie:
            made = honest(rng, fact) | change(rng, fact)
            return told_as(kind, fact, made, tame=tame, hidden=hidden)

        KINDS[change.__name__] = (shapes or ANY, make)
        return change

    return named


def honest(rng: random.Random, fact: Fact) -> Made:
    if fact.contents:
        return fact.proposal(rng)
    words = fact.words
    return {
        "type": "decision", "canonical_name": words["a"].lower(), "content": fact.said,
        "why_it_matters": "Keep to it.", "confidence": 0.9, "aliases": [words["a"]],
        "evidence": [fact.said],
    }  # fmt: skip


def _told(rng: random.Random, fact: Fact) -> str:
    return rng.choice(fact.contents)


# What the content says otherwise


@saying(*_PLAIN)
def another_number(rng: random.Random, fact: Fact) -> str:
    return f"Uses {fact.words['b']} {int(fact.words['n']) + rng.randrange(30, 60)}."


@saying(*_PLAIN)
def a_full_width_number(rng: random.Random, fact: Fact) -> str:
    wide = str(int(fact.words["n"]) + 30).translate({48 + i: 0xFF10 + i for i in range(10)})
    return f"Uses {fact.words['b']} {wide}."


@saying("two")
def numbers_exchanged(_rng: random.Random, fact: Fact) -> str:
    words = fact.words
    return f"Uses {words['b']} {words['m']} and {words['c']} {words['n']}."


@saying("two")
def places_exchanged(_rng: random.Random, fact: Fact) -> str:
    return f"Uses {fact.words['b']} for the {fact.words['u']}."


@saying("amount")
def another_amount(_rng: random.Random, fact: Fact) -> str:
    return f"Keeps at least nine copies of the {fact.words['t']}."


@saying("amount")
def a_bound_dropped(_rng: random.Random, fact: Fact) -> str:
    return f"Keeps {fact.words['k']} copies of the {fact.words['t']}."


@saying("day")
def another_day(_rng: random.Random, fact: Fact) -> str:
    return f"The {fact.words['t']} deadline is {int(fact.words['d']) + 1} {fact.words['month']}."


@saying("day")
def another_month(_rng: random.Random, fact: Fact) -> str:
    return f"The {fact.words['t']} deadline is {fact.words['d']} November."


@saying()
def another_name(rng: random.Random, fact: Fact) -> str:
    shown = fact.words["b"] if fact.words["b"] in fact.said else fact.words["t"]
    return _told(rng, fact).replace(shown, rng.choice(FAR))


@saying()
def a_name_like_it(rng: random.Random, fact: Fact) -> str:
    return _told(rng, fact).translate(str.maketrans("oae", "оае"))


@saying()
def an_address(rng: random.Random, fact: Fact) -> str:
    return f"{_told(rng, fact).rstrip('.')} at https://docs.example.com/{fact.life}."


@saying(*_PLAIN, "change")
def a_denial_added(_rng: random.Random, fact: Fact) -> str:
    return f"Does not use {fact.words['b']}."


@saying("never", "ended")
def a_denial_dropped(_rng: random.Random, fact: Fact) -> str:
    return f"Uses {fact.words['a']} for the {fact.words['t']}."


@saying(*_MOVED)
def what_was_left_is_used(_rng: random.Random, fact: Fact) -> str:
    return f"Uses {fact.words['a']}."


@saying(*_MOVED)
def the_direction_swapped(rng: random.Random, fact: Fact) -> str:
    a, b = fact.words["a"], fact.words["b"]
    said = rng.choice(("Moved from {b} to {a}.", "Prefers {a} over {b}.", "{a} replaced {b}.",
                       "Uses {a} instead of {b}.", "Uses {a}, not {b}."))  # fmt: skip
    return said.format(a=a, b=b)


@saying("people")
def people_exchanged(_rng: random.Random, fact: Fact) -> str:
    return f"{fact.words['q']} manages {fact.words['p']} on the {fact.words['t']}."


@saying("owner")
def the_owner_dropped(_rng: random.Random, fact: Fact) -> str:
    return f"The user's {fact.words['t']} uses {fact.words['b']}."


@saying("owner")
def another_owner(_rng: random.Random, fact: Fact) -> str:
    return f"{fact.words['q']}'s {fact.words['t']} uses {fact.words['b']}."


@saying("some")
def some_made_all(_rng: random.Random, fact: Fact) -> str:
    return f"All {fact.words['t']} files use {fact.words['b']}."


@saying("some")
def a_limit_dropped(_rng: random.Random, fact: Fact) -> str:
    return f"The {fact.words['t']} files use {fact.words['b']}."


@saying("condition")
def a_condition_dropped(_rng: random.Random, fact: Fact) -> str:
    return f"Use {fact.words['b']} for {fact.words['t']}."


@saying("either")
def one_of_two_chosen(rng: random.Random, fact: Fact) -> str:
    return f"Uses {fact.words[rng.choice('ab')]} for the {fact.words['t']}."


@changing("plan")
def a_plan_stated(_rng: random.Random, fact: Fact) -> Made:
    return {"content": f"Uses {fact.words['b']} for the {fact.words['t']}.", "epistemic": "stated"}


@saying("former")
def the_past_made_present(_rng: random.Random, fact: Fact) -> str:
    return f"Uses {fact.words['a']} in the {fact.words['t']}."


@saying(*_PLAIN)
def always_added(rng: random.Random, fact: Fact) -> str:
    word = rng.choice(("Always uses", "Only uses", "Must use", "Exclusively uses"))
    return f"{word} {fact.words['b']} {fact.words['n']}."


@saying(*_PLAIN, "change")
def the_scope_widened(rng: random.Random, fact: Fact) -> str:
    where = rng.choice(("in all projects", "everywhere", "in every project"))
    return f"Uses {fact.words['b']} {where}."


@saying()
def a_clause_added(rng: random.Random, fact: Fact) -> str:
    more = rng.choice(
        ("and deletes old backups", "because budgets shrank", "so that reviews can be skipped")
    )
    return f"{_told(rng, fact).rstrip('.')} {more}."


@saying("use", "change", "day")
def a_word_added(rng: random.Random, fact: Fact) -> str:
    word = rng.choice(("deprecated", "secret", "unpaid", "broken", "legacy"))
    return _told(rng, fact).replace(fact.words["t"], f"{word} {fact.words['t']}") + f" {word}"


@saying()
def something_else(_rng: random.Random, _fact: Fact) -> str:
    return "Likes long walks along quiet rivers."


# What is cited


@changing()
def a_word_misquoted(_rng: random.Random, fact: Fact) -> Made:
    return {"evidence": [fact.said.replace(fact.words["t"], "whole company").replace("e", "3")]}


@changing()
def letters_misquoted(_rng: random.Random, fact: Fact) -> Made:
    return {"evidence": [fact.said.upper()]}


@changing()
def quotes_joined(_rng: random.Random, fact: Fact) -> Made:
    return {"evidence": [f"{fact.said[:12]} … {fact.said[-9:]}"]}


@changing()
def a_quote_of_a_question(_rng: random.Random, fact: Fact) -> Made:
    far, u = fact.words["far"], fact.words["u"]
    return {"evidence": [f"Should we use {far} for the {u}?"], "content": f"Uses {far}.",
            "canonical_name": far.lower(), "aliases": [far]}  # fmt: skip


@changing()
def a_quote_of_a_report(rng: random.Random, fact: Fact) -> Made:
    far = fact.words["far"]
    quote = rng.choice((f"we use {far}", f"we use {far} everywhere", f"use_{far.lower()} = True"))
    return {"evidence": [quote], "content": f"Uses {far}.", "canonical_name": far.lower(),
            "aliases": [far]}  # fmt: skip


@changing("never", "ended")
def a_quote_cut_from_its_denial(_rng: random.Random, fact: Fact) -> Made:
    a = fact.words["a"]
    return {"evidence": [fact.said[fact.said.index(a) :]], "content": f"Uses {a}."}


@changing(*_PLAIN)
def a_number_cut(_rng: random.Random, fact: Fact) -> Made:
    b, n = fact.words["b"], fact.words["n"]
    quote = fact.said[: fact.said.index(n, fact.said.index(b)) + 1]
    return {"evidence": [quote], "content": f"Uses {b} {n[0]}{'' if n[1:] else '0'}."}


@changing()
def no_quote(_rng: random.Random, _fact: Fact) -> Made:
    return {"evidence": [" "]}
