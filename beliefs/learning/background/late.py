"""Late: what a model finds in a turn after the rules, and perhaps after the user said more."""

from mindhold.beliefs import table
from mindhold.beliefs.database import Transaction
from mindhold.beliefs.learning import support
from mindhold.beliefs.learning.background.turn import Turn
from mindhold.beliefs.learning.background.waiting import NAME
from mindhold.beliefs.learning.candidate import AliasAdded, NewBelief, Op, Proposal, Update
from mindhold.beliefs.learning.journal import Decision
from mindhold.beliefs.learning.neighbours import Neighbours, own_names
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.model import Belief
from mindhold.beliefs.valid import surface, surfaces

_SAME = 0.6  # share of the words of a content that another one has

TAUGHT = "these words have taught it already"
OVERTAKEN = "something newer is held of it"


def in_time(
    connection: Transaction, turn: Turn, proposal: Proposal | Decision
) -> Proposal | Decision:
    """The proposal, or the decision that it says nothing any more."""
    if isinstance(proposal, Decision):
        return proposal
    reason = _too_late(connection, turn.said, turn.fingerprint, proposal)
    if reason is None:
        return proposal
    name = proposal.canonical_name if isinstance(proposal, NewBelief) else proposal.target
    return Decision(
        rule="G12", quote=" ".join(proposal.evidence), outcome="known", name=name, reason=reason,
        extractor=NAME,
    )  # fmt: skip


def _too_late(
    connection: Transaction, said: Said, fingerprint: str, proposal: Proposal
) -> str | None:
    if isinstance(proposal, AliasAdded):
        return None
    near = Neighbours(connection, said)
    taught = table.resting_on(connection, fingerprint)
    if isinstance(proposal, NewBelief):
        if any(_same(proposal, one) for one in taught):
            return TAUGHT
        named = near.bearing([proposal.canonical_name])
        return OVERTAKEN if any(_since(one, said, fingerprint) for one in named) else None
    target = near.target(proposal.target)
    if target is None or (isinstance(proposal, Update) and proposal.op is Op.ENRICH):
        return None
    if any(one.id == target.id for one in taught):
        return TAUGHT
    harmless = isinstance(proposal, Update) and proposal.op is Op.REINFORCE
    return OVERTAKEN if not harmless and _since(target, said, fingerprint) else None


def _same(made: NewBelief, held: Belief) -> bool:
    """Whether the rules have made this of the same message, in whatever words."""
    if surface(made.canonical_name) in own_names(held):
        return True
    return support.overlap(made.content, held.content, surfaces(held)) >= _SAME


def _since(held: Belief, said: Said, fingerprint: str) -> bool:
    """Whether the user has spoken of it after this message, or put something in its place."""
    return any(one.at > said.at and one.fingerprint != fingerprint for one in held.evidence)
