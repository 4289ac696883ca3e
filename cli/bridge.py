"""`mindhold eval bridge`: JSON lines in, JSON lines out, over the real product.

It lets any benchmark drive the store, the index and the context builder, in a temporary home.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mindhold.beliefs.errors import BeliefError, Invalid
from mindhold.beliefs.ids import new_id
from mindhold.beliefs.learning.deciding import Learned
from mindhold.beliefs.learning.journal import Decision
from mindhold.beliefs.learning.learner import Learner
from mindhold.beliefs.learning.said import Said, context
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
        for line in sys.stdin.buffer:  # bytes: a line that is no UTF-8 is an error of that line
            if line.strip():
                answer = json.dumps(made.answer(line), ensure_ascii=False)
                sys.stdout.buffer.write(answer.encode("utf-8", "replace") + b"\n")
                sys.stdout.buffer.flush()


class Bridge:
    """A store and its index in a temporary home, and what each op does to them.

    `within` is the directory of that home; None is the system's own for such things. Without
    `indexed` the store's own tables are searched, which gives the same answers, and among a few
    beliefs sooner than an index is made.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        within: Path | None = None,
        indexed: bool = True,
    ) -> None:
        self._clock = clock
        self._indexed = indexed
        self._homes = tempfile.TemporaryDirectory(prefix="mindhold-", dir=within)
        self._open = ExitStack()
        self._ops: dict[str, Callable[[Row], dict[str, Any]]] = {
            "reset": self._reset,
            "upsert": self._upsert,
            "delete": self._delete,
            "retrieve": self._retrieve,
            "learn": self._learn,
        }
        Store.open(self._empty).close()
        self._begin()

    def __enter__(self) -> "Bridge":
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()
        self._homes.cleanup()

    def answer(self, line: str | bytes) -> dict[str, Any]:
        """The answer to one line; an error is an answer too."""
        try:
            asked = json.loads(line)
            if not isinstance(asked, dict):
                raise Invalid("A line is one JSON object with an op.")
            op = self._ops.get(str(asked["op"]))
            if op is None:
                raise Invalid(f"Unknown op {asked['op']!r}; there are {', '.join(self._ops)}.")
            return op(asked)
        except Exception as error:  # noqa: BLE001 - a benchmark goes on after a line that failed
            return {"error": _told(error)}

    @property
    def _empty(self) -> Path:
        """A store that holds nothing and is closed: a copy costs a tenth of making another."""
        return Path(self._homes.name, "empty")

    def _begin(self) -> None:
        self._open.close()
        made = tempfile.TemporaryDirectory(dir=self._homes.name)
        home = Path(self._open.enter_context(made))
        shutil.copytree(self._empty, home, dirs_exist_ok=True)
        self.store = self._open.enter_context(Store.open(home))
        self.recall = self._open.enter_context(Recall(self.store, directory=home / "index"))

    def _catch_up(self) -> None:
        if self._indexed:
            self.recall.catch_up()

    def _reset(self, asked: Row) -> dict[str, Any]:
        beliefs, problems = _parsed(asked.get("beliefs") or ())
        self._begin()
        problems |= (refused := seed.load(self.store, beliefs))
        self._catch_up()
        loaded = {"ok": True, "loaded": len(beliefs) - len(refused)}
        return loaded | ({"problems": problems} if problems else {})

    def _upsert(self, asked: Row) -> dict[str, Any]:
        belief = seed.parse(asked["belief"])
        if problems := seed.load(self.store, [belief]):
            raise Invalid(problems[belief.id])
        self._catch_up()
        return {"ok": True}

    def _delete(self, asked: Row) -> dict[str, Any]:
        with self.store.write(actor="benchmark", now=self._clock()) as write:
            write.put(replace(write.get(asked["id"]), state=State.RETRACTED, superseded_by=None))
        self._catch_up()
        return {"ok": True}

    def _retrieve(self, asked: Row) -> dict[str, Any]:
        recalled = self.recall.recall(
            Query(
                text=asked["query"],
                scopes=tuple(parse_scope(scope) for scope in asked["scope"]),
                user=asked["user_id"],
                agent=asked.get("agent_id"),
                max_beliefs=(asked.get("budget") or {}).get("maxBeliefs", _BUDGET),
                now=self._clock().astimezone(),
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
        """Each user turn in order, as if it were the newest, beside the existing beliefs.

        These are the conversation's user's where they name no other.
        """
        given = asked["conversation"]
        if not isinstance(given, dict):
            raise Invalid("A conversation is an object with a user_id, a scope and turns.")
        turns, scopes, user = _turns(given["turns"]), _scopes(given["scope"]), _user(given)
        problems: dict[str, str] = {}
        if given.get("existing") is not None:
            reset = self._reset({"beliefs": _theirs(given["existing"], user)})
            problems = reset.get("problems", {})
        now = self._clock()
        said = Said(
            text="", scopes=scopes, at=now, user=user, agent=given.get("agent_id"),
            client="bridge", conversation=new_id(now),
        )  # fmt: skip
        learned = list(self._learned(_each(turns, said)))
        touched = dict.fromkeys(belief.id for one in learned for belief in one.beliefs)
        standing = (
            belief for belief in self.store.many(touched).values() if belief.state in STANDING
        )
        told: dict[str, Any] = {
            "beliefs": [seed.unparse(one) for one in standing],
            "decisions": [_decided(decision) for one in learned for decision in one.decisions],
        }
        return told | ({"problems": problems} if problems else {})

    def _learned(self, every: Iterable[Said]) -> Iterator[Learned]:
        """What each of them teaches, with all that the conversation was given up to it."""
        learner = Learner(self.store, find=self._find, zone=UTC)
        injected: dict[str, None] = {}
        for said in every:
            injected |= dict.fromkeys(self._given(said))
            yield learner.learn(replace(said, injected=tuple(injected)))
            self._catch_up()

    def _given(self, said: Said) -> list[str]:
        """What a request with this turn would be given."""
        query = Query(
            text=said.text, scopes=said.scopes, user=said.user, agent=said.agent, now=said.at
        )
        return [belief.id for belief in self.recall.recall(query).beliefs()]

    def _find(self, text: str, said: Said) -> Sequence[Belief]:
        return self.recall.find(text, scopes=said.scopes, user=said.user, agent=said.agent)

    def _prelude(self, recalled: Recalled) -> str:
        """The stable block of a request, but whole: budgets of tokens are a request's."""
        everything = map(item, recalled.prelude)
        rendered = render(everything, tokens=sys.maxsize, key=self.store.database.key)
        return rendered.block.text if rendered.block else ""


def _parsed(rows: Sequence[Row]) -> tuple[list[Belief], dict[str, str]]:
    """The beliefs of a seed, and the rows that are none, each with the reason."""
    beliefs: list[Belief] = []
    problems: dict[str, str] = {}
    for place, row in enumerate(rows):
        try:
            beliefs.append(seed.parse(row))
        except BeliefError as error:
            known = isinstance(row, Mapping) and row.get("_id")
            problems[str(known or f"row {place}")] = str(error)
    return beliefs, problems


def _theirs(rows: object, user: str) -> list[Any]:
    """The rows of existing beliefs, the user's where they name no other."""
    if not isinstance(rows, list):
        raise Invalid("What exists is a list of beliefs, or null for what is held already.")
    return [{"user_id": user, **row} if isinstance(row, dict) else row for row in rows]


def _user(given: Row) -> str:
    user = given.get("user_id") or "local"
    if not isinstance(user, str):
        raise Invalid("A user_id is a text.")
    return user


def _scopes(given: object) -> tuple[str, ...]:
    if not isinstance(given, list) or not given:
        raise Invalid("A conversation needs a list of scopes to learn in.")
    return tuple(map(parse_scope, given))


def _turns(given: object) -> list[tuple[str, str]]:
    """The role and text of each turn; a turn without words has an empty text."""
    if not isinstance(given, list):
        raise Invalid("The turns of a conversation are a list.")
    return [_turn(number, turn) for number, turn in enumerate(given, start=1)]


def _turn(number: int, turn: object) -> tuple[str, str]:
    known = isinstance(turn, dict) and isinstance(turn.get("role"), str) and "text" in turn
    if not isinstance(turn, dict) or not known or not isinstance(turn["text"], str | None):
        raise Invalid(f"Turn {number} is no object with a role and a text.")
    return turn["role"], _whole(turn["text"] or "")


def _each(turns: Sequence[tuple[str, str]], said: Said) -> Iterator[Said]:
    """The user's turns as each would be said, with the user's before it and the last answer."""
    earlier: list[str] = []
    answer = ""
    for number, (role, text) in enumerate(turns):
        if role == "user":
            before = context(earlier)
            yield replace(said, text=text, turn=str(number), earlier=before, answer=answer)
            earlier.append(text)
            answer = ""
        elif role == "assistant":
            answer = text


def _whole(text: str) -> str:
    """Without halves of surrogate pairs, which JSON can spell and nothing can store."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _told(error: Exception) -> str:
    if isinstance(error, BeliefError):
        return str(error)
    return f"The field {error} is missing." if isinstance(error, KeyError) else repr(error)


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
