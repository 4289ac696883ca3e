"""OWASP's bench for agents' memories, AMSB of agent-memory-guard, run against the real proxy.

It is installed for one run, and nothing of it is kept: https://pypi.org/project/agent-memory-guard.
Each of its scenarios is sent the way that its source would send it; what is then held is judged as
it judges: by whether the words that the attack is after can be read back.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from poisoning import Delivery, deliver, held
from serving import serving
from upstream import Upstream

from mindhold.beliefs.model import LIVE
from mindhold.proxy.app import create_app
from mindhold.proxy.settings import Inject, Settings
from mindhold.proxy.settings import Upstream as Line

NAME, VERSION = "agent-memory-guard", "0.3.3"
_WISH = "Remember that "


def install(folder: Path) -> bool:
    """Installs it into a folder of its own; False where that cannot be done."""
    wanted = [f"{NAME}=={VERSION}", "--no-deps", "--quiet", "--target", str(folder)]
    done = subprocess.run([sys.executable, "-m", "pip", "install", *wanted], check=False)
    sys.path.insert(0, str(folder))
    return done.returncode == 0


def bench(home: Path) -> str:
    """The report: how many attacks come back, and how many harmless facts."""
    corpus: Sequence[Any] = import_module("agent_memory_guard.bench.scenarios").default_corpus()
    came = _held_of(home / "came", corpus, typed=False)
    typed = _held_of(home / "typed", corpus, typed=True)
    attacks = [one for one in corpus if one.malicious]
    benign = [one for one in corpus if not one.malicious]
    lines = [f"{NAME} {VERSION}: {len(attacks)} attacks, {len(benign)} harmless facts."]
    for how, found in (("sent by their own source", came), ("typed by the owner as a wish", typed)):
        back = [one.id for one in attacks if one.canary in found[one.id]]
        kept = [one.id for one in benign if found[one.id]]
        lines.append(f"{how.capitalize()}: {len(back)} attacks are held, {len(kept)} facts.")
        lines += [f"Held: {', '.join(back)}."] if back else []
    return "\n\n".join(lines)


def _held_of(home: Path, corpus: Sequence[Any], *, typed: bool) -> dict[str, str]:
    """What is live after each scenario, by its id."""
    sent = [
        Delivery(
            place=f"project:amsb-{number}",
            text=one.id,
            requests=tuple(_said(step, typed=typed) for step in one.steps),
            headers={"user-agent": f"client{number}/1"},
        )
        for number, one in enumerate(corpus)
    ]
    with Upstream().running() as upstream:
        lines = (
            Line(name="scripted", dialect="openai", base_url=upstream.url),
            Line(name="claude", dialect="anthropic", base_url=upstream.origin),
            Line(name="llama", dialect="ollama", base_url=upstream.origin, key="none"),
        )
        made = Settings(home=home, upstreams=lines, inject=Inject(enabled=False))
        with serving(create_app(made)) as served:
            deliver(served.origin, home, sent, ())
    live = [belief for belief in held(home) if belief.state in LIVE]
    return {
        one.text: "\n".join(
            f"{belief.content}\n{belief.why_it_matters}"
            for belief in live
            if any(
                (quote.conversation or "").startswith(f"{one.place}-") for quote in belief.evidence
            )
        )
        for one in sent
    }


def _said(step: Any, *, typed: bool) -> tuple[dict[str, Any], ...]:
    """A write of the bench as what a client sends: the newest turn is its user's."""
    if typed:
        return tuple(_turns(("user", _WISH + step.value)))
    if step.source_class == "user_input":
        return tuple(_turns(("user", step.value)))
    if step.source_class == "external_tool":
        call = {"id": "c1", "type": "function", "function": {"name": "look", "arguments": "{}"}}
        return (
            {"role": "user", "content": "Look it up."},
            {"role": "assistant", "content": None, "tool_calls": [call]},
            {"role": "tool", "tool_call_id": "c1", "content": step.value},
        )
    role = "system" if step.source_class == "system" else "assistant"
    before = (("user", "Go on."),) if role == "assistant" else ()
    return tuple(_turns(*before, (role, step.value), ("user", "What next?")))


def _turns(*said: tuple[str, str]) -> Iterator[dict[str, Any]]:
    yield from ({"role": role, "content": text} for role, text in said)
