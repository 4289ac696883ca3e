"""Settled: the answers to commands that ask nothing of memory, errors of their form included."""

from collections.abc import Callable
from dataclasses import dataclass

from mindhold.beliefs.errors import Invalid
from mindhold.beliefs.scope import parse_scopes
from mindhold.beliefs.tokens import Capability
from mindhold.proxy.commands import SWITCH, Command
from mindhold.proxy.explained import origin
from mindhold.proxy.turn import Turn

_TEMPORARY = "This is a temporary conversation: nothing is given to it, learned from it or kept."
_ELSEWHERE = (
    " cannot hold here: this client does not send the conversation again, so the next request would"
    " know nothing of it. Use the header {} instead, or the config."
)
_LOST = (
    "This conversation began with a command, and what your client sends now no longer tells of it:"
    " nothing was sent to the model. Begin a new conversation, and say it in a header instead"
    " (X-Mindhold-Scope, X-Mindhold-Learn, X-Mindhold-Inject) or in the config."
)
_STAYS = "the config, a header of this client or its access token says so"
_NEEDS: dict[str, frozenset[Capability]] = {
    "remember": frozenset({"learn"}),
    "forget": frozenset({"inject", "learn"}),  # it tells what is held
    "why": frozenset({"inject"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wording:
    """How a switch is spoken of: what it `does`, and what it says once it is on or off."""

    does: str
    on: str
    off: str


_LEARN = _Wording(
    does="learned from this conversation",
    on="This conversation is learned from again.",
    off="From here on nothing is learned from this conversation, until !learn on.",
)
_INJECT = _Wording(
    does="given to this conversation",
    on="This conversation is given again what memory holds for it.",
    off="From here on nothing is given to this conversation, until !inject on.",
)


def settled(turn: Turn) -> str | None:
    """The answer to a command that asks nothing of memory; None where it does."""
    command = turn.commands.newest
    if turn.commands.lost or command is None:
        return _LOST
    if turn.temporary:
        return _TEMPORARY
    if lacking := sorted(_NEEDS.get(command.word, frozenset()) - turn.can):
        return f"This access token is not one for !{command.word}: it lacks {', '.join(lacking)}."
    answer = _ANSWERS.get(command.word)
    return answer(turn, command) if answer else None


def _scope(turn: Turn, command: Command) -> str:
    here = f"{', '.join(turn.scopes)} ({origin(turn.origin)})"
    if not command.argument:
        return f"The memory of this conversation is {here}. For another: !scope project:NAME"
    if not turn.commands.resent:
        return "!scope" + _ELSEWHERE.format("X-Mindhold-Scope")
    try:
        asked = parse_scopes(command.argument)
    except Invalid as error:
        return f"{error} The memory of this conversation stays {here}."
    if turn.origin in ("header", "path"):
        return f"!scope cannot change the memory of this conversation, which is {here}."
    if turn.scopes != asked:
        return f"This access token does not reach {', '.join(asked)}; it stays {here}."
    return f"From here on the memory of this conversation is {', '.join(asked)}."


def _learn(turn: Turn, command: Command) -> str:
    return _switch(turn, command, turn.learn, _LEARN)


def _inject(turn: Turn, command: Command) -> str:
    return _switch(turn, command, turn.inject, _INJECT)


def _switch(turn: Turn, command: Command, now: bool, wording: _Wording) -> str:
    """`now`: how the switch stands, with this command in force."""
    wanted, name = SWITCH.get(command.argument.lower()), f"!{command.word}"
    if wanted is None:
        return f"It is {'on' if now else 'off'} now. Say {name} on, or {name} off."
    if not turn.commands.resent:
        return name + _ELSEWHERE.format(f"X-Mindhold-{command.word.capitalize()}")
    if wanted and not now:
        return f"Nothing is {wording.does} all the same: {_STAYS}."
    return wording.on if wanted else wording.off


def _remember(turn: Turn, command: Command) -> str | None:
    if not command.argument:
        return "Say what to remember, as in !remember we deploy on Fridays"
    return None if turn.learn else f"Nothing was kept: learning is off here, {_STAYS}."


def _forget(_: Turn, command: Command) -> str | None:
    return None if command.argument else "Say what to forget, by name or id: !forget release_day"


_ANSWERS: dict[str, Callable[[Turn, Command], str | None]] = {
    "scope": _scope,
    "learn": _learn,
    "inject": _inject,
    "remember": _remember,
    "forget": _forget,
}
