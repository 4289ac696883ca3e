"""Back: a turn that takes back what its writer said in the turn before; pure."""

import re

from mindhold.beliefs.learning import guards
from mindhold.beliefs.learning.tongues.known import TONGUES

_LEAD = (
    r"(?:(?:lo+l|haha|nah|nope|ugh|eh|argh|oh|ah|hm+|um+|uh|oops|sorry|ok|okay|well|hey|no|wait"
    r"|hold on|actually|on second thou?ghts?|bad idea)(?:[,.! …-]+| (?=no\b)))*"
)
_THAT = re.compile(
    rf"(?i)^\W*{_LEAD}(?:please )?(?:scratch|strike|ignore|disregard|forget|undo|cancel|drop"
    r"|delete|never mind|take back) (?:that|it|(?:what )?i (?:just |ever )?said(?: that| so| it"
    r"| anything)?|my last (?:message|one|sentence))"
    r"(?=(?: one)? (?:please|sorry|again|we|i)\b|\s*[^\w\s]|$)"
)
_MISTAKEN = re.compile(
    rf"(?i)^\W*{_LEAD}(?:[^.!?\n]{{0,40}}, )?(?:"
    r"(?:i|we) (?:\w+ )?(?:confused|misspoke|misremembered|mis-spoke|made (?:that|it) up"
    r"|take (?:that|it) back|mixed (?:(?:that|it|this|them|things) )?up"
    r"|got (?:that|it) (?:wrong|mixed up))"
    r"|(?:i|we)(?:['’]ve| have)? changed (?:my|our) minds?|i take (?:that|it|everything) back"
    r"|i lied"
    r"|i was (?:wrong|mistaken|joking|kidding)|(?:i['’]m |i am )?(?:just |only )?(?:kidding|joking)"
    r"|that was (?:a joke|only a joke|not (?:true|serious)))\b"
)
_DENIED = re.compile(
    r"(?i)^\W*(?:(?:oh|hm+|sorry|ok)[,.! ]+)*(?:no[,.! ]+wait|wait[,.! ]+no|hold on[,.! ]+no)"
    r"[,.! ]+(?:we|i|that)(?:['’](?:re|m|s) not| (?:do|did|does|have|has|are|am|is|was|were|wo|ca)"
    r"(?:n['’]t| not))\b"
)
_LAUGHTER = re.compile(
    r"(?i)(?:lo+l|(?:ha|he){2,}h?|jk|rofl|lmao|[:;=]-?[DPp)]+|[😂🤣😅😜😉]|\s|[!.,])+"
)


def takes_back(turn: str, before: str) -> bool:
    """Whether the turn withdraws what its writer stated at the end of the turn before.

    After a question or a task "scratch that" speaks of the task, and nothing is withdrawn.
    """
    text, last = turn.strip()[:400], _last(before)
    said = [tongue.guards for tongue in TONGUES.values()]
    mistaken = (_MISTAKEN, _DENIED, *(one.mistaken for one in said))
    if any(shape.match(text) for shape in mistaken):
        return True
    withdraws = _THAT.match(text) or any(one.withdraws.match(text) for one in said)
    if not (withdraws or (text and _LAUGHTER.fullmatch(text))):
        return False
    return not guards.asks(last)


def _last(text: str) -> str:
    """The last sentence."""
    return re.split(r"(?<=[.!?])\s+|\n+", text.strip()[-600:])[-1]
