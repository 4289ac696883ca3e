"""The firewall: whatever door a secret comes in by, no byte that is kept holds it."""

import asyncio
import json
import logging
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import chain, count, cycle
from pathlib import Path
from typing import Any

import httpx
import pytest
from confiding import told
from secrecy import FRAMES, Made, announced, shaped
from serving import Served, serving
from upstream import Seen, Step, Upstream, answer
from written import CHAT, PATHS, write

from mindhold.beliefs.learning.background.budget import Model
from mindhold.beliefs.learning.background.waiting import Pace
from mindhold.beliefs.store import Store
from mindhold.beliefs.text.secrets import redact
from mindhold.cli.logfile import configure
from mindhold.proxy.app import create_app
from mindhold.proxy.memory import Memory
from mindhold.proxy.settings import Learn, Log, Settings
from mindhold.proxy.settings import Upstream as Line

QUICK = Pace(idle=0.1, pauses=(0.05, 0.1, 0.15), look=0.02, call=1.0)
SAID = "We keep our invoices in Lexoffice, all of them."


class Purse:
    """Secrets, each handed out once: by which door it went in, and what must not be found."""

    def __init__(self, seed: int) -> None:
        rng = random.Random(seed)
        self.spent: dict[str, str] = {}
        self._shaped = chain.from_iterable((*shaped(rng), *announced(rng)) for _ in count())
        self._told = chain.from_iterable(told(rng) for _ in count())
        self._frames = cycle(FRAMES)

    def take(self, door: str) -> str:
        """A key as its issuer writes it."""
        return self._spend(door, self._shaped)

    def sentence(self, door: str) -> str:
        """The owner's sentence around a key."""
        return next(self._frames).format(self.take(door))

    def words(self, door: str) -> str:
        """A credential told in the owner's words, in one of four languages."""
        return self._spend(door, self._told)

    def _spend(self, door: str, made: Iterator[Made]) -> str:
        """The next that is found at all (`learning/test_secrets.py` counts those), and no number
        that stands in any file."""
        known = (one for one in made if len(one.value) > 7 and one.value not in redact(one.text))
        one = next(known)
        self.spent[one.value] = door
        return one.text


@pytest.fixture
def purse() -> Purse:
    return Purse(17)


@pytest.fixture
def served(settings: Settings, upstream: Upstream, purse: Purse) -> Iterator[Served]:
    """The whole proxy: commands, a model that reads along and answers with secrets, a log."""
    root = logging.getLogger()
    handlers, level, raising = root.handlers[:], root.level, logging.raiseExceptions
    configure(Log(level="debug"), settings.home, None)
    upstream.default = lambda seen: _script(seen, purse)
    line = Line(name="second", dialect="openai", base_url=upstream.url, key="none")
    learn = Learn(background=Model(upstream="second", model="tiny"))
    made = replace(settings, commands=True, learn=learn, upstreams=(*settings.upstreams, line))
    with ExitStack() as stack:
        yield stack.enter_context(serving(create_app(made, memory=Memory(made, pace=QUICK))))
    for handler in root.handlers:
        handler.close()
    root.handlers[:], logging.raiseExceptions = handlers, raising
    root.setLevel(level)


def _script(seen: Seen, purse: Purse) -> list[Step]:
    if b'"tiny"' in seen.body:
        key = purse.take("the answer of the model that reads along")
        note = {
            "type": "decision", "canonical_name": "invoices", "epistemic": "stated",
            "content": f"We keep our invoices in Lexoffice with the key {key}.",
            "why_it_matters": f"Use {purse.take('its directive')} for Lexoffice.",
            "confidence": 0.9, "aliases": [purse.take("its alias")[:70]], "evidence": [1],
        }  # fmt: skip
        said = json.dumps({"new_beliefs": [note]})
    else:
        said = f"All right: {purse.take('an answer')}"
    message = {"role": "assistant", "content": said}
    whole = {"id": "c", "choices": [{"index": 0, "message": message}],
             "usage": {"prompt_tokens": 9, "completion_tokens": 9, "total_tokens": 18}}  # fmt: skip
    return [answer(json.dumps(whole).encode())]


def chat(served: Served, purse: Purse) -> None:
    """What is said, pasted, answered and declared, in four dialects."""
    with httpx.Client(base_url=served.origin, timeout=30) as client:
        for kind in ("chat", "responses", "messages", "ollama"):
            path = PATHS.get(kind, CHAT).decode()
            for number in range(6):
                say = purse.sentence if number % 2 else purse.words
                messages = _talk(purse, kind, say(f"{kind}, what is said"))
                body = {"model": "m", **write(kind, messages)}
                scope = {"x-mindhold-scope": f"project:{kind}"}
                client.post(path, json=body, headers=scope)
            declared = {
                "x-mindhold-conversation": purse.take("the conversation's name"),
                "x-mindhold-agent": purse.take("the agent's name"),
                "user-agent": purse.take("the client's name"),
                "authorization": f"Bearer {purse.take('a key')}",
            }
            headers = {name: value.replace("\n", " ") for name, value in declared.items()}
            headers["x-mindhold-scope"] = "project:" + _plain(purse.take("the scope"))
            model = purse.take("the model's name")
            body = {**write(kind, [{"role": "user", "content": SAID}]), "model": model}
            client.post(path, json=body, headers=headers)
            client.post(path + "?key=" + purse.take("a query"), content=purse.take("a broken body"))
        for command in ("!remember {}", "!forget {}", "!scope {}", "!why {}"):
            text = command.format(purse.words(command))
            client.post(CHAT.decode(), json={"model": "m", **_one(text)})
        client.get("/nowhere/" + purse.take("a path").replace("\n", ""))


def _talk(purse: Purse, kind: str, said: str) -> list[dict[str, Any]]:
    call = {"id": "c1", "type": "function", "function": {"name": "look", "arguments": "{}"}}
    return [
        {"role": "system", "content": purse.sentence(f"{kind}, instructions")},
        {"role": "user", "content": "Hello."},
        {"role": "assistant", "content": purse.sentence(f"{kind}, an earlier answer")},
        {"role": "user", "content": purse.sentence(f"{kind}, an earlier turn")},
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c1", "content": purse.sentence(f"{kind}, a tool")},
        {"role": "assistant", "content": f"Let's use {purse.take(f'{kind}, a proposal')}."},
        {"role": "user", "content": f"Yes, let's do that. {said} {SAID}"},
    ]


def _plain(text: str) -> str:
    """As a scope is written: nothing that would end or part it."""
    return "".join(char for char in text if char.isalnum() or char in "-_.")


def _one(text: str) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": text}]}


def type_in(mindhold: Callable[..., Any], vitest: str, purse: Purse) -> None:
    """What the owner types at a terminal: refused in every field, and not repeated."""
    add = ("beliefs", "add", "--type", "decision")
    plain = {"--name": "payments", "--content": "We use Stripe.", "--why": "Use Stripe."}
    for field in (*plain, "--alias", "--participant", "--agent"):
        text = purse.take(f"add {field}")[: 70 if field == "--alias" else None]
        given = plain | {field: text.replace("\n", " ")}
        _refused(mindhold(*add, *chain.from_iterable(given.items())), text)
    for field in ("--content", "--why", "--name", "--alias"):
        text = purse.sentence(f"edit {field}") if field != "--alias" else purse.take(field)[:70]
        _refused(mindhold("beliefs", "edit", vitest, field, text), text)
    text = purse.words("supersede")
    _refused(mindhold("beliefs", "supersede", vitest, "--content", text), text)
    mindhold("recall", purse.words("recall"))


def _refused(done: Any, text: str) -> None:
    assert done.code == 1, (done.out, text)
    assert text not in done.err


def bring(mindhold: Callable[..., Any], folder: Path, vitest: str, purse: Purse) -> None:
    """What is brought along in files: beliefs, conversations, another program's export."""
    quote = {"start": 0, "end": 9, "at": "2026-03-01T09:00:00Z"}
    rows = [
        {"content": purse.sentence("import, content")},
        {"canonical_name": purse.take("import, name")},
        {"aliases": [purse.take("import, alias")[:70]]},
        {"evidence": [{**quote, "quote": purse.words("import, quote")}]},
        {"evidence": [{**quote, "quote": "We use it.", "conversation": purse.take("import, id")}]},
        {"relation_type": purse.take("import, relation")},
    ]
    plain = {"type": "decision", "canonical_name": "p", "content": "We use Stripe.",
             "why_it_matters": "Use it.", "scopes": ["project:import"]}  # fmt: skip
    made = [{**plain, "id": f"imported-{n}", **row} for n, row in enumerate(rows)]
    beliefs, talk, export = (folder / f"{name}.json" for name in ("beliefs", "talk", "claude"))
    beliefs.write_text("\n".join(map(json.dumps, made)))
    mindhold("import", str(beliefs))
    turns = [purse.words("learn") for _ in range(6)] + [purse.sentence("learn") for _ in range(6)]
    talk.write_text(json.dumps([{"role": "user", "content": text} for text in turns]))
    mindhold("learn", str(talk))
    said = [{"sender": "human", "text": purse.sentence("backfill")} for _ in range(3)]
    told = {"uuid": purse.take("backfill, id"), "name": purse.take("backfill, title")}
    export.write_text(json.dumps([{**told, "chat_messages": said}]))
    mindhold("learn", "--backfill", str(export), "--yes")
    mindhold("why", "--missing", vitest, "--text", purse.words("why --missing"), "--record")
    mindhold("why", "--wrong", vitest, "--text", purse.sentence("why --wrong"), "--record")


def test_no_secret_reaches_any_byte_that_is_kept(
    served: Served, home: Path, mindhold: Callable[..., Any], vitest: str, purse: Purse
) -> None:
    chat(served, purse)
    type_in(mindhold, vitest, purse)
    bring(mindhold, Path.cwd(), vitest, purse)
    asyncio.run(_settled(home))
    (home / "export.jsonl").write_text(mindhold("export").out)
    (home / "export.md").write_text(mindhold("export", "--format", "markdown").out)
    kept = {one: one.read_bytes().lower() for one in home.rglob("*") if one.is_file()}
    assert len(kept) > 6
    assert b"lexoffice" in b"".join(kept.values())  # what stood beside them is there
    leaks = sorted(
        (door, one.relative_to(home).as_posix(), value)
        for value, door in purse.spent.items()
        for one, held in kept.items()
        if value.lower().encode() in held
    )
    assert len(purse.spent) > 150
    assert "the answer of the model that reads along" in purse.spent.values()
    assert leaks == []


async def _settled(home: Path) -> None:
    """Until all that waits has been learned from, and the model has been asked."""
    for _ in range(600):
        with Store.open(home) as store:
            sql = "SELECT (SELECT count(*) FROM learning) + (SELECT count(*) FROM background_turns)"
            if store.database.rows(sql)[0][0] == 0:
                return
        await asyncio.sleep(0.05)
