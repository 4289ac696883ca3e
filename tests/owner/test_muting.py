"""A name that its owner no longer wants to hear."""

import pytest

SHOP = ("--scope", "project:shop")


@pytest.fixture
def cluster(mindhold) -> str:
    """A belief with names that look alike; its id."""
    return mindhold(
        "beliefs", "add", "--type", "entity", "--name", "job_scheduler", "--alias", "Kestrel",
        "--alias", "kestrels", "--alias", "Node.js jobs", "--alias", "Kestrel scheduler",
        "--content", "Jobs run on Kestrel.", *SHOP, "--json",
    ).json()["id"]  # fmt: skip


def brings(mindhold, text: str) -> list[str]:
    told = mindhold("recall", text, *SHOP, "--json").json()
    return [hit["belief"]["canonical_name"] for hit in told["relevant"]]


@pytest.mark.parametrize("said", ["Kestrel", "KESTREL", "kestrels", "kestrel's"])
def test_a_muted_name_is_not_heard_in_any_spelling(mindhold, cluster, said):
    assert brings(mindhold, f"how do I set up {said} here?") == ["job_scheduler"]
    assert mindhold("beliefs", "mute", cluster, "kestrel").code == 0
    assert brings(mindhold, f"how do I set up {said} here?") == []
    assert brings(mindhold, "how do I set up the Kestrel scheduler?") == ["job_scheduler"]
    assert brings(mindhold, "what is our job scheduler?") == ["job_scheduler"]


@pytest.mark.parametrize("typed", ["KESTREL", "kestrel", "Kestrel's"])
def test_the_name_may_be_typed_as_a_message_would(mindhold, cluster, typed):
    done = mindhold("beliefs", "mute", cluster, typed)
    assert "under “Kestrel”. Undo: " in done.out


@pytest.mark.parametrize("typed", ["node js job", "job scheduler", "job_scheduler"])
def test_every_kind_of_name_can_be_muted(mindhold, cluster, typed):
    assert mindhold("beliefs", "mute", cluster, typed).code == 0
    assert brings(mindhold, f"about {typed}, please") == []


def test_recall_says_that_a_name_is_muted_and_so_does_a_whole_belief(mindhold, cluster):
    mindhold("beliefs", "mute", cluster, "Kestrel")
    told = mindhold("recall", "is kestrel up?", *SHOP, "--why").out
    assert "muted by you under this name [muted]" in told
    mindhold("beliefs", "mute", cluster)
    told = mindhold("recall", "is the job scheduler up?", *SHOP, "--why").out
    assert "muted by you, whatever names it [muted]" in told


def test_muting_is_undone_and_can_be_taken_back(mindhold, cluster):
    mindhold("beliefs", "mute", cluster, "Kestrel")
    mindhold("beliefs", "undo", cluster)
    assert brings(mindhold, "is kestrel up?") == ["job_scheduler"]
    mindhold("beliefs", "mute", cluster, "Kestrel")
    mindhold("beliefs", "mute", cluster, "kestrels", "--off")
    assert brings(mindhold, "is kestrel up?") == [], "another of its names was let be heard"
    mindhold("beliefs", "mute", cluster, "kestrel", "--off")
    assert brings(mindhold, "is kestrel up?") == ["job_scheduler"]


def test_muting_what_is_muted_changes_nothing_and_says_so(mindhold, cluster):
    mindhold("beliefs", "mute", cluster, "Kestrel")
    done = mindhold("beliefs", "mute", cluster, "kestrel")
    assert (done.code, done.out.partition(" (")[0]) == (0, "Nothing changed in job_scheduler")


def test_a_name_it_does_not_have_is_refused_with_those_that_it_has(mindhold, cluster):
    done = mindhold("beliefs", "mute", cluster, "falcon")
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert "“Kestrel scheduler”" in done.err


def test_a_belief_with_a_muted_name_still_follows_what_relates_to_it(mindhold, cluster):
    mindhold(
        "beliefs", "add", "--type", "relation", "--name", "nightly_run", "--content",
        "The nightly run needs Kestrel.", "--participant", cluster, *SHOP,
    )  # fmt: skip
    mindhold("beliefs", "mute", cluster, "Kestrel")
    assert brings(mindhold, "when is the nightly run?") == ["nightly_run", "job_scheduler"]


def test_what_is_muted_stays_so_where_it_is_imported(mindhold, cluster, tmp_path, monkeypatch):
    mindhold("beliefs", "mute", cluster, "Kestrel")
    path = tmp_path / "beliefs.jsonl"
    path.write_text(mindhold("export").out)
    monkeypatch.setenv("MINDHOLD_HOME", str(tmp_path / "other"))
    assert mindhold("import", str(path)).code == 0
    assert brings(mindhold, "is kestrel up?") == []


def test_another_belief_with_the_same_name_is_still_heard(mindhold, cluster):
    mindhold(
        "beliefs", "add", "--type", "entity", "--name", "web_server", "--alias", "Kestrel",
        "--content", "The site is served by Kestrel.", *SHOP,
    )  # fmt: skip
    mindhold("beliefs", "mute", cluster, "Kestrel")
    assert brings(mindhold, "is kestrel up?") == ["web_server"]


def test_a_belief_whose_last_name_is_muted_is_told_to_be_silent(mindhold):
    mindhold(
        "beliefs", "add", "--type", "entity", "--name", "kestrix", "--content", "Kestrix is up.",
        *SHOP,
    )  # fmt: skip
    done = mindhold("beliefs", "mute", "kestrix", "kestrix")
    assert "None of its names is left" in done.err
    assert mindhold("beliefs", "show", "kestrix", "--json").json()["warnings"] == []
    assert "None of its names" not in mindhold("beliefs", "mute", "kestrix", "kestrix", "--off").err
