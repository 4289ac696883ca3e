"""What holds along a conversation, whoever keeps its history: the client or the provider.

Run by scripts/test-clients, for every library: each turn has a tool round.
"""

import json
from collections.abc import Callable

import pytest
from provider.script import CHATS
from real.bare import bare
from real.client import Client
from real.outcome import blocks, path, texts
from real.trial import SAID, Trial, calling, speaking
from upstream import Seen

from mindhold.beliefs.text.block import Found

TURNS = (
    "How do I set up Jest for a new package?",
    "And how do I run one test of Jest?",
    "Show me a config of Jest.",
    "And what are snapshots in Jest?",
)
CHANGED = 2  # the number of the turn before which the belief is edited
NEW = [True, False, True, False]  # whether a turn is owed a block
OURS = frozenset({b"host", b"content-length", b"connection"})  # of one hop, or of the body
Turns = list[tuple[Seen, ...]]
Between = Callable[[int], object]


def conversing(client: Client) -> bool:
    """Whether a script holds a conversation with it; a prompt has no history."""
    return bool(client.library) and client.name != "ollama-python-generate"


@pytest.mark.exchange("memory")
@pytest.mark.only(which=conversing)
def test_a_belief_is_given_once_in_a_conversation_and_so_is_its_change(trial: Trial) -> None:
    scope = trial.scope()
    belief = believed(trial, scope, "Tests run on Jest 29.")

    def change(number: int) -> None:
        if number == CHANGED:
            trial.person.mindhold("beliefs", "edit", belief, "--content", "Tests run on Jest 30.")

    turns = conversation(trial, trial.person.url(scope), change)
    given: dict[str, Found] = {}
    for requests, text, new in zip(turns, TURNS, NEW, strict=True):
        if new:
            given[text] = blocks(requests[0])[-1]
        for seen in requests:
            sent = "\n".join(texts(seen))
            owed = [block.nonce for said, block in given.items() if said in sent]
            assert [block.nonce for block in blocks(seen)] == owed, text
    first, second = (block.notes for block in given.values())
    assert [note.content for note in first] == ["Tests run on Jest 29."]
    assert [(note.content, note.changed) for note in second] == [("Tests run on Jest 30.", True)]


@pytest.mark.exchange("memory")
@pytest.mark.only(which=conversing)
def test_blocks_are_all_that_differs_along_a_conversation(trial: Trial) -> None:
    scope = trial.scope()
    believed(trial, scope, "Tests run on Jest 29.")
    believed(trial, scope, "Answers are in British English.", "style", "--pin")
    direct = conversation(trial, trial.person.upstream.origin)
    proxied = conversation(trial, trial.person.url(scope))
    for there, here in zip(direct, proxied, strict=True):
        assert list(map(bare, here)) == list(map(bare, there))
        assert [end_to_end(seen) for seen in here] == [end_to_end(seen) for seen in there]
    assert all("British" in str(blocks(seen)) for turn in proxied for seen in turn)


@pytest.mark.exchange("memory")
@pytest.mark.only(which=lambda client: client.name == "anthropic-python-cached")
def test_breakpoints_stay_four_and_where_the_client_has_them(trial: Trial) -> None:
    scope = trial.scope()
    believed(trial, scope, "Tests run on Jest 29.")
    believed(trial, scope, "Answers are in British English.", "style", "--pin")
    turns = conversation(trial, trial.person.url(scope))
    counts = [[json.dumps(seen.json).count("cache_control") for seen in turn] for turn in turns]
    assert counts == [[3, 4], [4, 4], [4, 4], [4, 4]]


def conversation(trial: Trial, url: str, between: Between = lambda _: None) -> Turns:
    """The chats of each turn; every answer came whole."""
    provider = calling(trial.client.call) if trial.client.call else speaking
    turns = []
    with trial.talking(url, provider) as talk:
        for number, text in enumerate(TURNS):
            between(number)
            answered, seen = talk.say(text)
            assert SAID in answered
            turns.append(tuple(one for one in seen if path(one).encode() in CHATS))
    return turns


def believed(trial: Trial, scope: str, content: str, name: str = "jest", *more: str) -> str:
    """The id of a belief that now holds in the scope."""
    kind = ("--type", "decision", "--name", name, "--content", content, "--scope", scope)
    made = trial.person.mindhold("beliefs", "add", *kind, *more, "--json")
    return str(json.loads(made)["id"])


def end_to_end(seen: Seen) -> list[tuple[bytes, bytes]]:
    """The headers that go on as they came, in their order."""
    pairs = ((name.lower(), value) for name, value in seen.headers)
    return [pair for pair in pairs if pair[0] not in OURS and not pair[0].startswith(b"sec-")]
