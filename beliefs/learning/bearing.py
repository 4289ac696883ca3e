"""Bearing: whether the user's words bear a proposal out, as the gate's rules G4 and G14 ask; pure.

What our own rules write down is made of the quote by construction: of them only the words, numbers
and names are looked at. Whoever else proposes must also keep the sense.
"""

from collections.abc import Iterable, Iterator

import msgspec

from mindhold.beliefs.learning import figures, sense, support
from mindhold.beliefs.learning.candidate import Answered, NewBelief, Op, Update
from mindhold.beliefs.learning.case import RULES, Case
from mindhold.beliefs.learning.ground import Ground
from mindhold.beliefs.learning.grounds import spoken
from mindhold.beliefs.learning.signs import signed
from mindhold.beliefs.learning.telling import same, terms
from mindhold.beliefs.model import Belief, Epistemic, Type
from mindhold.beliefs.valid import surfaces

_OWN_NAMES = frozenset({"user_name", "user_role", "user_place", "user_work"})


def content_fault(case: Case, content: str) -> str | None:
    """Why the quotes do not say what the content says; None when they do."""
    if what := support.unsupported(content, case.grounds, case.place.table):
        return f"the quote does not hold {what} that the content has"
    if case.extractor == RULES:
        contradict = support.contradicts(content, case.grounds)
        return "content and quote contradict each other" if contradict else None
    if not terms(content) and not _verbatim(content, case.grounds):
        return "the quote does not say what the content says"
    return _sense_fault(case, content)


def _verbatim(content: str, quotes: str) -> bool:
    given = set(support.words(quotes))
    return all(word in given for word in support.words(content))


def _sense_fault(case: Case, content: str) -> str | None:
    made, quotes = case.proposal, [ground.quote for ground in case.ground]
    unsettled = isinstance(made, NewBelief) and (
        made.type is Type.OPEN_QUESTION or made.epistemic is Epistemic.EXPLORATORY
    )
    past = isinstance(made, NewBelief) and made.type is Type.LESSON
    if support.denies_more(content, case.grounds) or (
        not unsettled and sense.turned(content, case.ground)
    ):
        return "content and quote contradict each other"
    for ground in case.ground:
        if what := sense.lost(content, ground, unsettled=unsettled, past=past):
            return f"the content leaves out {what}"
    if sense.added(content, case.ground):
        return "the content says of all, or always, what the quote does not"
    if any(sense.swapped(content, quote) for quote in quotes):
        return "two things have changed places in the content"
    if sense.mixed(content, quotes):
        return "the content mixes what the quote keeps apart"
    return None


def directed(case: Case, made: NewBelief) -> NewBelief:
    """A directive that a model made up beyond the user's words gives way to our plain one."""
    why = made.why_it_matters
    if case.extractor == RULES or not why.strip() or why == made.content:
        return made
    whole = (*case.ground, Ground(sentence=made.content, start=0, end=len(made.content)))
    given = f"{case.grounds} {made.content}"
    if (
        support.unsupported(why, given, case.place.table) is None
        and terms(why)
        and not (support.negates(why) and not support.negates(given))
        and not sense.turned(why, whole)
        and not sense.added(why, whole)
    ):
        return made
    plain = f"Take this into account wherever it applies: {made.content.rstrip('.')}."
    return msgspec.structs.replace(made, why_it_matters=plain[:500])


def names_fault(case: Case, made: NewBelief) -> str | None:
    """What is wrong with the days and the other names that a belief comes with."""
    if case.extractor == RULES:
        return None
    at = case.heard.said.at.date()
    days = filter(None, (made.valid_from, made.valid_until))
    if not all(figures.dated(day, case.grounds, at) for day in days):
        return "the quote does not hold the days between which it is to hold"
    if not all(spoken(name, case.grounds, frozenset()) for name in made.replaces):
        return "the quote does not say what it takes the place of"
    if any(not _denied(name, case.ground) for name in made.replaces):
        return "the quote does not say what it takes the place of"
    return None


def aliased(case: Case, made: NewBelief) -> NewBelief:
    """Without aliases that mean nothing by themselves, or that are another belief's names."""
    if case.extractor == RULES:
        return made
    kept = tuple(alias for alias in made.aliases if terms(alias) and not _taken(case, made, alias))
    return msgspec.structs.replace(made, aliases=kept)


def _taken(case: Case, made: NewBelief, alias: str) -> bool:
    other = case.place.target(alias)
    return (
        other is not None
        and other.live
        and other.canonical_name != made.canonical_name
        and not {other.id, other.canonical_name, alias} & {*made.replaces, *made.resolves}
    )


def only_here(case: Case) -> bool:
    """Whether the words say that it holds in this project."""
    return any(
        tongue.here.search(ground.sentence)
        for ground in case.ground
        for tongue in support.hinges(ground.sentence)
    )


def own_name(case: Case, made: NewBelief) -> bool:
    """Whether it bears one of our names for what the user is, and speaks of that."""
    if made.canonical_name not in _OWN_NAMES:
        return False
    voice = case.clauses[0].tongues[0].voice
    return case.extractor == RULES or (
        made.type in {Type.ENTITY, Type.PREFERENCE} and bool(voice.first_person.search(case.quotes))
    )


def target_fault(case: Case, target: Belief) -> str | None:
    """Why the quote gives no reason to touch the target; None when it does."""
    made = case.proposal
    if case.extractor == RULES or not isinstance(made, Update | Answered):
        return None
    if not _speaks_of(case, target):
        return "the quote does not speak of it"
    if isinstance(made, Update) and made.op is Op.RETRACT and not _ends(case, target):
        return "the quote does not end it"
    if isinstance(made, Update) and made.op is Op.REINFORCE:
        return _sense_of_held(case, target)
    if isinstance(made, Update) and made.op in {Op.SUPERSEDE, Op.CONTRADICT}:
        return None if made.new_content else "it says nothing new"
    return None


def _sense_of_held(case: Case, target: Belief) -> str | None:
    if sense.turned(target.content, case.ground):
        return "the quote says otherwise"
    unknown = support.overlap(target.content, case.grounds, surfaces(target)) < 0.5
    return "the quote does not say it again" if unknown else None


def answers(case: Case, made: NewBelief) -> bool:
    """Whether each open question that it is said to settle is one that the quote speaks of."""
    if case.extractor == RULES:
        return True
    found = (case.place.target(name) for name in made.resolves)
    return all(_speaks_of(case, question) for question in found if question is not None)


def another(case: Case, made: NewBelief, held: Belief) -> bool:
    """Whether the belief that has its name is one that neither content nor quote speaks of."""
    given = f"{case.grounds} {made.content}"
    return case.extractor != RULES and not _told_of(held, given)


def _speaks_of(case: Case, belief: Belief) -> bool:
    return _told_of(belief, case.grounds)


def _told_of(belief: Belief, text: str) -> bool:
    if any(spoken(name, text, frozenset()) for name in surfaces(belief)):
        return True
    return any(True for _ in _shared(_words_of(belief), text))


def _words_of(belief: Belief) -> str:
    return " ".join((*surfaces(belief), belief.content)).replace("_", " ")


def _shared(one: str, other: str) -> Iterator[str]:
    theirs = [term.word for term in terms(other)]
    for term in terms(one):
        if any(same(term.word, word) for word in theirs):
            yield term.word


def _ends(case: Case, target: Belief) -> bool:
    """Whether the quote denies what the target is about, or asks to forget it."""
    forget = case.clauses[0].tongues[0].voice.forget
    if forget.match(case.quotes):
        return True
    return any(_denied(word, case.ground) for word in _shared(_words_of(target), case.grounds))


def _denied(name: str, grounds: Iterable[Ground]) -> bool:
    wanted = [term.word for term in terms(name)]
    return any(
        not one.affirmed and any(same(one.term.word, word) for word in wanted)
        for ground in grounds
        for tongue in support.hinges(ground.sentence)
        for one in signed(ground.sentence, tongue.denials)
    )
