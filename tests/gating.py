"""Gating: what a scripted extractor's proposals lead to, and what the journal says of them."""

import io
import json
import re
from datetime import UTC, datetime
from typing import Any

from lying import Scripted
from rich.console import Console

from mindhold.beliefs.learning.deciding import Learned
from mindhold.beliefs.learning.learner import Learner
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.model import State
from mindhold.beliefs.store import Store
from mindhold.cli.decisions import print_decisions

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
PLACE = ("project:shop", "domain:code")
KEY = "sk-ant-" + "api03-Zq7Lw2Vb9Xk4Tn8Rc5Yd1Hs6"
HELD = {State.ACTIVE, State.EXPLORATORY, State.OPEN, State.CANDIDATE}
Made = dict[str, Any]


WE_USE = "We use Postgres for the orders service."
USES = "Uses Postgres for the orders service."


def tell(
    store: Store, text: str, *, mode: str = "auto", where: tuple[str, ...] = PLACE, **made: Any
) -> Learned:
    """What a scripted extractor's answer leads to, of the newest turn of a talk."""
    learner = Learner(
        store, rules=False, mode=mode, extractors=[Scripted(json.dumps(made).encode())]
    )
    said = Said(text=text, scopes=where, at=AT, conversation=f"talk {len(text)}")
    return learner.learn(said)


def new(content: str, quote: str, /, **more: Any) -> Made:
    """A new belief as a model would write it, named by the longest word that both have."""
    shared = {*re.findall(r"[\w.+#-]*\w", content)} & {*re.findall(r"[\w.+#-]*\w", quote)}
    name = max(shared or {"something"}, key=lambda word: (len(word), word))
    made = {
        "type": "decision", "canonical_name": name, "content": content, "evidence": [quote],
        "why_it_matters": f"Keep to this: {content}", "confidence": 0.9,
    }  # fmt: skip
    return made | more


def shown(learned: Learned) -> str:
    """What `mindhold learn --dry-run` prints of it."""
    console = Console(file=io.StringIO(), width=200)
    print_decisions(console, [learned], {})
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def stopped(store: Store, learned: Learned, rule: str, reason: str) -> None:
    """Nothing is held, and the journal and the dry run say by which rule, and why."""
    (decision,) = learned.decisions
    assert (decision.rule, decision.reason) == (rule, reason)
    assert decision.outcome in {"rejected", "quarantined"}
    assert not [one for one in store.select(user=None) if one.state in HELD]
    (row,) = store.database.rows("SELECT rule, outcome, reason, quote FROM decisions")
    assert (row["rule"], row["outcome"], row["reason"]) == (rule, decision.outcome, reason)
    assert row["quote"] == decision.quote or row["quote"].startswith("hash:")
    assert f"{decision.outcome} · {rule}: {reason} · proposed by scripted" in shown(learned)
    assert re.fullmatch(r"[A-Za-z][^_{}<>]+", reason), "a user reads this"


def passed(learned: Learned) -> None:
    """It is held, and was admitted."""
    (decision,) = learned.decisions
    assert (decision.rule, decision.outcome) != ("merge", "rejected"), decision.reason
    assert decision.belief, f"{decision.rule}: {decision.reason}"
