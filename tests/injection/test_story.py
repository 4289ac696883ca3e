"""The story that all of this is for: told once, known in the next conversation."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from injection.place import Place, add, assistant, belief, change, running, settings, user
from made import quote

from mindhold.beliefs import ledger, requests, switches
from mindhold.beliefs.model import State, Type
from mindhold.beliefs.store import Store
from mindhold.beliefs.text.block import parse

TOLD = user("We moved from Jest to Vitest last week.")
ASKED = user("How do I set up Jest for a new package?")


def held(home: Path) -> list[str]:
    """The names of what is held."""
    with Store.open(home) as store:
        return [one.canonical_name for one in store.select() if one.live]


def test_what_was_said_once_is_known_in_the_next_conversation_and_after_a_restart(
    tmp_path: Path,
) -> None:
    async def tell() -> None:
        async with running(settings(tmp_path)) as place:
            assert await place.ask([TOLD]) == [TOLD]

    async def ask() -> None:
        async with running(settings(tmp_path)) as place:
            seen = await place.ask([ASKED])
            (note,) = parse(seen[0]["content"])
            assert "Vitest" in note.content
            other = {"headers": {"X-Mindhold-Scope": "project:b"}}
            assert await place.ask([ASKED], **other) == [ASKED]

    asyncio.run(tell())
    asyncio.run(ask())


def test_nothing_is_learned_where_the_owner_or_the_upstream_said_no(tmp_path: Path) -> None:
    scope = {"X-Mindhold-Scope": "project:a"}
    body = {"model": "m", "messages": [TOLD]}

    async def story() -> None:
        async with running(settings(tmp_path)) as place:
            await place.send(body, headers=scope, status=429)
            await place.send(body, headers={**scope, "X-Mindhold-Learn": "off"})
            await place.send(body, headers=scope, path=b"/temporary/v1/chat/completions")
            await place.settled()
            with Store.open(tmp_path) as store:
                switches.pause(store.database, "learn")
            await place.send(body, headers=scope)

    asyncio.run(story())
    assert held(tmp_path) == []
    with Store.open(tmp_path) as store:
        queries = [one.query for one in requests.recent(store.database, 9)]
    assert sorted(query or "" for query in queries) == ["", "", "", TOLD["content"]]


def test_rounds_of_an_agent_teach_nothing_again(tmp_path: Path) -> None:
    call = {"role": "assistant", "content": None, "tool_calls": [{"id": "1", "function": {}}]}
    result = {"role": "tool", "tool_call_id": "1", "content": "We moved from Jest to Mocha."}

    async def story() -> None:
        async with running(settings(tmp_path)) as place:
            await place.ask([TOLD])
            await place.ask([TOLD, call, result])
            await place.ask([TOLD, call, result, assistant("Done."), user("Thanks.")])
            await place.ask([TOLD])

    asyncio.run(story())
    with Store.open(tmp_path) as store:
        (one,) = store.select()
        assert len(one.evidence) == 1
        rows = requests.recent(store.database, 9)
    assert [row.query for row in reversed(rows)] == [
        TOLD["content"], None, "Thanks.", TOLD["content"],
    ]  # fmt: skip


def test_the_log_says_what_a_request_was_given_and_what_became_of_it(tmp_path: Path) -> None:
    add(tmp_path, belief("jest", pinned=True), belief("vitest"), belief("unit_tests", "x " * 200))
    key = "sk-" + "proj-" + "a1B2c3D4" * 6

    async def story() -> None:
        async with running(settings(tmp_path)) as place:
            how = {"headers": {"X-Mindhold-Scope": "project:a", "User-Agent": "curl/8"}}
            body = {"model": "m-1", "messages": [user(f"vitest with {key}? " + "é" * 5_000)]}
            turn = place.read(body, **how)
            made = await place.memory.inject(turn)  # type: ignore[arg-type]
            usage = {"total_tokens": 9}
            place.memory.finished(turn, made, status=200, usage=usage, response_id="r1")  # type: ignore[arg-type]

    asyncio.run(story())
    with Store.open(tmp_path) as store:
        row = requests.get(store.database)
        assert requests.get(store.database, row.id[:20]) == row
    assert (row.client, row.model, row.scopes, row.origin) == (
        "curl",
        "m-1",
        ("project:a",),
        "header",
    )
    assert {one.tier for one in row.injected} == {"stable", "turn"}
    assert (row.status, row.usage, row.response) == (200, {"total_tokens": 9}, "r1")
    assert row.query is not None
    assert len(row.query) <= requests.QUERY
    assert key not in row.query
    assert "[secret: " in row.query
    assert row.memory.startswith("injected=2; scopes=project:a; ms=")
    assert row.tokens > 0
    assert "vitest with" not in json.dumps(row.left_out)


def test_a_hard_forget_takes_its_words_out_of_the_log_and_the_ledger(tmp_path: Path) -> None:
    one, other = belief("jest"), belief("mocha")
    add(tmp_path, one, other)

    async def story() -> None:
        async with running(settings(tmp_path)) as place:
            await place.ask([user("What of jest?")])
            await place.ask([user("What of mocha?")])
            await place.settled()
            change(tmp_path, lambda write: write.forget_hard(one.id))

    asyncio.run(story())
    with Store.open(tmp_path) as store:
        kept, gone = requests.recent(store.database, 2)
        assert (kept.query, gone.query) == ("What of mocha?", None)
        assert [row.injected[0].id for row in (kept, gone)] == [other.id, one.id]
        assert kept.block is not None
        assert gone.block is not None
        assert ledger.block(store.database, kept.block) is not None
        assert ledger.block(store.database, gone.block) is None


def test_a_lesson_is_given_when_its_subject_is_named_until_it_is_over(tmp_path: Path) -> None:
    async def story() -> list[int]:
        given = []
        async with running(settings(tmp_path)) as place:
            for told in ("Next time run the migration first.", "Thanks.",
                         "Running the migration first is no longer needed."):  # fmt: skip
                await place.ask([user(told)])
                await place.settled()
                (seen,) = await place.ask([user("What do I do about the migration?")])
                given.append(len(parse(seen["content"])))
                (bare,) = await place.ask([user("What do I do about the weather?")])
                assert not parse(bare["content"])
        return given

    assert asyncio.run(story()) == [1, 1, 0]


def test_a_taste_counts_only_where_memory_did_not_suggest_it(tmp_path: Path) -> None:
    rust = belief("rust", "I love Rust.", aliases=("Rust",), type=Type.PREFERENCE)
    day = datetime(2026, 3, 2, tzinfo=UTC)
    now = [day]

    async def say(place: Place, name: str, *texts: str) -> None:
        talk = [m for text in texts[:-1] for m in (user(text), assistant("Noted."))]
        where = {"X-Mindhold-Scope": "project:a", "X-Mindhold-Conversation": name}
        await place.ask([*talk, user(texts[-1])], headers=where)
        await place.settled()

    async def story() -> list[tuple[State, int]]:
        seen = []
        async with running(settings(tmp_path), clock=lambda: now[0]) as place:
            for name in "abc":
                await say(place, name, "Is Rust fast?")
            guess = replace(rust, state=State.CANDIDATE, evidence=(quote("I like Rust", at=day),))
            change(tmp_path, lambda write: write.put(replace(guess, version=5)))
            for names, opening in (("abc", ["Is Rust fast?"]), ("xyz", [])):
                for name in names:
                    now[0] += timedelta(days=1)
                    await say(place, name, *opening, "I love Rust.")
                with Store.open(tmp_path) as store:
                    seen.append((store.get(rust.id).state, store.get(rust.id).reinforced))
        return seen

    add(tmp_path, rust)
    (given, _), (fresh, counted) = asyncio.run(story())
    assert given is State.CANDIDATE
    assert (fresh, counted) == (State.ACTIVE, 3)
