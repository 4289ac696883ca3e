"""What every client must be able to do through the proxy as well as without it.

Run by scripts/test-clients: every test for every client, the same task directly first.
"""

from collections.abc import Iterable

import pytest
from provider.script import limited, refused
from real.client import Task
from real.outcome import Outcome, blocks, texts
from real.trial import NUMBERS, SAID, Trial, calling, speaking
from upstream import CUT, Seen, Step

ASKED = "How do I set up Jest for a new package?"
MORE = "And how do I set up Jest with TypeScript?"
CLIENTS_OWN = ("kamal", "sqlite", "hedgehog")  # of its files, the tool's result and the answer


@pytest.mark.exchange("whole")
def test_a_whole_answer_arrives(trial: Trial) -> None:
    outcome = trial.both(Task(message=ASKED, stream=False))
    assert outcome.code == 0, outcome.shown
    assert SAID in outcome.shown


@pytest.mark.exchange("stream")
def test_a_streamed_answer_arrives(trial: Trial) -> None:
    outcome = trial.both(Task(message=ASKED))
    assert outcome.code == 0, outcome.shown
    assert SAID in outcome.shown
    assert any(seen.json.get("stream") for seen in outcome.about(ASKED))


@pytest.mark.exchange("tools")
def test_a_tool_is_called_and_its_result_comes_back(trial: Trial) -> None:
    assert trial.client.call
    task = Task(message="What does the tool say?", tools=True)
    outcome = trial.both(task, calling(trial.client.call))
    assert outcome.code == 0, outcome.shown
    assert SAID in outcome.shown
    assert outcome.about(trial.client.call.result), "the result was never sent"


@pytest.mark.exchange("errors")
def test_an_error_of_the_upstream_is_shown_in_its_own_words(trial: Trial) -> None:
    outcome = trial.both(Task(message=ASKED), lambda: refused)
    assert "The temperature must lie between 0 and 2." in " ".join(outcome.shown.split())


@pytest.mark.exchange("errors")
def test_too_many_requests_are_taken_as_they_are_without_the_proxy(trial: Trial) -> None:
    outcome = trial.both(Task(message=ASKED), Busy)
    assert SAID in outcome.shown or "Slow down a bit." in outcome.shown


@pytest.mark.exchange("errors")
def test_an_answer_that_breaks_off_is_taken_as_it_is_without_the_proxy(trial: Trial) -> None:
    trial.both(Task(message=ASKED), Broken)


@pytest.mark.exchange("memory")
def test_what_was_said_is_remembered_and_nothing_else(trial: Trial) -> None:
    scope, call = trial.scope(), trial.client.call
    first = trial.proxied(told(tools=bool(call)), scope, calling(call) if call else speaking)
    assert SAID in first.shown
    assert not any(map(blocks, first.asked)), "nothing was known yet"
    trial.person.learned("vitest", scope)
    second = trial.proxied(Task(message=ASKED), scope)
    assert SAID in second.shown
    assert_remembered(second)
    # Turns are learned in their order: what comes after a later one will never come.
    trial.proxied(Task(message=f"We moved from Yarn to pnpm {next(NUMBERS)} days ago."), scope)
    held = str(trial.person.learned("pnpm", scope)).lower()
    assert not [word for word in CLIENTS_OWN if word in held]
    assert len(trial.person.beliefs(scope)) == 2, held


@pytest.mark.exchange("resumed")
@pytest.mark.only(which=lambda client: "resumed" in client.also)
def test_a_conversation_that_goes_on_carries_its_block_as_it_was(trial: Trial) -> None:
    scope = trial.scope()
    trial.proxied(told(), scope)
    trial.person.learned("vitest", scope)
    desk = trial.desk(trial.person.url(scope))
    [first] = remembering(trial.at(desk, Task(message=ASKED)), ASKED)
    [second] = remembering(trial.at(desk, Task(message=MORE, again=True)), MORE)
    [given], [again] = blocks(first), blocks(second)
    assert (given.nonce, given.notes) == (again.nonce, again.notes)
    assert turn(first, given.nonce) in second.body, "the turn is not what it was"


@pytest.mark.exchange("project")
@pytest.mark.only(which=lambda client: "project" in client.also)
def test_the_directory_that_the_client_names_is_the_project(trial: Trial) -> None:
    scope = trial.scope()
    trial.at(trial.desk(trial.person.origin, scope), told())
    trial.person.learned("vitest", scope)
    assert_remembered(trial.at(trial.desk(trial.person.origin, scope), Task(message=ASKED)))


@pytest.mark.exchange("run")
@pytest.mark.only(which=lambda client: "run" in client.also)
def test_mindhold_run_points_the_client_at_the_proxy_in_its_project(trial: Trial) -> None:
    scope = trial.scope()
    outcome = trial.told_by_run(trial.desk("", scope), told())
    assert SAID in outcome.shown
    trial.person.learned("vitest", scope)
    assert_remembered(trial.told_by_run(trial.desk("", scope), Task(message=ASKED)))


def told(*, tools: bool = False) -> Task:
    """Something to learn; never twice the same: three times the same text is a template."""
    message = f"We moved from Jest to Vitest {next(NUMBERS)} days ago."
    return Task(message=message, tools=tools)


def remembering(outcome: Outcome, words: str) -> list[Seen]:
    """The requests about these words that carry notes."""
    return [seen for seen in outcome.about(words) if blocks(seen)]


def turn(seen: Seen, nonce: str) -> bytes:
    """The bytes of a turn: from its block to the end of what was asked."""
    begun = seen.body.index(f"<mindhold-{nonce}>".encode())
    return seen.body[begun : seen.body.index(ASKED.encode(), begun)] + ASKED.encode()


def assert_remembered(outcome: Outcome) -> None:
    """One block, in front of what was asked; none where a client asks for itself."""
    carrying = [seen for seen in outcome.asked if blocks(seen)]
    assert carrying, "nothing was remembered"
    for seen in carrying:
        [block] = blocks(seen)
        assert "Vitest" in str(block.notes)
        whole = "\n".join(texts(seen))
        after = whole[whole.index(block.nonce) :].partition(f"</mindhold-{block.nonce}>")[2]
        assert after.partition(ASKED)[0].count("\n") < 9, "it stands before something else"


class Busy:
    """A provider that has no time for the first request that it could stream an answer to."""

    def __init__(self) -> None:
        self.provider = speaking()
        self.turned_away = False

    def __call__(self, seen: Seen) -> Iterable[Step]:
        if self.turned_away or seen.method != b"POST" or not seen.json.get("stream", True):
            return self.provider(seen)
        self.turned_away = True
        return self.turning_away(seen)

    def turning_away(self, seen: Seen) -> Iterable[Step]:
        """What it answers then: come again in a second."""
        return limited(seen)


class Broken(Busy):
    """A provider whose first stream breaks off in the middle."""

    def turning_away(self, seen: Seen) -> Iterable[Step]:
        """Half of the pieces; where there is one piece, it without its end."""
        pieces = list(self.provider(seen))
        if len(pieces) > 1:
            return [*pieces[: len(pieces) // 2], CUT]
        [whole] = pieces
        assert isinstance(whole, bytes)
        return [whole[:-10], CUT]
