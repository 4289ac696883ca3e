"""`mindhold eval bridge`: JSON lines in, JSON lines out, over the real product.

It lets any benchmark drive the store, the index and the context builder, in a temporary home.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mindhold.beliefs.errors import Invalid
from mindhold.beliefs.ids import new_id
from mindhold.beliefs.learning.journal import Decision
from mindhold.beliefs.learning.learner import Learner
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.model import Belief, State
from mindhold.beliefs.scope import parse_scope
from mindhold.beliefs.states import STANDING
from mindhold.beliefs.store import Store
from mindhold.proxy.block import item, render
from mindhold.retrieval import seed
from mindhold.retrieval.query import Query, Recalled
from mindhold.retrieval.recall import Recall

Row = Mapping[str, Any]
_BUDGET = 20


def bridge() -> None:
    """Answer one JSON object a line from stdin, until it ends."""
    with Bridge() as made:
        for line in sys.stdin:
            if line.strip():
                sys.stdout.write(json.dumps(made.answer(line), ensure_ascii=False) + "\n")
                sys.stdout.flush()


class Bridge:
    """A store and its index in a temporary home, and what each op does to them."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._ops: dict[str, Callable[[Row], dict[str, Any]]] = {
            "reset": self._reset,
            "upsert": self._upsert,
            "delete": self._delete,
            "retrieve": self._retrieve,
            "learn": self._learn,
        }
        self._begin()

    def __enter__(self) -> "Bridge":
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def answer(self, line: str) -> dict[str, Any]:
        """The answer to one line; an error is an answer too."""
        try:
            asked = json.loads(line)
            op = self._ops.get(asked["op"])
            if op is None:
                raise Invalid(f"Unknown op {asked['op']!r}; there are {', '.join(self._ops)}.")
            return op(asked)
        except Exception as error:  # noqa: BLE001 - a benchmark goes on after a line that failed
            return {"error": str(error) if isinstance(error, Invalid) else repr(error)}

    def _begin(self) -> None:
        self._open.close()
        home = Path(self._open.enter_context(tempfile.TemporaryDirectory(prefix="mindhold-")))
        self.store = self._open.enter_context(Store.open(home))
        self.recall = self._open.enter_context(Recall(self.store, directory=home / "index"))

    def _reset(self, asked: Row) -> dict[str, Any]:
        beliefs = [seed.parse(row) for row in asked.get("beliefs") or ()]
        self._begin()
        problems = seed.load(self.store, beliefs)
        self.recall.catch_up()
        loaded = {"ok": True, "loaded": len(beliefs) - len(problems)}
        return loaded | ({"problems": problems} if problems else {})

    def _upsert(self, asked: Row) -> dict[str, Any]:
        belief = seed.parse(asked["belief"])
        if problems := seed.load(self.store, [belief]):
            raise Invalid(problems[belief.id])
        self.recall.catch_up()
        return {"ok": True}

    def _delete(self, asked: Row) -> dict[str, Any]:
        with self.store.write(actor="benchmark", now=datetime.now(UTC)) as write:
            write.put(replace(write.get(asked["id"]), state=State.RETRACTED, superseded_by=None))
        self.recall.catch_up()
        return {"ok": True}

    def _retrieve(self, asked: Row) -> dict[str, Any]:
        recalled = self.recall.recall(
            Query(
                text=asked["query"],
                scopes=tuple(parse_scope(scope) for scope in asked["scope"]),
                user=asked["user_id"],
                agent=asked.get("agent_id"),
                max_beliefs=(asked.get("budget") or {}).get("maxBeliefs", _BUDGET),
                now=datetime.now().astimezone(),
            )
        )
        return {
            "pinned": [belief.id for belief in recalled.pinned],
            "relevant": [hit.belief.id for hit in recalled.relevant],
            "questions": [belief.id for belief in recalled.questions],
            "prelude": self._prelude(recalled),
            "ms": round(recalled.ms, 3),
            "why": _why(recalled),
        }

    def _learn(self, asked: Row) -> dict[str, Any]:
        """Each user turn in order, as if it were the newest, beside the existing beliefs."""
        given = asked["conversation"]
        if given.get("existing") is not None:
            self._reset({"beliefs": given["existing"]})
        learner = Learner(self.store, find=self._find)
        said = Said(
            text="",
            scopes=tuple(parse_scope(scope) for scope in given["scope"]),
            at=datetime.now(UTC),
            user=given["user_id"],
            agent=given.get("agent_id"),
            client="bridge",
            conversation=new_id(datetime.now(UTC)),
        )
        decisions: list[dict[str, Any]] = []
        touched: dict[str, None] = {}
        for number, turn in enumerate(given["turns"]):
            if turn["role"] == "user":
                learned = learner.learn(replace(said, text=turn["text"], turn=str(number)))
                self.recall.catch_up()
                decisions += [_decided(decision) for decision in learned.decisions]
                touched |= dict.fromkeys(belief.id for belief in learned.beliefs)
        standing = (
            belief for belief in self.store.many(touched).values() if belief.state in STANDING
        )
        return {"beliefs": [seed.unparse(belief) for belief in standing], "decisions": decisions}

    def _find(self, text: str, said: Said) -> Sequence[Belief]:
        return self.recall.find(text, scopes=said.scopes, user=said.user, agent=said.agent)

    def _prelude(self, recalled: Recalled) -> str:
        """The stable block of a request, but whole: budgets of tokens are a request's."""
        everything = map(item, recalled.prelude)
        rendered = render(everything, tokens=sys.maxsize, key=self.store.database.key)
        return rendered.block.text if rendered.block else ""


def _decided(decision: Decision) -> dict[str, Any]:
    quote = "" if decision.redacted else decision.quote
    return {"rule": decision.rule, "quote": quote, "outcome": decision.outcome,
            "name": decision.name, "reason": decision.reason}  # fmt: skip


def _why(recalled: Recalled) -> list[dict[str, Any]]:
    found = [
        {"id": hit.belief.id, "via": hit.via, **(asdict(hit.match) if hit.match else {})}
        for hit in recalled.relevant
    ]
    return found + [asdict(rejection) for rejection in recalled.rejected]
