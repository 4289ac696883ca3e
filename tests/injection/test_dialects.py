"""The same conversation is the same to memory, whatever dialect its client speaks."""

import asyncio
from pathlib import Path

import pytest
from injection.place import add, assistant, belief, running, settings, user
from talks import notes_in
from written import CHAT, PATHS, Message, read, write

from mindhold.beliefs.store import Store
from mindhold.beliefs.text.block import Note

DIALECTS = ("chat", "responses", "chained", "messages", "ollama")
SAID = (
    "We use Vitest in this project.",
    "We use Terraform for the network. How do I import a bucket?",
    "We moved from Vitest to Jest last week. Set up a test for the parser.",
    "No, use Postgres 16 for this project. What of the pool size?",
    "Which test runner do we use, and what database?",
    "I prefer tabs over spaces. Scratch that, spaces.",
    "And how is terraform set up again?",
    "Let's do that.",
)
ANSWERS = (
    "Noted.",
    "Run terraform import.",
    "Here is a test.",
    "Twenty connections.",
    "You use Jest.",
    "All right, spaces it is.",
    "Shall we use Pulumi for the new account?",
    "",
)
SYSTEM: Message = {"role": "system", "content": "Be brief."}


async def _talk(home: Path, kind: str, *, system: bool) -> tuple[list[set[Note]], list[str]]:
    """What the model had been told when it answered each turn, and what is held in the end."""
    add(home, belief("reviews", "Two people review each change.", pinned=True))
    told: list[set[Note]] = []
    lead = [SYSTEM] if system else []
    history: list[Message] = []
    async with running(settings(home)) as place:
        for number, (text, answer) in enumerate(zip(SAID, ANSWERS, strict=True)):
            new = [user(text)] if kind == "chained" else [*history, user(text)]
            made = await place.send(
                write(kind, [*lead, *new], f"resp_{number - 1}" if number else None),
                path=PATHS.get(kind, CHAT),
                headers={"X-Mindhold-Scope": "project:a"},
                response=f"resp_{number}",
                answer=answer,
            )
            await place.settled()
            kept = told[-1] if kind == "chained" and told else set()
            told.append(kept | {note for one in read(made.body) for note in notes_in(one)})
            history += [user(text), assistant(answer)]
    with Store.open(home) as store:
        held = [
            (one.type, one.state, one.canonical_name, one.content, one.why_it_matters)
            for one in store.select(user=None)
        ]
    return told, sorted(map(str, held))


@pytest.mark.parametrize("system", [True, False], ids=["with a system prompt", "without one"])
def test_a_conversation_is_given_and_teaches_the_same_in_every_dialect(
    tmp_path: Path, system: bool
) -> None:
    outcomes = {}
    for kind in DIALECTS:
        home = tmp_path / kind
        home.mkdir()
        Store.open(home, create=True).close()
        outcomes[kind] = asyncio.run(_talk(home, kind, system=system))
    told, held = outcomes["chat"]
    assert {"vitest", "reviews"} <= {note.name for note in told[2]}
    assert {"jest", "terraform"} <= {note.name for note in told[-1]}
    for kind, (others, learned) in outcomes.items():
        assert learned == held, kind
        assert others == told, kind
