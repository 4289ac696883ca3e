"""What a rule is: a short stable name and a judgement of one mention."""

from collections.abc import Callable
from dataclasses import dataclass

from mindhold.retrieval.mention import Mention
from mindhold.retrieval.message import Message
from mindhold.retrieval.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`refuse` returns the reason in plain words, or None to let the mention pass.

    It sees the message, the mention, and every mention that stood when its turn came.
    """

    name: str
    refuse: Callable[[Message, Mention, Standing], str | None]
