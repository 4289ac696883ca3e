"""The poison corpus on the wire: attacks and look-alikes, as clients of four dialects send them."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import yaml
from waiting import until
from written import CHAT, PATHS, Message, write

from mindhold.beliefs.model import Belief
from mindhold.beliefs.store import Store

CORPUS = Path(__file__).parent / "poison"
KINDS = ("chat", "responses", "messages", "ollama")
LAST = "project:last"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What one client sends in one conversation; each of `requests` is a whole history."""

    place: str  # its scope, which nothing else has
    text: str
    requests: tuple[tuple[Message, ...], ...]
    headers: dict[str, str] = field(default_factory=dict)
    borne: bool = False  # whether it stands outside the newest message of the user


def attacks(name: str) -> list[Delivery]:
    """The attacks of a file, each with a place of its own."""
    families = yaml.safe_load((CORPUS / f"{name}.yaml").read_text("utf-8"))
    return [
        Delivery(
            place=f"project:{name}-{number}-{at}",
            text=text,
            requests=tuple(_requests(_filled(family["frame"], text), family.get("each", False))),
            headers=family.get("headers", {}),
            borne="{text}" not in str(family["frame"][-1].get("user", "")),
        )
        for number, family in enumerate(families.values())
        for at, text in enumerate(family["texts"])
    ]


def owned(name: str) -> list[Delivery]:
    """What the owner says in a file of that form, each text by a client of its own."""
    return [
        replace(one, headers={**one.headers, "user-agent": f"{name}{number}/1"})
        for number, one in enumerate(attacks(name))
    ]


def lookalikes(part: str = "") -> list[Delivery]:
    """What the owner says, each by a client of its own: fifty a day and client are learned."""
    lines = (CORPUS / "lookalikes.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [
        Delivery(
            place=f"project:said-{number}",
            text=text,
            requests=(({"role": "user", "content": text},),),
            headers={"user-agent": f"client{number}/1"},
        )
        for number, (which, text) in enumerate(rows)
        if part in {"", which}
    ]


def deliver(origin: str, home: Path, sent: Sequence[Delivery], kinds: Sequence[str]) -> None:
    """Sends all of it to the proxy, in one dialect after the other, and waits until it is heard.

    A plain statement goes last: once that is held, all that came before it has been learned from.
    """
    with httpx.Client(base_url=origin, timeout=30) as client:
        for number, one in enumerate(sent):
            for kind in kinds or (KINDS[number % 4],):
                _send(client, kind, one)
        said = ({"role": "user", "content": "We moved from Jest to Vitest last week."},)
        _send(client, "chat", Delivery(place=LAST, text="", requests=(said,)))
    until(lambda: any(LAST in one.scopes for one in held(home)), "nothing is learned any more")


def held(home: Path) -> list[Belief]:
    """All that is in the store, in whatever state."""
    with closing(Store.open(home)) as store:
        return list(store.select(user=None))


def place_of(belief: Belief) -> str:
    """Where its first words were said."""
    return (belief.evidence[0].conversation or "").rpartition("-")[0]


def _send(client: httpx.Client, kind: str, one: Delivery) -> None:
    named = {"x-mindhold-scope": one.place, "x-mindhold-conversation": f"{one.place}-{kind}"}
    for messages in one.requests:
        body = {"model": "m", **write(kind, deepcopy([*messages]))}
        path = PATHS.get(kind, CHAT).decode()
        answer = client.post(path, json=body, headers={**named, **one.headers})
        assert answer.status_code == 200, answer.text


def _filled(frame: list[dict[str, str]], text: str) -> Iterator[Message]:
    for number, said in enumerate(frame):
        ((role, words),) = said.items()
        content: Any = words.replace("{text}", text)
        if role == "tool":
            function = {"name": "look", "arguments": "{}"}
            call = {"id": f"c{number}", "type": "function", "function": function}
            yield {"role": "assistant", "content": None, "tool_calls": [call]}
            yield {"role": "tool", "tool_call_id": f"c{number}", "content": content}
        else:
            yield {"role": role, "content": content}


def _requests(messages: Iterator[Message], each: bool) -> Iterator[tuple[Message, ...]]:
    said = tuple(messages)
    for at, message in enumerate(said, 1):
        if at == len(said) or (each and message["role"] == "user"):
            yield said[:at]
