"""Continued: conversations whose history the server keeps, by the id that they go on from."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from mindhold.beliefs.ledger import Answered, Ending
from mindhold.proxy.turn import Turn

KEPT = 2_000  # ids

Key = tuple[str, str | None, tuple[str, ...], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Continued:
    """What is known of the part of a conversation that the server keeps.

    `ending` is how it was last sent. `node` names the user's last turn, `said` are that turn and
    some before it, `answer` what the model said then: these are forgotten when the process ends.
    """

    ending: Ending
    conversation: str
    node: str = ""
    said: tuple[str, ...] = ()
    answer: str = ""


class Continuations:
    """By the id of a response or of a conversation, in the place where it was said: whoever names
    it from another place goes on from something unknown."""

    def __init__(self, answers: Iterable[Answered]) -> None:
        self._known: OrderedDict[Key, Continued] = OrderedDict()
        for one in answers:
            known = Continued(ending=one.ending, conversation=one.conversation)
            for id in {one.response, one.conversation} if one.whole else {one.response}:
                self._keep((one.user, one.agent, _places(one.scopes), id), known)

    def get(self, turn: Turn) -> Continued | None:
        """What this request goes on from."""
        return self._known.get(_key(turn, turn.dialogue.held)) if turn.dialogue.held else None

    def keep(self, turn: Turn, response: str, known: Continued, *, whole: bool) -> None:
        """The request was answered with this id; its conversation may be named as well, but does
        not hold what was cut off or failed."""
        for id in filter(None, (response, turn.dialogue.conversation if whole else None)):
            self._keep(_key(turn, id), known)

    def change(self, ending: Callable[[Ending], Ending]) -> None:
        """Makes every ending anew."""
        for key, known in self._known.items():
            self._known[key] = replace(known, ending=ending(known.ending))

    def _keep(self, key: Key, known: Continued) -> None:
        self._known[key] = known
        self._known.move_to_end(key)
        if len(self._known) > KEPT:
            self._known.popitem(last=False)


def _key(turn: Turn, id: str) -> Key:
    return turn.user, turn.agent, _places(turn.scopes), id


def _places(scopes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(scopes)))
