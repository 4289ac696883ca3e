"""The verifier: which candidates a message really names, and why the others are refused."""

from collections.abc import Iterable
from dataclasses import dataclass

from mindhold.retrieval.mention import Mention, mentions
from mindhold.retrieval.message import Message
from mindhold.retrieval.rank import best
from mindhold.retrieval.rules.acronym import ACRONYM
from mindhold.retrieval.rules.compound import COMPOUND
from mindhold.retrieval.rules.crowd import CROWD
from mindhold.retrieval.rules.hyphen import HYPHEN
from mindhold.retrieval.rules.inside import INSIDE
from mindhold.retrieval.rules.longer import LONGER
from mindhold.retrieval.rules.muted import MUTED
from mindhold.retrieval.rules.ordinary import ORDINARY
from mindhold.retrieval.rules.paste import PASTE
from mindhold.retrieval.rules.rule import Rule
from mindhold.retrieval.rules.script import SCRIPT
from mindhold.retrieval.rules.spelling import APART, ENDING, FRONT
from mindhold.retrieval.rules.typo import TYPO
from mindhold.retrieval.sense.reading import told
from mindhold.retrieval.standing import Standing
from mindhold.retrieval.surface import Named

RULES: tuple[Rule, ...] = (
    MUTED,
    COMPOUND,
    HYPHEN,
    LONGER,
    FRONT,
    APART,
    ENDING,
    SCRIPT,
    TYPO,
    CROWD,
    ACRONYM,
    ORDINARY,
    PASTE,
    INSIDE,
)
"""In order: each sees only what the ones before it have let pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A mention, and the rule that refused it."""

    mention: Mention
    rule: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`accepted`: each belief id with its mentions; `refused`: one for each belief without any.

    `readings`: for an accepted belief that a lone everyday word names, how the word was read.
    """

    accepted: dict[str, list[Mention]]
    readings: dict[str, str]
    refused: tuple[Refused, ...]


def verify(message: Message, candidates: Iterable[Named], rules: Iterable[Rule] = RULES) -> Verdict:
    """Judges every mention of every candidate by every rule; pure, no I/O."""
    found = (mention for named in candidates for mention in mentions(message, named))
    standing = Standing(found)
    refused: list[Refused] = []
    for rule in rules:
        standing = _apply(rule, message, standing, refused)
    accepted: dict[str, list[Mention]] = {}
    for mention in standing.mentions:
        accepted.setdefault(mention.named.belief.id, []).append(mention)
    return Verdict(
        accepted=accepted,
        readings={id: told(message, best(message, of), standing) for id, of in accepted.items()},
        refused=_one_each(message, refused, accepted),
    )


def _apply(rule: Rule, message: Message, standing: Standing, refused: list[Refused]) -> Standing:
    passed: list[Mention] = []
    for mention in standing.mentions:
        reason = rule.refuse(message, mention, standing)
        if reason is None:
            passed.append(mention)
        else:
            refused.append(Refused(mention=mention, rule=rule.name, reason=reason))
    return standing if len(passed) == len(standing.mentions) else Standing(passed)


def _one_each(
    message: Message, refused: list[Refused], accepted: dict[str, list[Mention]]
) -> tuple[Refused, ...]:
    """For each belief that was left out, the refusal of its best mention."""
    by_belief: dict[str, list[Refused]] = {}
    for refusal in refused:
        if refusal.mention.named.belief.id not in accepted:
            by_belief.setdefault(refusal.mention.named.belief.id, []).append(refusal)
    chosen = []
    for refusals in by_belief.values():
        top = best(message, [refusal.mention for refusal in refusals])
        chosen.append(next(refusal for refusal in refusals if refusal.mention is top))
    return tuple(chosen)
