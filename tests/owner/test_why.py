"""Why a past request was given what it was given."""

import asyncio

from injection.place import running, settings


def test_before_any_request_why_says_so_in_one_line(mindhold, vitest):
    done = mindhold("why")
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert mindhold("why", "--list", "--json").json() == []


def test_why_shows_who_asked_what_was_given_for_which_words_and_the_block_itself(
    mindhold, vitest, talk
):
    talk("How do I set up Vitest for a new package?")
    told = mindhold("why")
    flat = " ".join(told.out.split())
    assert told.code == 0
    assert "project:shop (named by the X-Mindhold-Scope header)" in flat
    assert "“How do I set up Vitest for a new package?”" in flat
    assert "test_runner (version 1): you said “Vitest”" in flat
    assert "upstream answered 200" in flat
    assert "<mindhold-" in told.out
    assert "We use Vitest, not Jest." in told.out


def test_why_for_programs_has_the_same(mindhold, vitest, talk):
    talk("How do I set up Vitest?")
    told = mindhold("why", "--json").json()
    [given] = told["injected"]
    assert given["id"] == vitest
    assert (given["name"], given["matched"], given["alias"]) == ("test_runner", "Vitest", "vitest")
    assert (told["scopes"], told["origin"], told["model"]) == (["project:shop"], "header", "gpt-4o")
    assert vitest not in told["blocks"]["turn"]
    assert "We use Vitest, not Jest." in told["blocks"]["turn"]
    assert told["status"] == 200


def test_a_request_that_was_given_nothing_is_told_too(mindhold, vitest, talk):
    talk("What is the weather like?")
    told = mindhold("why")
    assert "Nothing was given to the model." in told.out


def test_an_earlier_request_is_found_by_the_beginning_of_its_id(mindhold, vitest, talk):
    talk("How do I set up Vitest?", "What is the weather like?")
    newest, first = mindhold("why", "--list", "--json").json()
    assert newest["query"] == "What is the weather like?"
    assert mindhold("why", first["id"][:12], "--json").json()["query"] == "How do I set up Vitest?"
    listed = mindhold("why", "--list").out
    assert listed.splitlines()[1].split()[0] == newest["id"][:12]
    assert all(len(line) <= 80 for line in listed.splitlines())


def test_nothing_of_a_temporary_chat_is_there_to_be_told(mindhold, vitest, talk):
    talk("How do I set up Vitest, secretly?", path=b"/temporary/v1/chat/completions")
    assert "secretly" not in mindhold("why").out


def test_a_belief_forgotten_for_good_has_left_no_word_in_the_log(mindhold, vitest, talk):
    talk("How do I set up Vitest?")
    assert mindhold("beliefs", "forget", vitest, "--hard", "--yes").code == 0
    told = mindhold("why", "--json").out + mindhold("why").out
    assert "itest" not in told


def test_what_the_server_keeps_is_told_apart_from_what_is_sent_again(mindhold, vitest, home):
    async def chain() -> None:
        async with running(settings(home)) as place:
            for number, text in enumerate(("How do I set up Vitest?", "And in CI?")):
                body = {"model": "m", "input": text}
                if number:
                    body["previous_response_id"] = "resp_0"
                how = {"path": b"/v1/responses", "response": f"resp_{number}"}
                await place.send(body, headers={"X-Mindhold-Scope": "project:shop"}, **how)

    asyncio.run(chain())
    flat = " ".join(mindhold("why").out.split())
    assert "(version 1): given earlier in this conversation, which the server keeps" in flat
    later, first = mindhold("why", "--list", "--json").json()
    assert [one["id"] for one in later["injected"]] == [vitest]
    assert (later["tokens"], first["tokens"] > 0) == (0, True)
    assert "under “vitest”" in mindhold("why", "--wrong", "vitest", "--mute").out
