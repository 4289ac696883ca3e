"""Within one conversation: told once, corrected when it changes, the same bytes otherwise."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from injection.place import Place, add, assistant, belief, change, running, settings, user

from mindhold.beliefs.model import Belief, Epistemic, State, Type
from mindhold.beliefs.text.block import Note, find_blocks, parse
from mindhold.proxy.settings import Inject

Messages = list[dict[str, Any]]
ASK = user("How do I set up jest?")
ON = [ASK, assistant("Like so."), user("And what of jest now?")]


def tell(home: Path, story: Callable[[Place], Awaitable[None]], **inject: Any) -> None:
    """Runs a story in a memory of this home."""

    async def told() -> None:
        chosen = Inject(**{"deadline_ms": 5_000, **inject})
        async with running(settings(home, inject=chosen)) as place:
            await story(place)

    asyncio.run(told())


def notes(message: dict[str, Any]) -> tuple[Note, ...]:
    """What a message tells, but for the dates."""
    return tuple(replace(note, status=note.status.split()[0]) for note in parse(message["content"]))


def jest(**fields: Any) -> Belief:
    """What the tests tell of."""
    return belief("jest", "We use Jest.", why_it_matters="Write Jest tests.", **fields)


TOLD = Note(
    name="jest", content="We use Jest.", why_it_matters="Write Jest tests.", status="stated"
)


def test_a_change_is_announced_once_and_history_stays_as_it_was(tmp_path: Path) -> None:
    one = jest()
    add(tmp_path, one)

    async def story(place: Place) -> None:
        first = await place.ask([ASK])
        assert notes(first[0]) == (TOLD,)
        change(tmp_path, lambda write: write.edit(one.id, content="We use Jest 30."))
        second = await place.ask(ON)
        assert second[0] == first[0]
        changed = replace(TOLD, content="We use Jest 30.", changed=True)
        assert notes(second[2]) == (changed,)
        third = await place.ask([*ON, assistant("Ok."), user("jest again")])
        assert third[:3] == second
        assert third[4] == user("jest again")

    tell(tmp_path, story)


def test_what_took_the_place_of_a_belief_is_announced_with_the_name_it_replaces(
    tmp_path: Path,
) -> None:
    one = jest()
    add(tmp_path, one)

    async def story(place: Place) -> None:
        await place.ask([ASK])
        change(tmp_path, lambda write: write.supersede(one.id, belief("vitest")))
        seen = await place.ask([ASK, assistant("So."), user("Thanks, go on.")])
        assert [(n.name, n.replaces, n.changed) for n in notes(seen[2])] == [
            ("vitest", "jest", True)
        ]
        later = await place.ask([*seen_as_said(seen), assistant("Ok."), user("jest or vitest?")])
        assert later[:3] == seen
        assert later[4] == user("jest or vitest?")

    tell(tmp_path, story)


def seen_as_said(seen: Messages) -> Messages:
    """What the client wrote of what the upstream saw."""
    left = []
    for message in seen:
        found = list(find_blocks(message["content"]))
        end = found[-1].end + 2 if found else 0
        left.append({**message, "content": message["content"][end:]})
    return left


@pytest.mark.parametrize("verb", ["forget", "retire"])
def test_what_has_ended_is_taken_back_by_name_alone(tmp_path: Path, verb: str) -> None:
    one = jest()
    add(tmp_path, one)

    async def story(place: Place) -> None:
        await place.ask([ASK])
        change(tmp_path, lambda write: getattr(write, verb)(one.id))
        seen = await place.ask(ON)
        assert notes(seen[2]) == (Note(name="jest", status="no", changed=True),)
        after = await place.ask([*ON, assistant("Ok."), user("jest?")])
        assert after[4] == user("jest?")

    tell(tmp_path, story)


def test_what_moved_to_another_scope_is_not_told_on(tmp_path: Path) -> None:
    one = jest()
    add(tmp_path, one)

    async def story(place: Place) -> None:
        await place.ask([ASK])
        moved = {"scopes": ("project:b",), "content": "Hidden in b."}
        change(tmp_path, lambda write: write.edit(one.id, **moved))
        seen = await place.ask(ON)
        assert "Hidden" not in json.dumps(seen)
        assert notes(seen[2]) == (Note(name="jest", status="no", changed=True),)

    tell(tmp_path, story)


@pytest.mark.parametrize("restarted", [False, True])
def test_what_is_forgotten_hard_is_sent_no_more(tmp_path: Path, restarted: bool) -> None:
    one = jest(pinned=True)
    add(tmp_path, one, belief("vitest"))
    asked = [user("jest and vitest?")]
    on = [*asked, assistant("So."), user("More.")]
    seen: list[Messages] = []

    async def before(place: Place) -> None:
        seen.append(await place.ask(asked))
        assert "We use Jest." in json.dumps(seen[0])

    async def after(place: Place) -> None:
        if not restarted:
            await before(place)
        change(tmp_path, lambda write: write.forget_hard(one.id))
        for _ in range(2):
            assert "We use Jest." not in json.dumps(await place.ask(on))

    if restarted:
        tell(tmp_path, before)
    tell(tmp_path, after)
    for file in tmp_path.glob("store.db*"):
        assert b"We use Jest." not in file.read_bytes()


def test_the_stable_block_is_frozen_and_what_is_pinned_meanwhile_comes_with_the_turn(
    tmp_path: Path,
) -> None:
    style = {"type": Type.PREFERENCE, "scopes": ("user:universal",)}
    add(tmp_path, belief("short_answers", **style))
    seen: list[Messages] = []

    async def before(place: Place) -> None:
        seen.append(await place.ask([ASK]))
        assert [note.name for note in notes(seen[0][0])] == ["short_answers"]
        add(tmp_path, jest(pinned=True))
        seen.append(await place.ask([ASK, assistant("So."), user("Hm.")]))
        assert seen[1][:2] == seen[0]
        assert notes(seen[1][3]) == (TOLD,)

    async def after(place: Place) -> None:
        third = await place.ask([ASK, assistant("So."), user("Hm."), assistant("A."), user("B.")])
        assert third[:4] == seen[1]
        assert third[5] == user("B.")
        other = await place.ask([user("Another conversation.")])
        assert [note.name for note in notes(other[0])] == ["jest", "short_answers"]

    tell(tmp_path, before)
    tell(tmp_path, after)


def test_the_same_beliefs_make_the_same_stable_bytes_everywhere(tmp_path: Path) -> None:
    add(tmp_path, jest(pinned=True))

    async def story(place: Place) -> None:
        one = await place.ask([{"role": "system", "content": "A."}, user("One.")])
        two = await place.ask([{"role": "system", "content": "A."}, user("Two.")])
        assert one[0] == two[0]

    tell(tmp_path, story)


def test_injection_switched_off_sends_the_very_bytes_and_history_comes_back_after(
    tmp_path: Path,
) -> None:
    add(tmp_path, jest())
    scope = {"X-Mindhold-Scope": "project:a"}

    async def story(place: Place) -> None:
        first = await place.ask([ASK])
        off = {"headers": {**scope, "X-Mindhold-Inject": "off"}}
        made = await place.send({"model": "m", "messages": ON}, **off)
        assert (made.header, json.loads(made.body)["messages"]) == ("off", ON)
        later = await place.ask([*ON, assistant("Ok."), user("Hm.")])
        assert later[0] == first[0]
        temporary = await place.send(
            {"model": "m", "messages": [ASK]}, headers=scope, path=b"/temporary/v1/chat/completions"
        )
        assert (temporary.header, json.loads(temporary.body)["messages"]) == ("off", [ASK])

    tell(tmp_path, story)


def test_in_placement_system_every_block_stands_in_the_leading_system_message(
    tmp_path: Path,
) -> None:
    add(tmp_path, jest())

    async def story(place: Place) -> None:
        seen = await place.ask([ASK])
        assert seen[1] == ASK
        assert notes(seen[0]) == (TOLD,)

    tell(tmp_path, story, placement="system")


def test_the_budget_is_kept_and_what_it_left_out_is_said(tmp_path: Path) -> None:
    add(tmp_path, *(belief(f"tool{n}", "Long. " * 60, aliases=("jest",)) for n in range(6)))

    async def story(place: Place) -> None:
        made = await place.send(
            {"model": "m", "messages": [ASK]}, headers={"X-Mindhold-Scope": "project:a"}
        )
        assert made.drawn is not None
        assert {one.rule for one in made.drawn.left_out} == {"budget"}
        assert len(made.injected) + len(made.drawn.left_out) == 6
        assert 0 < len(made.injected) < 6

    tell(tmp_path, story)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, "stated 2026-01"),
        ({"epistemic": Epistemic.INFERRED}, "inferred 2026-01"),
        ({"epistemic": Epistemic.EXPLORATORY, "state": State.EXPLORATORY}, "exploratory 2026-01"),
    ],
)
def test_a_note_says_how_it_is_known_and_since_when(
    tmp_path: Path, fields: dict[str, Any], status: str
) -> None:
    add(tmp_path, jest(**fields))

    async def story(place: Place) -> None:
        seen = await place.ask([ASK])
        assert [note.status for note in parse(seen[0]["content"])] == [status]

    tell(tmp_path, story)


def test_of_two_conversations_in_the_same_words_a_round_goes_on_with_the_later_one(
    tmp_path: Path,
) -> None:
    one = jest()
    add(tmp_path, one)
    calls = [{"id": "1", "type": "function", "function": {"name": "read", "arguments": "{}"}}]
    call = {"role": "assistant", "content": None, "tool_calls": calls}
    result = {"role": "tool", "tool_call_id": "1", "content": "Nothing."}
    rounds = [[ASK], [ASK, call, result], [ASK, call, result, call, result]]

    async def story(place: Place) -> None:
        for sent in rounds:
            await place.ask(sent)
        change(tmp_path, lambda write: write.edit(one.id, content="We use Jest 30."))
        first, *later = [(await place.ask(sent))[0] for sent in rounds]
        assert notes(first) == (replace(TOLD, content="We use Jest 30."),)
        assert later == [first, first]

    tell(tmp_path, story)
