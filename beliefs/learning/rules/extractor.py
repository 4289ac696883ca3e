"""The rules at work: each sentence of the user's own words, clause by clause, first match wins."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from mindhold.beliefs.learning.candidate import Extraction, NewBelief, Proposal, Update
from mindhold.beliefs.learning.guards import asks
from mindhold.beliefs.learning.heard import Heard, Sentence
from mindhold.beliefs.learning.rules.english import ENGLISH
from mindhold.beliefs.learning.rules.grammar import Grammar
from mindhold.beliefs.learning.rules.shape import Spoken
from mindhold.beliefs.learning.rules.sheet import grammar as sheet
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.learning.tongues.french import FRENCH
from mindhold.beliefs.learning.tongues.german import GERMAN
from mindhold.beliefs.learning.tongues.spanish import SPANISH
from mindhold.beliefs.model import Type
from mindhold.beliefs.text.identifiers import identifier
from mindhold.beliefs.text.secrets import find_secrets

_JOINT = re.compile(r"(?i)[,;:]\s|\s[–—-]\s|\s(?:and|but|und|aber|et|mais|y|pero)\s")
_SHEETS = (("german", GERMAN), ("french", FRENCH), ("spanish", SPANISH))
GRAMMARS = {"en": ENGLISH} | {tongue.code: sheet(name, tongue) for name, tongue in _SHEETS}

_ANNOUNCED = re.compile(
    r"[^\W\d_][^.:!?\n]*\s[^.:!?\n]{1,60}\s?:\s(?=\S)"
)  # "My takeaway from it: "
_BEFORE = 200  # characters of what the turn said before a sentence


class Rules:
    """The deterministic extractor: no model, no cost; English, German, French and Spanish."""

    name = "rules"
    version = "1"

    def extract(self, heard: Heard) -> Extraction:
        """What the plain forms of statement in the turn propose."""
        found = [made for one in _asked(heard) for made in _proposals(one, heard.said)]
        beliefs = [one for one in found if isinstance(one, NewBelief)]
        return Extraction(
            new_beliefs=tuple(one for one in beliefs if one.type is not Type.OPEN_QUESTION)[:32],
            open_questions=tuple(one for one in beliefs if one.type is Type.OPEN_QUESTION)[:16],
            updates=tuple(one for one in found if isinstance(one, Update))[:32],
        )


def _asked(heard: Heard) -> Iterator[Sentence]:
    """The sentences, each with the one behind it that only asks to remember it."""
    every = iter(pairwise((*heard.sentences, None)))
    for one, after in every:
        if one is None:
            return
        ends = GRAMMARS.get(one.language, ENGLISH).tongue.voice.asked_at_end
        joined = (
            heard.masked[one.start : after.end] if after and after.end - after.start < 60 else ("")
        )
        asked = ends.search(joined, max(0, len(one.text) - 2)) if joined else None
        if asked is None or "\n" in joined:
            yield one
        else:
            yield replace(one, text=joined, end=one.start + len(joined))
            next(every, None)


def _proposals(sentence: Sentence, said: Said) -> Iterator[Proposal]:
    grammar = GRAMMARS.get(sentence.language or ENGLISH.tongue.code)
    if grammar is None:
        return  # nobody here understands what would speak against it
    body = _without_secret(sentence.text, grammar)
    if len(body) > 1000:
        return
    if body.endswith("?"):
        if premise := grammar.tongue.guards.premise.match(body):
            body = body[premise.end() :].partition(", ")[0]
        elif grammar.tongue.guards.asking.match(body) and not grammar.tongue.guards.wish.match(
            body
        ):
            return  # most of what people write asks, and the gate would turn it down
    before = said.text[: sentence.start][-_BEFORE:]
    if found := list(_of_body(body, said, grammar, before)):
        yield from found
    elif (
        (led := _ANNOUNCED.match(body)) and _of_oneself(led[0], grammar) and not _tells_secret(body)
    ):
        yield from _of_body(body[led.end() :], said, grammar, before + led[0])


def _of_oneself(lead: str, grammar: Grammar) -> bool:
    """Whether what stands before a colon speaks of its writer: "my takeaway from the paper"."""
    return grammar.tongue.voice.first_person.search(lead) is not None


def _tells_secret(body: str) -> bool:
    """Whether a secret is in it, which nothing but the words before it may give away."""
    return "[secret: " in body or bool(find_secrets(body))


def _of_body(body: str, said: Said, grammar: Grammar, before: str) -> Iterator[Proposal]:
    """What the forms find in a sentence as it is."""
    formed, end = _whole(body, said, grammar, before[-_BEFORE:])
    if formed:
        yield from formed
        if (goes := grammar.split.match(body, end)) and not asks(body):
            yield from _of_clauses(_spoken(body[goes.end() :], said, grammar), grammar)
    elif grammar.hint.search(body):
        yield from _of_clauses(_spoken(body, said, grammar), grammar)


def _without_secret(body: str, grammar: Grammar) -> str:
    """The sentence up to where it goes on to a credential."""
    found = grammar.secret.search(body)
    kept = body[: found.start() if found else _end_before_secret(body)]
    return kept if len(kept.split()) > 3 and not identifier(kept) else body


def _end_before_secret(body: str) -> int:
    """Where the clause before the one that tells a credential ends; the end without one."""
    marked, told = body.find("[secret: "), find_secrets(body)
    starts = [*(one.start for one in told), *([marked] if marked >= 0 else [])]
    ends = [cut.start() for cut in _JOINT.finditer(body, 0, min(starts))] if starts else []
    return ends[-1] if ends else len(body)


def _whole(body: str, said: Said, grammar: Grammar, before: str) -> tuple[list[Proposal], int]:
    """What a sentence says by its form as a whole, and where that form ends."""
    lead = _lead(body, grammar)
    for shape, build in grammar.whole:
        found = shape.match(body) or (lead and shape.match(body, lead))
        if found and not _named_by_wish(found, grammar):
            quote = found[0].strip(" ,;:")
            spoken = Spoken(
                text=quote,
                quote=quote,
                around=body,
                earlier=said.earlier,
                tongue=grammar.tongue,
                answer=said.answer,
                before=before,
                day=said.at.date(),
            )
            if made := list(_present(build(found, spoken))):
                return made, found.end()
    return [], 0


def _named_by_wish(found: re.Match[str], grammar: Grammar) -> bool:
    """Whether the words that only ask to remember have been taken into a name."""
    name = found.groupdict().get("name")
    return bool(name and grammar.record.match(f"{name} it"))


def _lead(body: str, grammar: Grammar) -> int:
    """Where the statement begins behind greetings and the like."""
    at = 0
    while strip := grammar.filler.match(body, at):
        at = strip.end()
    return at


def _spoken(body: str, said: Said, grammar: Grammar) -> Spoken | None:
    """What is stated in a sentence without what leads up to it; None where it asks for an act."""
    rest = quote = body[_lead(body, grammar) :]
    explicit = bool(said.command)
    if found := grammar.record.match(rest):
        if not found["link"].strip() and grammar.task.match(found["rest"]):
            return None
        rest, explicit = found["rest"], True
        rest = rest[begun.end() :] if (begun := grammar.infinitive.match(rest)) else rest
    elif found := grammar.tongue.voice.asked_at_end.search(rest):
        rest, explicit = rest[: found.start()], True
    rest, standing, project = _standing(rest, grammar)
    condition = given[0] if (given := grammar.condition.match(rest)) else ""
    return Spoken(
        text=rest[len(condition) :], quote=quote, around=body, explicit=explicit,
        standing=standing, project=project, condition=condition, day=said.at.date(),
        tongue=grammar.tongue,
    )  # fmt: skip


def _standing(rest: str, grammar: Grammar) -> tuple[str, bool, bool]:
    """The clause without its "from now on" and "in this project", and whether it had them."""
    standing_at = grammar.standing_begins.match(rest)
    rest = rest[standing_at.end() :] if standing_at else rest
    project_at = grammar.project_begins.match(rest)
    rest = rest[project_at.end() :] if project_at else rest
    ends, in_project = grammar.standing_ends.search(rest), grammar.project_ends.search(rest)
    rest = rest[: ends.start()] if ends else rest
    return rest, bool(standing_at or ends), bool(project_at or in_project)


def _of_clauses(whole: Spoken | None, grammar: Grammar) -> Iterator[Proposal]:
    """What the forms find in the clauses; else what is wished of the whole."""
    if whole is None:
        return
    yielded = False
    for text in _clauses(whole.text, grammar):
        told = whole.condition + whole.text if whole.condition else text
        kept = whole.quote if whole.explicit or whole.standing else told.strip(" ,;:")
        for made in _stated(replace(whole, text=text.strip(), quote=kept), grammar):
            yielded = True
            yield made
    if yielded:
        return
    plain = replace(whole, text=whole.text.strip(), condition="")
    if whole.explicit:
        yield from _present(grammar.fact(plain))
    elif whole.standing or (whole.project and grammar.of_project.match(plain.text)):
        yield from _present(grammar.standing(plain))


def _clauses(text: str, grammar: Grammar) -> Iterator[str]:
    cuts = [0, *(cut.end() for cut in grammar.split.finditer(text)), len(text)]
    for start, end in pairwise(cuts):
        part = text[start:end]
        part = grammar.joint.sub("", part) if end < len(text) else part
        if part.strip():
            yield part


def _stated(spoken: Spoken, grammar: Grammar) -> Iterator[Proposal]:
    softened = grammar.softener.match(spoken.text)
    text = spoken.text[softened.end() :] if softened else spoken.text
    if not grammar.begins.match(text):
        return
    for shape, build in grammar.forms:
        if (found := shape.match(text)) and (made := list(_present(build(found, spoken)))):
            yield from made
            return


def _present(proposals: Iterable[Proposal | None]) -> Iterator[Proposal]:
    return (made for made in proposals if made is not None)
