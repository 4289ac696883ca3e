"""What stands after a conversation that a new store heard."""

from datetime import UTC, datetime
from pathlib import Path

from mindhold.beliefs.learning.learner import Learner
from mindhold.beliefs.learning.said import Said, context
from mindhold.beliefs.model import Belief
from mindhold.beliefs.store import Store

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def standing(home: Path, *turns: str, answer: str = "") -> list[Belief]:
    """The live beliefs after the user's turns; `answer` is what came before the last of them."""
    with Store.open(home) as store:
        learner = Learner(store)
        for number, text in enumerate(turns):
            last = number == len(turns) - 1
            learner.learn(
                Said(
                    text=text, scopes=("project:one",), at=AT, conversation="c",
                    turn=str(number), earlier=context(turns[:number]),
                    answer=answer if last else "",
                )
            )  # fmt: skip
        return [one for one in store.select(user="local") if one.live]
