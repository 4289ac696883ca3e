"""The budget: what a day's calls may cost, and how much of it one more call may take; pure."""

from dataclasses import dataclass

DAILY_TOKENS = 200_000
ANSWER = 1_000  # tokens of one answer at most
_LEAST = 150  # tokens of an answer below which it is not worth asking
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Hard stops of one day; prices are for a million tokens, in the currency of `daily_cost`."""

    daily_tokens: int = DAILY_TOKENS
    daily_cost: float | None = None
    price_in: float | None = None
    price_out: float | None = None

    def cost(self, tokens_in: int, tokens_out: int) -> float | None:
        """What so many tokens cost; None without prices."""
        if self.price_in is None or self.price_out is None:
            return None
        return (tokens_in * self.price_in + tokens_out * self.price_out) / _MILLION


@dataclass(frozen=True, slots=True, kw_only=True)
class Model(Limits):
    """Which model is asked, of which upstream, within which limits."""

    upstream: str
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What was used since the day began, what is reserved for a call under way included."""

    tokens: int = 0
    cost: float = 0.0


def room(limits: Limits, spent: Spent, tokens_in: int) -> int:
    """How many tokens the answer to so long a prompt may have; 0 when there is no room to ask."""
    left = limits.daily_tokens - spent.tokens - tokens_in
    cost = limits.cost(tokens_in, 0)
    if limits.daily_cost is not None and cost is not None and limits.price_out is not None:
        money = limits.daily_cost - spent.cost - cost
        if limits.price_out:
            left = min(left, int(money / limits.price_out * _MILLION))
        elif money < 0:
            return 0
    return min(left, ANSWER) if left >= _LEAST else 0
