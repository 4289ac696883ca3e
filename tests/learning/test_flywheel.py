"""The flywheel: which names use makes certain, in how many conversations, and what ends them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from learning.test_names import AT, HELD

from mindhold.beliefs import requests
from mindhold.beliefs.learning.candidate import AliasAdded, Extraction
from mindhold.beliefs.learning.heard import Heard
from mindhold.beliefs.learning.learner import Learner
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.learning.usage import sightings
from mindhold.beliefs.model import Alias, Origin, State, Type
from mindhold.beliefs.requests import Injected, Request
from mindhold.beliefs.store import Store

GIVEN = tuple(belief.id for belief in HELD)
ASKED = "What is duckpond? I know of no such server."


class Life:
    """A user of a store with the beliefs of `HELD`, one turn after the other."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.learner = Learner(store)
        self.turns = 0
        with store.write(actor="owner", now=AT) as write:
            for belief in HELD:
                write.add(belief)

    def says(self, talk: str, text: str, *given: str, **more: object) -> None:
        """A turn in a conversation, whose request carried these beliefs."""
        self.turns += 1
        at = AT + timedelta(minutes=self.turns)
        said = Said(text=text, scopes=("project:one",), at=at, conversation=talk, injected=given,
                    turn=str(self.turns))  # fmt: skip
        self.learner.learn(replace(said, **more))  # type: ignore[arg-type]

    def misses(self, talk: str, meant: str, answer: str = "") -> None:
        """An unknown word, and what the user says to it next."""
        asked = f"Please reboot duckpond ({talk})."
        self.says(talk, asked)
        self.says(talk, meant, "staging", earlier=(asked,), answer=answer)

    def names(self, id: str = "staging") -> list[str]:
        """What a belief is called by observation."""
        aliases = self.store.get(id).aliases
        return [one.text for one in aliases if one.origin is Origin.OBSERVED and not one.muted]

    def write(self, verb: str, *how: object, **more: object) -> None:
        """The owner changes something."""
        with self.store.write(actor="owner", now=AT) as write:
            getattr(write, verb)(*how, **more)


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    with Store.open(tmp_path) as store:
        yield Life(store)


def speak(life: Life, word: str = "pg", talks: int = 3) -> None:
    """Postgres under its name, and by a short word, in so many conversations."""
    for number in range(talks):
        life.says(
            f"talk {number}", f"Postgres is slow, is {word} out of disk, {number}?", "postgres"
        )


def test_a_short_word_becomes_a_name_when_three_conversations_have_it(life: Life) -> None:
    speak(life, talks=2)
    assert life.names("postgres") == []
    life.says("talk 1", "And is pg up again?", "postgres")
    assert life.names("postgres") == [], "a conversation counts once"
    life.says("talk 2", "Tune Postgres and pg for me.", "postgres")
    assert life.names("postgres") == ["pg"]


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("ps", "it has the letters, and is an abbreviation that everybody knows"),
        ("post", "a word of every day"),
        ("gp", "the letters in another order"),
        ("redis", "another thing"),
        ("`pg(1)`", "a piece of a program"),
    ],
)
def test_other_words_beside_a_belief_never_become_its_names(
    life: Life, word: str, why: str
) -> None:
    speak(life, word, talks=5)
    assert life.names("postgres") == [], why


def test_a_word_of_two_initials_is_no_name_and_one_of_three_is(life: Life) -> None:
    for number in range(3):
        text = f"The staging box and the Northwind Data Platform: are SB and NDP up, {number}?"
        life.says(f"talk {number}", text, "staging", "northwind")
    assert life.names() == []
    assert life.names("northwind") == ["NDP"]


def test_a_word_that_two_beliefs_may_be_short_for_is_no_name(life: Life) -> None:
    other = replace(HELD[1], id="pingora", canonical_name="pingora", aliases=())
    life.write("add", other)
    speak(life, talks=5)
    assert life.names("postgres") == []


@pytest.mark.parametrize(
    ("times", "given", "named"), [(1, (), True), (6, (), False), (1, ("billing",), False)]
)
def test_a_word_that_goes_with_others_or_mostly_with_nothing_is_no_name(
    life: Life, times: int, given: tuple[str, ...], named: bool
) -> None:
    row = Request(
        id="", at=AT, dialect="openai", scopes=("project:one",), origin="header",
        memory="injected=0", query="Order a pg for the boiler.",
        injected=tuple(Injected(id=id, version=1, tier="turn") for id in given),
    )  # fmt: skip
    with life.store.database.transaction() as connection:
        for number in range(times):
            made = replace(row, id=f"r{number}", conversation=f"other {number}")
            requests.write(connection, made)
    speak(life, talks=5)
    assert life.names("postgres") == (["pg"] if named else [])


def test_a_belief_that_was_not_given_gains_no_name(life: Life) -> None:
    life.says("a", "The staging box, aka duckpond, is down.")
    for number in range(4):
        life.says(f"talk {number}", f"Postgres is slow, is pg up, {number}?")
    assert life.names() == life.names("postgres") == []


def test_what_the_user_meant_counts_when_the_word_comes_again(life: Life) -> None:
    life.misses("one", "The staging box.", ASKED)
    assert life.names() == [], "the words of an earlier turn are no evidence"
    life.says("two", "Is duckpond up?")
    assert life.names() == ["duckpond"]


def test_unasked_it_takes_two_conversations(life: Life) -> None:
    life.misses("one", "I mean the staging box.")
    life.says("two", "Is duckpond up?")
    assert life.names() == []
    life.misses("three", "I mean the staging box.")
    life.says("four", "Is duckpond up again?")
    assert life.names() == ["duckpond"]


@pytest.mark.parametrize(
    ("meant", "answer"),
    [
        ("The staging box.", ""),
        ("The staging box.", "Done. Anything else?"),
        ("Sorry, I meant the staging box.", ""),
        ("I mean the staging box, not duckpond.", ""),
        ("I mean the staging box needs it more.", ""),
        ("Not the staging box.", ASKED),
        ("Is it the staging box?", ASKED),
        ("I mean the billing API.", ""),
    ],
)
def test_a_correction_or_a_further_request_tells_no_name(
    life: Life, meant: str, answer: str
) -> None:
    for number in range(3):
        life.misses(f"talk {number}", meant, answer)
    life.says("last", "Is duckpond up?")
    assert life.names() == []


def test_a_name_said_of_a_second_thing_is_nobodys(life: Life) -> None:
    life.says("a", "The staging box, aka duckpond, is down.", "staging")
    assert life.names() == ["duckpond"]
    life.says("b", "The billing API, aka duckpond, is down.", "billing")
    assert life.names() == life.names("billing") == []
    life.says("c", "The staging box, aka duckpond, is down.", "staging")
    assert life.names() == [], "it stays uncertain"
    assert [entry.event for entry in life.store.history("staging")][-1] == "unnamed"


def test_the_owners_own_name_for_another_belief_is_left_to_it(life: Life) -> None:
    life.write("edit", "billing", aliases=(*HELD[4].aliases, Alias(text="duckpond")))
    life.says("a", "The staging box, aka duckpond, is down.", "staging")
    assert life.names() == []
    assert "duckpond" in [alias.text for alias in life.store.get("billing").aliases]


@pytest.mark.parametrize("how", ["edit", "undo", "mute"])
def test_a_name_that_the_owner_took_off_is_not_given_again(life: Life, how: str) -> None:
    life.says("a", "The staging box, aka duckpond, is down.", "staging")
    if how == "edit":
        life.write("edit", "staging", aliases=HELD[0].aliases)
    else:
        life.write(how, "staging", *(["duckpond"] if how == "mute" else []))
    life.says("b", "The staging server, aka duckpond, is down.", "staging")
    assert life.names() == []


def test_an_edited_turn_takes_its_names_with_it(life: Life) -> None:
    life.says("a", "The staging box, aka duckpnd, is down.", "staging", turn="1")
    life.says("a", "The staging box, aka duckpond, is down.", "staging", turn="1")
    assert life.names() == ["duckpond"]


def test_a_name_that_is_taken_back_in_the_next_turn_goes(life: Life) -> None:
    text = "The staging box, aka duckpond, is down."
    life.says("a", text, "staging")
    life.says("a", "Oh wait, I mixed that up.", "staging", earlier=(text,))
    assert life.names() == []


def test_room_is_left_for_the_owner(life: Life) -> None:
    many = tuple(Alias(text=f"box number {number}") for number in range(18))
    life.write("edit", "staging", aliases=(*HELD[0].aliases, *many))
    life.says("a", "The staging box, aka duckpond, is down.", "staging")
    assert life.names() == []


@pytest.mark.parametrize(
    ("mode", "names"),
    [("auto", ["duckpond"]), ("explicit", ["duckpond"]), ("curated", []), ("off", [])],
)
def test_the_mode_of_learning_decides(life: Life, mode: str, names: list[str]) -> None:
    life.learner = Learner(life.store, mode=mode)
    life.says("a", "The staging box, aka duckpond, is down.", "staging")
    speak(life)
    assert life.names() == names
    assert life.names("postgres") == (["pg"] if mode == "auto" else [])


def test_a_pinned_belief_and_an_open_question_gain_none(life: Life) -> None:
    life.write("pin", "staging")
    life.says("a", "The staging box, aka duckpond, is down.", "staging")
    question = replace(
        HELD[4], id="question", type=Type.OPEN_QUESTION, canonical_name="cloud_host", aliases=()
    )
    life.write("add", question)
    life.says("b", "The cloud host, aka nimbly, is undecided.", "question")
    assert life.names() == life.names("question") == []


def test_what_is_superseded_leaves_its_names_to_its_successor(life: Life) -> None:
    life.says("a", "The staging box, aka duckpond, is down.", "staging")
    heir = replace(HELD[0], id="heir", content="There is a new staging box.", state=State.ACTIVE)
    life.write("supersede", "staging", heir)
    assert life.names("heir") == ["duckpond"]


def test_a_hard_forget_leaves_no_sighting(life: Life) -> None:
    speak(life, talks=2)
    rows = "SELECT count(*) FROM sightings"
    assert life.store.database.rows(rows)[0][0] == 2
    life.write("forget_hard", "postgres")
    assert life.store.database.rows(rows)[0][0] == 0


def test_sightings_hold_no_word_and_end_after_a_year(life: Life) -> None:
    speak(life, "pgrs", talks=2)
    row = life.store.database.rows("SELECT * FROM sightings")[0]
    assert "pgrs" not in " ".join(map(str, row))
    with life.store.database.transaction() as connection:
        sightings.prune(connection, AT + timedelta(days=366))
    assert not life.store.database.rows("SELECT * FROM sightings")


class Linking:
    """A model that links what it likes."""

    name, version = "model", "1"

    def __init__(self, target: str, alias: str, quote: str) -> None:
        self.link = AliasAdded(target=target, alias=alias, evidence=(quote,))

    def extract(self, heard: Heard) -> Extraction:
        return Extraction(aliases_added=(self.link,))


@pytest.mark.parametrize(
    ("text", "alias", "given"),
    [
        ("The staging box needs me; duckpond is out of disk.", "duckpond", True),
        ("Reboot duckpond, please.", "duckpond", False),
        ("Reboot the staging box; the kettle is broken.", "kettle", False),
        ("Reboot the staging box.", "duckpond", False),
        ("Is duckpond the staging box?", "duckpond", False),
        ("Reboot the staging box; Vitest fails.", "Vitest", False),
    ],
)
def test_a_models_link_needs_the_users_words_for_both(
    life: Life, text: str, alias: str, given: bool
) -> None:
    with life.store.write(actor="import", now=AT) as write:
        write.put(linkable := replace(HELD[0], user_edited=False, evidence=(quote(),)))
    life.learner = Learner(life.store, extractors=(Linking(linkable.id, alias, text),))
    life.says("a", text, "staging")
    assert life.names() == ([alias] if given else [])


def quote() -> object:
    from made import quote as made

    return made("There is a staging box.")


def test_beliefs_are_known_by_their_plurals_too(life: Life) -> None:
    life.says("a", "Our staging boxes, aka duckponds, are down.", "staging")
    assert life.names() == ["duckponds"]


def test_an_agents_turn_names_nothing_that_is_shared(life: Life) -> None:
    life.says("a", "The staging box, aka duckpond, is down.", "staging", agent="helper")
    assert life.names() == []
