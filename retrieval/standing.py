"""What still stands: the mentions that no rule has refused so far, found by place and belief."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from mindhold.beliefs.model import Belief, Type
from mindhold.retrieval.mention import Mention


class Standing:
    """The mentions, indexed so that a rule asks for neighbours without walking all of them."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._heard: set[tuple[str, tuple[str, ...]]] = set()
        self.mentions = list(mentions)
        self._starting: dict[int, list[Mention]] = defaultdict(list)
        self._ending: dict[int, list[Mention]] = defaultdict(list)
        self._of: dict[str, list[Mention]] = defaultdict(list)
        self._longest = 0
        for mention in self.mentions:
            self._starting[mention.first].append(mention)
            self._ending[mention.end].append(mention)
            self._of[mention.named.belief.id].append(mention)
            self._longest = max(self._longest, mention.count)

    def hear(self, mention: Mention) -> None:
        """Remembers that a lone word was read as the name, so that it is read once a message."""
        self._heard.add((mention.named.belief.id, mention.surface.words))

    def heard(self, mention: Mention) -> bool:
        """Whether the word was read as this belief's name before."""
        return (mention.named.belief.id, mention.surface.words) in self._heard

    def starting(self, at: int) -> list[Mention]:
        """Mentions whose first token is `at`."""
        return self._starting.get(at, [])

    def ending(self, at: int) -> list[Mention]:
        """Mentions whose last token is the one before `at`."""
        return self._ending.get(at, [])

    def same_belief(self, mention: Mention) -> list[Mention]:
        """Every mention of the belief, this one included."""
        return self._of[mention.named.belief.id]

    def same_place(self, mention: Mention) -> Iterator[Mention]:
        """Mentions of any belief over exactly these tokens, this one included."""
        return (m for m in self.starting(mention.first) if m.count == mention.count)

    def around(self, mention: Mention) -> Iterator[Mention]:
        """Longer mentions that hold this one."""
        for at in range(max(0, mention.end - self._longest), mention.first + 1):
            for other in self.starting(at):
                if other.end >= mention.end and other.count > mention.count:
                    yield other


def same_tier(one: Belief, other: Belief) -> bool:
    """Whether the two compete for the same part of the context: questions have their own, and
    expertise belongs to the prelude."""
    return _tier(one) == _tier(other)


def _tier(belief: Belief) -> str:
    if belief.type is Type.OPEN_QUESTION:
        return "questions"
    return "prelude" if belief.subtype == "expertise" else "facts"
