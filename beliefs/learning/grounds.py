"""Grounds: what a proposal rests on, and whether its words are the user's."""

import re
from collections.abc import Iterable

from mindhold.beliefs.learning import guards, support
from mindhold.beliefs.learning.candidate import NewBelief, Proposal
from mindhold.beliefs.learning.case import RULES, Case
from mindhold.beliefs.learning.heard import LIMIT, Heard
from mindhold.beliefs.learning.telling import same
from mindhold.beliefs.learning.tongues.english import ENGLISH
from mindhold.beliefs.learning.tongues.known import TONGUES
from mindhold.beliefs.model import Belief, Evidence
from mindhold.beliefs.text.normal import normal
from mindhold.beliefs.valid import name_of, surface

_SENTENCE_END = re.compile(r"[.!?]+(?:\s|$)|\n")
_ECHO = 2  # words that a directive must have more than, to be known again


def evidence_of(case: Case, quote: str, start: int) -> Evidence:
    said = case.heard.said
    return Evidence(
        quote=case.heard.text[start : start + len(quote)],
        start=start,
        end=start + len(quote),
        at=said.at,
        fingerprint=case.fingerprint,
        conversation=said.conversation,
        request=said.request,
        client=said.client,
        model=said.model,
        extractor=case.extractor,
        extractor_version=case.extractor_version,
    )


def clause_of(heard: Heard, start: int, quote: str) -> guards.Clause:
    """The quote as a statement of the sentence in which it begins."""
    return clauses_of(heard, start, quote)[0]


def clauses_of(heard: Heard, start: int, quote: str) -> list[guards.Clause]:
    """The quote as statements, one for each sentence that it has words of."""
    if not heard.sentences:
        return [
            guards.Clause(sentence=quote, before="", quote=quote, after="", playing=heard.playing)
        ]
    first, last = heard.sentence_at(start), heard.sentence_at(start + len(quote) - 1)
    if first == last:
        return [_clause(heard, first, start, quote)]
    text, end, found = heard.masked, start + len(quote), []
    for at in range(first, last + 1):
        one = heard.sentences[at]
        begin = max(start, one.start)
        if part := text[begin : min(end, one.end)].rstrip():
            found.append(_clause(heard, at, begin, part))
    return found


def _clause(heard: Heard, at: int, start: int, quote: str) -> guards.Clause:
    sentences = heard.sentences
    here, first = sentences[at], max(0, start - sentences[at].start)
    around = (here, *sentences[max(0, at - 1) : at + 2], sentences[0])
    return guards.Clause(
        sentence=here.text,
        before=here.text[:first],
        quote=quote,
        after=here.text[first + len(quote) :],
        previous=sentences[at - 1].text if at else "",
        next=sentences[at + 1].text if at + 1 < len(sentences) else "",
        opening=sentences[0].text,
        message=heard.masked[:LIMIT],
        playing=heard.playing,
        tongues=tuple(dict.fromkeys(TONGUES.get(one.language, ENGLISH) for one in around)),
    )


def spoken(name: str, quotes: str, table: frozenset[str]) -> bool:
    spoken = surface(quotes.replace("`", ""))
    wanted = surface(name)
    return wanted in table or bool(re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", spoken))


def named_so(made: NewBelief, quotes: str, table: frozenset[str]) -> bool:
    """Whether at least half of the name's words are the user's."""
    grounds = support.words(" ".join((quotes, made.content, *table)))
    given = {normal(part) for word in grounds for part in name_of(word).split("_")}
    whole = name_of(made.canonical_name).split("_")
    parts = [part for part in whole if part != "user"] or whole
    held = sum(any(same(normal(part), word) for word in given) for part in parts)
    return held >= 0.5 * len(parts)


def flat(text: str) -> str:
    return " ".join(support.words(text))


def echoed(case: Case, near: Iterable[Belief]) -> bool:
    """Whether the paragraph of the quote holds the directive of a belief near it, word for word.

    Beside its content, or where something else would come of it, that is a note that was pasted
    without the marks of its block: nobody words it so.
    """
    text, start = case.heard.masked, case.evidence[0].start
    paragraph = text[text.rfind("\n\n", 0, start) + 1 :].lstrip().partition("\n\n")[0]
    said = {flat(part) for part in _SENTENCE_END.split(paragraph)}
    for one in near:
        content, note = flat(one.content), flat(one.why_it_matters)
        if len(note.split()) > _ECHO and note in said and note not in content:
            return content in said or case.target is None or case.target.id != one.id
    return False


def contents(made: Proposal) -> tuple[str, ...]:
    """What it would have held as fact; a correction denies what it corrects."""
    fields = ("content", "new_content", "answer")
    found = [text for field in fields if (text := getattr(made, field, ""))]
    if found and (old := getattr(made, "old", "")):
        found[-1] += f", not {old}"
    return tuple(found)


def told(made: Proposal) -> tuple[str, ...]:
    """What it would have a model read as fact or directive."""
    fields = ("content", "why_it_matters", "new_content", "answer")
    return tuple(text for field in fields if (text := getattr(made, field, "")))


def judged(made: Proposal, extractor: str) -> tuple[str, ...]:
    """What of it may steer: all but the directive that a rule has worded ("in every answer")."""
    if extractor == RULES and isinstance(made, NewBelief):
        return (made.content,)
    return told(made)


def named(made: Proposal) -> tuple[str, ...]:
    """How it would have things called, those that it speaks of among them."""
    single = ("canonical_name", "alias", "target", "old")
    several = ("aliases", "participants", "replaces", "resolves")
    found = [getattr(made, field, "") for field in single]
    found += [name for field in several for name in getattr(made, field, ())]
    return tuple(filter(None, found))


def all_text(made: Proposal) -> str:
    """Whatever it holds, a line each."""
    return "\n".join((*made.evidence, *told(made), *named(made)))
