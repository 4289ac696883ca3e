"""Commands: what a user tells the proxy itself, where the config allows it.

A command is a whole message of one line. `!scope`, `!learn` and `!inject` hold for the rest of
their conversation: they are read again from the history that the client resends.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mindhold.beliefs.errors import Invalid
from mindhold.beliefs.requests import COMMAND
from mindhold.beliefs.scope import parse_scopes
from mindhold.beliefs.text.own import own_words
from mindhold.proxy.dialects.dialogue import Dialogue

_HOLDING = frozenset({"scope", "learn", "inject"})
_WORDS = _HOLDING | {"remember", "forget", "why"}
_OURS = "mindhold-"
_HELD = f"{_OURS}held-"
SWITCH = {"on": True, "off": False}
_MAX = 2_000  # characters; what is longer was pasted
_FORM = re.compile(r"!(\w+):?(?:[ \t]+(.*))?")
_LINK = re.compile(r"(?i)(?:that|to)\s+(?=\S)")  # "!remember that we deploy on Fridays"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command; `start` is where its argument begins in the message, in characters."""

    word: str
    argument: str = ""
    start: int = 0

    @property
    def scopes(self) -> tuple[str, ...] | None:
        """The scopes that `!scope` names, if any can be read."""
        try:
            return parse_scopes(self.argument)
        except Invalid:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commands:
    """Those of a conversation. `newest` is what its user tells us now, instead of the model.

    `scopes`, `learn` and `inject` are what holds; `named` are all scopes that ever held. `turns`
    are the places of all commands among the messages. `resent`: the client sends the history, so
    that what holds is known; `lost`: something should hold, and the client did not send it.
    """

    newest: Command | None = None
    scopes: tuple[str, ...] | None = None
    learn: bool = True
    inject: bool = True
    named: frozenset[str] = frozenset()
    turns: frozenset[int] = frozenset()
    resent: bool = True
    lost: bool = False

    @property
    def answered(self) -> bool:
        """Whether it is for us to answer."""
        return self.lost or self.newest is not None

    @property
    def asks_why(self) -> bool:
        """Whether the newest asks about the request before."""
        return self.newest is not None and self.newest.word == "why"

    @property
    def header(self) -> str:
        """What X-Mindhold-Memory says where we answer."""
        return f"{COMMAND} name={self.newest.word if self.newest else 'none'}"

    def mark(self, request: str) -> str:
        """What the ids of our answer are made of."""
        holds = self.lost or (self.newest and self.newest.word in _HOLDING)
        return (_HELD if holds else _OURS) + request


NONE = Commands()


def read_commands(
    dialogue: Dialogue,
    *,
    program: str,
    resent: bool,
    lost: bool,
    limit: tuple[str, ...] | None,
) -> Commands:
    """The commands of a conversation; of scopes only those hold that the caller's token reaches.

    `program`: the client, which may write around what its user typed. A wish to remember is
    learned from though learning is off.
    """
    found = dict(_found(dialogue, program))
    newest = found.get(dialogue.turns[-1].index) if dialogue.ends else None
    told = list(found.values())
    named = [one.scopes for one in told if one.word == "scope"]
    scopes = [one for one in named if one and (limit is None or set(one) <= set(limit))]
    wish = newest is not None and newest.word == "remember"
    return Commands(
        newest=newest,
        scopes=scopes[-1] if scopes else None,
        learn=wish or _switch("learn", told),
        inject=_switch("inject", told),
        named=frozenset(scope for one in scopes for scope in one),
        turns=frozenset(found),
        resent=resent,
        lost=lost,
    )


def read_command(text: str) -> Command | None:
    """The command that a message is, if it is one."""
    line = text.strip()
    if not line.startswith("!") or len(line) > _MAX or len(line.splitlines()) > 1:
        return None
    form = _FORM.fullmatch(line)
    word = form[1].lower() if form else ""
    if form is None or word not in _WORDS:
        return None
    start = form.start(2) if form[2] else len(line)
    if word == "remember" and (link := _LINK.match(line, start)):
        start = link.end()
    return Command(word=word, argument=line[start:], start=start + text.index(line))


def is_ours(response: str) -> bool:
    """Whether an id is that of an answer to a command."""
    return response.startswith((f"resp_{_OURS}", f"msg_{_OURS}"))


def should_hold(response: str) -> bool:
    """Whether the command that was answered so was to hold for its conversation."""
    return response.startswith(f"resp_{_HELD}")


def _found(dialogue: Dialogue, program: str) -> Iterator[tuple[int, Command]]:
    for turn in dialogue.turns:
        if "!" not in turn.text or any(dialogue.messages[turn.index].rest):
            continue
        if command := read_command(own_words(turn.text, dialogue.system_text, program)):
            yield turn.index, command


def _switch(word: str, told: list[Command]) -> bool:
    """What the last of these commands says; on, where none says anything."""
    said = [SWITCH.get(one.argument.lower()) for one in told if one.word == word]
    return next((one for one in reversed(said) if one is not None), True)
