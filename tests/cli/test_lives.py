"""A file of probes is read as it is meant, or refused with its line in one sentence."""

from pathlib import Path

import pytest

from mindhold.beliefs.model import State
from mindhold.cli.failure import Failed
from mindhold.cli.lives import life, lives

SHEET = """\
life: a baker with a server
scopes: [project:ovens, domain:home]
beliefs:
  - {id: redis, type: entity, name: cache, aliases: [Redis], content: Redis caches., why: Use Redis., said: "we took redis"}
  - {id: flour, type: open_question, name: flour, aliases: [], content: Which flour?, why: Ask., scopes: [domain:home]}
cases:
  - {text: is redis up?, expect: [redis], family: plain, language: de, reason: named}
  - {text: what is this?, repeat: {lines: [a, b], times: 2}, expect: [], family: long, language: de, reason: nothing, budget: null}
conversations:
  - title: one
    turns:
      - {text: restart redis, reply: Done., expect: [redis], reason: named}
      - {text: again, expect: [], tempts: [redis], scopes: [domain:home], reason: names nothing}
"""  # noqa: E501 - a belief and a case are a line


def written(folder: Path, text: str) -> Path:
    path = folder / "baker.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_life_is_its_beliefs_and_talks(tmp_path: Path) -> None:
    baker = life(written(tmp_path, SHEET))
    redis, flour = baker.beliefs
    assert (baker.name, redis.canonical_name, redis.scopes) == (
        "baker",
        "cache",
        ("project:ovens",),
    )
    assert redis.evidence[0].quote == "we took redis"
    assert (flour.state, flour.scopes) == (State.OPEN, ("domain:home",))
    assert [len(talk) for talk in baker.talks] == [1, 1, 2]


def test_what_a_message_does_not_say_comes_from_its_life(tmp_path: Path) -> None:
    (plain,), (long,), (first, second) = life(written(tmp_path, SHEET)).talks
    assert plain.scopes == first.scopes == ("project:ovens", "domain:home")
    assert second.scopes == ("domain:home",)
    assert (long.text, long.budget, plain.budget) == ("a\nb\na\nb\nwhat is this?", None, 20)
    assert (second.family, second.language) == ("conversation", "de")


@pytest.mark.parametrize(
    ("was", "becomes", "line", "told"),
    [
        ("family: plain", "familie: plain", 7, "unknown cases[0].familie"),
        ("family: plain", "family: plane", 7, "cases[0].family must be one of"),
        ("expect: [redis], family", "expect: [valkey], family", 7, "cases[0] speaks of valkey"),
        ("expect: [redis], family", "expect: redis, family", 7, "cases[0].expect must be a list"),
        ("reason: named}\n  - {text: what", "}\n  - {text: what", 7, "cases[0] needs reason"),
        ("expect: [], tempts: [redis]", "expect: [redis], tempts: [redis]", 13, "two things"),
        ("text: again", "text: yes", 13, "put it in quotes"),
        ("text: again", "text: again, text: more", 13, "stands on line 13 already"),
        ("id: flour", "id: redis", 5, "the id of another belief"),
        ("name: flour, aliases: []", "name: flour, aliases: [], pinned: 1", 5, "true or false"),
        ("aliases: []", "aliases: [one two three four five]", 5, "1 to 4 words"),
        ("scopes: [project:ovens", "scopes: [ovens", 2, "is not a scope"),
        ("cases:\n", "cases: [\n", 7, "not valid YAML"),
        ("language: de, reason: named", "language: german, reason: named", 7, "two letters"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line(
    tmp_path: Path, was: str, becomes: str, line: int, told: str
) -> None:
    path = written(tmp_path, SHEET.replace(was, becomes, 1))
    with pytest.raises(Failed) as refused:
        life(path)
    assert str(refused.value).startswith(f"{path}:{line}: ")
    assert told in str(refused.value)


def test_two_live_beliefs_of_one_name_and_place_are_refused(tmp_path: Path) -> None:
    twins = SHEET.replace("name: flour", "name: cache").replace("scopes: [domain:home]}", "}", 1)
    with pytest.raises(Failed, match="the name of another live belief"):
        life(written(tmp_path, twins))


def test_a_directory_stands_for_its_files_and_no_name_twice(tmp_path: Path) -> None:
    path = written(tmp_path, SHEET)
    assert [found.name for found in lives([tmp_path])] == ["baker"]
    with pytest.raises(Failed, match="Two files of probes are called baker"):
        lives([path, tmp_path])
    path.unlink()
    with pytest.raises(Failed, match="no file of probes"):
        lives([tmp_path])
