"""The gate: fourteen rules in order, of which the first that fails decides.

Whoever proposes, a rule or a model, nothing is held that the user's own words do not bear out.
Each rule is a function of one case; it returns the case, made more exact, or what stops it.
"""

from collections.abc import Callable
from dataclasses import replace

import msgspec

from mindhold.beliefs.errors import BeliefError
from mindhold.beliefs.learning import bearing, guards
from mindhold.beliefs.learning.authorship import doubt
from mindhold.beliefs.learning.candidate import AliasAdded, NewBelief, Op, Update
from mindhold.beliefs.learning.case import QUARANTINED, REJECTED, RULES, USAGE, Case, Stop
from mindhold.beliefs.learning.ground import adopted_ground, ground_of, place
from mindhold.beliefs.learning.grounds import (
    all_text,
    clauses_of,
    contents,
    evidence_of,
    flat,
    judged,
    named,
    named_so,
    spoken,
)
from mindhold.beliefs.learning.heard import MASK
from mindhold.beliefs.learning.tongues.known import tongue_of
from mindhold.beliefs.model import SUBTYPES, Epistemic, Type
from mindhold.beliefs.scope import UNIVERSAL, parse_scope
from mindhold.beliefs.text.codepoints import suspicious
from mindhold.beliefs.text.identifiers import OWN_ALLERGY, identifier
from mindhold.beliefs.text.injection import injection
from mindhold.beliefs.text.secrets import find_secrets
from mindhold.beliefs.valid import MAX_WORDS, name_of

CONVERSATION_LIMIT = 10  # new active beliefs of one conversation
DAY_LIMIT = 50  # of one client
_CONFIDENT = 0.5
_SURE = 0.8  # below it a statement is a candidate

Rule = Callable[[Case], Case | Stop]


def admit(case: Case) -> Case | Stop:
    """The case that passed all rules, or where it stopped."""
    for rule in GATE:
        result = rule(case)
        if isinstance(result, Stop):
            return replace(result, case=case)
        case = result
    return case


def _no(rule: str, reason: str, outcome: str = REJECTED) -> Stop:
    return Stop(rule=rule, outcome=outcome, reason=reason)


def g1_schema(case: Case) -> Case | Stop:
    """Sizes and kinds that the contract's types cannot say."""
    made = case.proposal
    if any(len(quote) > 2000 for quote in made.evidence) or not made.evidence:
        return _no("G1", "it cites nothing")
    if isinstance(made, NewBelief):
        if made.subtype is not None and made.subtype not in SUBTYPES.get(made.type, ()):
            return _no("G1", "its subtype is unknown")
        try:
            name_of(made.canonical_name)
        except BeliefError:
            return _no("G1", "it has no name")
        if "\n" in made.content or any(len(alias.split()) > MAX_WORDS for alias in made.aliases):
            return _no("G1", "a field is longer than one line or four words")
    return case


def g2_turn(case: Case) -> Case | Stop:
    """The mode allows it; that the turn is the newest, and new, the queue has seen to."""
    mode, made = case.place.mode, case.proposal
    if mode == "off":
        return _no("G2", "learning is off")
    weak = isinstance(made, NewBelief) and (
        made.epistemic is not Epistemic.STATED
        or made.confidence < _SURE
        or made.type is Type.OPEN_QUESTION
    )
    if mode == "explicit" and weak:
        return _no("G2", "only plain statements are learned in this mode")
    return replace(case, pending="G2" if mode == "curated" else "")


def g3_quote(case: Case) -> Case | Stop:
    """Each quote is a contiguous span of the user's own words; its offsets are found here."""
    found, ground = [], []
    clauses: list[guards.Clause] = []
    pending = case.pending
    for quote in case.proposal.evidence:
        start = place(case.heard.masked, quote)
        if start < 0 or MASK in quote or not any(map(str.isalnum, quote)):
            return _no("G3", "its quote is not in the user's own words")
        found.append(evidence_of(case, quote, start))
        around = clauses_of(case.heard, start, quote)
        clauses += map(guards.alone, around) if case.aside else around
        ground.append(ground_of(case.heard, start, quote))
        if not case.aside and doubt(case.heard, start, start + len(quote)):
            pending = pending or "G3"
    ground += map(adopted_ground, filter(None, case.adopted))
    return replace(
        case, evidence=tuple(found), clauses=tuple(clauses), ground=tuple(ground), pending=pending
    )


def g4_support(case: Case) -> Case | Stop:
    """Numbers, names, addresses, negations and the sense are the user's; so are the aliases."""
    made = case.proposal
    for content in contents(made):
        if fault := bearing.content_fault(case, content):
            return _no("G4", fault)
    surfaces = (
        *getattr(made, "aliases", ()),
        *getattr(made, "participants", ()),
        *((made.alias,) if hasattr(made, "alias") else ()),
    )
    if not all(spoken(name, case.grounds, case.place.table) for name in surfaces):
        return _no("G4", "an alias is not in the user's words")
    return _named(case, made) if isinstance(made, NewBelief) else case


def _named(case: Case, made: NewBelief) -> Case | Stop:
    table = case.place.table if case.extractor == RULES else frozenset()
    if not bearing.own_name(case, made) and not named_so(made, case.grounds, table):
        return _no("G4", "the name is not in the user's words")
    if fault := bearing.names_fault(case, made):
        return _no("G4", fault)
    return replace(case, proposal=bearing.directed(case, bearing.aliased(case, made)))


def g5_clause(case: Case) -> Case | Stop:
    """No question, hypothesis, report, fiction, story of the past, or statement taken back."""
    made = case.proposal
    unsettled = isinstance(made, NewBelief) and (
        made.type is Type.OPEN_QUESTION or made.epistemic is Epistemic.EXPLORATORY
    )
    for clause in case.clauses:
        for guard, reason in _GUARDS:
            if guard(clause) and not (
                unsettled and guard is guards.supposed and not guards.question(clause)
            ):
                return _no("G5", reason)
        of_held = isinstance(made, AliasAdded) or (
            isinstance(made, Update)
            and (made.op in {Op.CORRECT, Op.SUPERSEDE} or _of_a_lesson(case, made))
        )
        own = clause.tongues[0].voice.own
        formed = case.extractor == RULES  # each of its forms names who speaks
        if not (formed or of_held or case.explicit or own.search(clause.quote)):
            return _no("G5", "it is not said of the user")
    return case


def _of_a_lesson(case: Case, made: Update) -> bool:
    """What works, and what not, is said of the thing itself."""
    held = case.place.target(made.target)
    return held is not None and held.type is Type.LESSON


def secret(text: str) -> str | None:
    """The kind of secret that the text holds, or held before it was taken out."""
    if found := find_secrets(text):
        return found[0].kind
    told = tongue_of(text).voice.credential.search(text) or "[secret: " in text
    return "credential" if told else None


def private(text: str) -> bool:
    """Whether the text holds what must not be written down where it is not held."""
    return secret(text) is not None or identifier(text) is not None


def g6_secrets(case: Case) -> Case | Stop:
    """No credential is stored; personal identifiers only on an explicit wish.

    An allergy of the user's own is kept as it is said: nothing matters more to who cooks for them.
    """
    told = all_text(case.proposal)
    if kind := secret(told):
        reason = f"it holds a secret ({kind})"
        return Stop(rule="G6", outcome=REJECTED, reason=reason, redacted=True)
    ends = isinstance(case.proposal, Update) and case.proposal.op is Op.RETRACT
    if not ends and (kind := identifier(told)):  # what ends is not stored
        if kind == "card" or not (case.explicit or kind == OWN_ALLERGY):
            return Stop(
                rule="G6",
                outcome=REJECTED,
                reason=f"personal data ({kind}) needs an explicit wish",
                redacted=True,
            )
        return replace(case, sensitive=True)
    return case


def g7_injection(case: Case) -> Case | Stop:
    """Words that would steer a model, and characters that hide, go into quarantine."""
    made = case.proposal
    quoted = flat(case.quotes)  # a name out of it is judged with it: "push without asking"
    more = [name for name in named(made) if flat(name) not in quoted]
    if "\u200b" in case.heard.said.text:  # which a reader does not see
        more.append(case.heard.said.text.replace("\u200b", ""))
    for text in (case.quotes, *judged(made, case.extractor), *more):
        if rule := suspicious(text) or injection(text):
            return _no("G7", f"it breaks the rule against {rule}", QUARANTINED)
    return case


def g8_why(case: Case) -> Case | Stop:
    """What future answers must do is said, and is no copy of the content."""
    made = case.proposal
    if isinstance(made, NewBelief) and (
        not made.why_it_matters.strip() or flat(made.why_it_matters) == flat(made.content)
    ):
        return _no("G8", "it does not say what follows from it")
    return case


def g9_scope(case: Case) -> Case | Stop:
    """Exactly one scope: the narrowest of the request, or the user's own where the words say so."""
    made = case.proposal
    if not isinstance(made, NewBelief):
        return case
    allowed, limit = case.heard.said.scopes, case.heard.said.limit
    try:
        asked = tuple(dict.fromkeys(parse_scope(scope) for scope in made.scopes))
    except BeliefError:
        return _no("G9", "its scope does not parse")
    if any(scope != UNIVERSAL and scope not in allowed for scope in asked):
        return _no("G9", "its scope is not one of the request's")
    reached = limit is None or UNIVERSAL in limit
    if UNIVERSAL in asked and reached and _may_be_universal(case, made):
        chosen = UNIVERSAL
    else:
        chosen = narrowest(allowed)
    return replace(case, proposal=msgspec.structs.replace(made, scopes=(chosen,)))


def g10_ephemeral(case: Case) -> Case | Stop:
    """Nothing that holds for this answer, or for today, or is part of a task."""
    if not case.aside and any(guards.fleeting(clause) for clause in case.clauses):
        return _no("G10", "it holds only for now")
    return case


def g11_confidence(case: Case) -> Case | Stop:
    """The extractor itself must believe in it."""
    made = case.proposal
    if isinstance(made, NewBelief) and made.confidence < _CONFIDENT:
        return _no("G11", "its extractor is not confident")
    return case


def g12_novelty(case: Case) -> Case | Stop:
    """What was forgotten stays so; what is held already is reinforced by being said again."""
    made = case.proposal
    if not isinstance(made, NewBelief):
        return case
    if case.place.forgotten(made):
        return _no("G12", "its owner has forgotten it")
    same = case.place.same(made)
    if same is not None and bearing.another(case, made, same):
        return _no("G12", "another belief has its name, and the quote does not speak of that")
    return replace(case, target=same)


def g13_rate(case: Case) -> Case | Stop:
    """At most ten new active beliefs a conversation, fifty a day and client; the rest waits."""
    made = case.proposal
    if case.target is not None or not isinstance(made, NewBelief) or weak(made):
        return case
    conversation, day = case.place.admitted()
    if conversation >= CONVERSATION_LIMIT or day >= DAY_LIMIT:
        return replace(case, pending=case.pending or "G13")
    return case


def g14_target(case: Case) -> Case | Stop:  # noqa: PLR0911, one return a reason
    """What an update changes exists and is visible here; of the owner's own work it must wait."""
    made = case.proposal
    if isinstance(made, NewBelief):
        if not bearing.answers(case, made):
            return _no("G14", "the quote does not speak of the question that it would settle")
        return case
    target = case.place.target(made.target)
    if target is None:
        return _no("G14", "nothing here answers to its name")
    if fault := bearing.target_fault(case, target):
        return _no("G14", fault)
    harmless = isinstance(made, Update) and made.op is Op.REINFORCE
    observed = isinstance(made, AliasAdded) and case.extractor == USAGE  # what was written stays
    if harmless or not (target.pinned or (target.user_edited and not observed)):
        return replace(case, target=target)
    if isinstance(made, Update):
        return replace(case, target=target, pending=case.pending or "G14")
    return _no("G14", "its target is pinned or edited by hand")


GATE: tuple[Rule, ...] = (
    g1_schema, g2_turn, g3_quote, g4_support, g5_clause, g6_secrets, g7_injection,
    g8_why, g9_scope, g10_ephemeral, g11_confidence, g12_novelty, g13_rate, g14_target,
)  # fmt: skip

_GUARDS: tuple[tuple[Callable[[guards.Clause], bool], str], ...] = (
    (guards.question, "it is a question"),
    (guards.supposed, "it is a supposition"),
    (guards.reported, "somebody else says so"),
    (guards.fiction, "it belongs to a story or a role, or is off the record"),
    (guards.documented, "a document notes it for its readers"),
    (guards.taken_back, "it is taken back"),
    (guards.private, "it is not to be kept"),
    (guards.narrated, "it tells of something that happened once"),
)


def weak(made: NewBelief) -> bool:
    """Whether it is only a candidate: concluded, or not said plainly enough."""
    return made.epistemic is Epistemic.INFERRED or (
        made.confidence < _SURE and made.type is not Type.OPEN_QUESTION
    )


def narrowest(scopes: tuple[str, ...]) -> str:
    """The project of a request, else its most exact domain, else what it has."""
    return min(
        scopes,
        key=lambda scope: (not scope.startswith("project:"), scope == UNIVERSAL, "/" not in scope),
    )


def _may_be_universal(case: Case, made: NewBelief) -> bool:
    told = case.quotes
    voice = case.clauses[0].tongues[0].voice
    if voice.everywhere.search(told):
        return True
    if bearing.only_here(case):
        return False
    if made.type not in {Type.PREFERENCE, Type.ENTITY}:
        return False
    return bool(
        voice.first_person.search(told)
        or (made.type is Type.PREFERENCE and voice.style.search(told))
    )
