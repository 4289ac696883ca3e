"""Names in use, through the memory: whose words give one, and when nothing is learned."""

import asyncio
from pathlib import Path

import pytest
from injection.place import add, assistant, belief, running, settings, user

from mindhold.beliefs import switches
from mindhold.beliefs.store import Store

HERE = {"X-Mindhold-Scope": "project:a"}
TOLD = "The staging box (we call it duckpond) is down."


def held(home: Path) -> list[str]:
    """What the belief is called."""
    with Store.open(home) as store:
        return [alias.text for one in store.select() for alias in one.aliases]


def talk(home: Path, *messages: dict[str, str], **how: object) -> list[dict[str, str]]:
    """Says it all in one request, and then asks of duckpond in another."""
    add(home, belief("staging_server", "It stands at Hetzner.", aliases=["staging box"]))

    async def story() -> list[dict[str, str]]:
        async with running(settings(home)) as place:
            await place.ask(list(messages), **how)
            await place.settled()
            return await place.ask([user("Is duckpond up?")])

    return asyncio.run(story())


def test_a_name_that_was_given_brings_the_belief_from_then_on(tmp_path: Path) -> None:
    assert "Hetzner" in str(talk(tmp_path, user(TOLD)))
    assert held(tmp_path) == ["staging box", "duckpond"]


@pytest.mark.parametrize(
    "messages",
    [
        [user("Is the staging box up?"), assistant(TOLD), user("Thanks for the staging box.")],
        [user(f"> {TOLD}\n\nWho wrote that of the staging box?")],
        [user(f"Is the staging box up?\n```\n{TOLD}\n```")],
        [{"role": "system", "content": TOLD}, user("Is the staging box up?")],
    ],
    ids=["the model's", "quoted", "in code", "the client's"],
)
def test_others_words_give_no_name(tmp_path: Path, messages: list[dict[str, str]]) -> None:
    assert "Hetzner" not in str(talk(tmp_path, *messages))
    assert held(tmp_path) == ["staging box"]


@pytest.mark.parametrize(
    "how",
    [{"headers": HERE | {"X-Mindhold-Learn": "off"}}, {"path": b"/temporary/v1/chat/completions"},
     {"headers": {"X-Mindhold-Scope": "project:b"}}],
    ids=["learning is off", "a temporary chat", "another project"],
)  # fmt: skip
def test_where_nothing_is_learned_or_given_nothing_is_named(
    tmp_path: Path, how: dict[str, object]
) -> None:
    talk(tmp_path, user(TOLD), **how)
    assert held(tmp_path) == ["staging box"]


def test_a_paused_learner_hears_no_name(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        switches.pause(store.database, "learn")
    talk(tmp_path, user(TOLD))
    assert held(tmp_path) == ["staging box"]
