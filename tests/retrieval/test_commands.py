"""`mindhold recall` and `mindhold eval`, as a person and as a program call them."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mindhold.cli.failure import exit_code
from mindhold.cli.main import app

PUBLIC = Path(__file__).parents[1] / "precisionmembench"
SEED = json.loads((PUBLIC / "beliefs.seed.json").read_text("utf-8"))

Terminal = Callable[..., str]


@pytest.fixture
def mindhold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    """Runs a command in an empty home; what it printed, its failures included."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MINDHOLD_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("MINDHOLD_CONFIG", raising=False)

    def run(*arguments: str, code: int = 0) -> str:
        capsys.readouterr()
        assert exit_code(lambda: app([*arguments], standalone_mode=False)) == code
        said = capsys.readouterr()
        return said.out + said.err

    return run


@pytest.fixture
def vitest(mindhold: Terminal) -> None:
    """A belief that is there, in domain:code."""
    mindhold(
        "beliefs", "add", "--type", "decision", "--name", "test_runner", "--alias", "Jest",
        "--content", "Vitest replaced Jest.", "--why", "Use Vitest.", "--scope", "domain:code",
    )  # fmt: skip


@pytest.mark.usefixtures("vitest")
class TestRecall:
    def test_shows_the_belief_that_the_message_names_and_the_words(
        self, mindhold: Terminal
    ) -> None:
        said = mindhold("recall", "how do I set up jest?", "--scope", "domain:code", "--why")
        assert "Vitest replaced Jest." in said
        assert "“jest” is its alias “Jest” (exact" in said

    def test_sees_the_domain_above_a_subdomain_and_nothing_beside_it(
        self, mindhold: Terminal
    ) -> None:
        assert "Vitest" in mindhold("recall", "jest?", "--scope", "domain:code/typescript")
        assert "Vitest" not in mindhold("recall", "jest?", "--scope", "domain:writing")

    def test_says_so_when_nothing_would_be_added(self, mindhold: Terminal) -> None:
        said = mindhold("recall", "good morning", "--scope", "domain:code")
        assert "Nothing would be added." in said

    def test_tells_which_rule_refused_a_name(self, mindhold: Terminal) -> None:
        said = mindhold("recall", "see src/jest/setup.ts", "--scope", "domain:code", "--why")
        assert "Vitest" not in said.partition("Left out")[0]
        assert "[compound]" in said

    def test_gives_programs_every_tier_and_the_evidence(self, mindhold: Terminal) -> None:
        said = json.loads(mindhold("recall", "about jest", "--scope", "domain:code", "--json"))
        (hit,) = said["relevant"]
        assert hit["belief"]["canonical_name"] == "test_runner"
        assert (hit["match"]["matched"], hit["match"]["start"]) == ("jest", 6)
        assert said.keys() >= {"prelude", "pinned", "questions", "rejected", "scopes"}

    def test_refuses_what_is_no_scope(self, mindhold: Terminal) -> None:
        assert "is not a scope" in mindhold("recall", "jest?", "--scope", "code", code=1)


def test_recall_without_a_store_says_so_and_makes_none(mindhold: Terminal, tmp_path: Path) -> None:
    assert "Nothing is held yet" in mindhold("recall", "jest?", code=1)
    assert not (tmp_path / "home").exists()


def files(*names: str) -> list[str]:
    return [part for name, option in zip(names, ("beliefs", "cases", "sessions"), strict=False)
            for part in (f"--{option}", str(PUBLIC / name))]  # fmt: skip


class TestEvalRetrieval:
    def test_counts_what_passes_by_category(self, mindhold: Terminal) -> None:
        said = mindhold(
            "eval", "retrieval",
            *files("beliefs.seed.json", "retrieval.cases.json", "session-retrieval.cases.json"),
        )  # fmt: skip
        assert "89 of 89" in said
        assert "Counter-signal retrieval" in said
        assert "drift           0 of 3 turns" in said

    def test_a_case_that_fails_is_named_with_what_was_wrong(
        self, mindhold: Terminal, tmp_path: Path
    ) -> None:
        case = {
            "caseId": "wrong",
            "category": "made up",
            "scope": ["domain:code"],
            "query": "what about Redis?",
            "expect": {"relevantBeliefs": {"shouldOnlyInclude": ["b-vitest-pref"]}},
        }
        cases = tmp_path / "cases.jsonl"
        cases.write_text(json.dumps(case) + "\n", "utf-8")
        said = mindhold(
            "eval", "retrieval", *files("beliefs.seed.json"), "--cases", str(cases), "--json"
        )
        summary = json.loads(said)
        assert summary["passed"] == 0
        assert summary["mean_precision"] == 0
        assert "b-redis-code" in summary["failures"]["wrong"][0]

    def test_a_file_that_is_not_json_is_refused_in_one_line(
        self, mindhold: Terminal, tmp_path: Path
    ) -> None:
        broken = tmp_path / "broken.json"
        broken.write_text("[{", "utf-8")
        said = mindhold(
            "eval", "retrieval", *files("beliefs.seed.json"), "--cases", str(broken), code=1
        )
        assert "is not JSON" in said


LIFE = """\
life: a cook
scopes: [domain:code]
beliefs:
  - {id: redis, type: entity, name: cache, aliases: [Redis, Zorvex], muted: [Zorvex],
     content: Redis caches., why: Use it.}
  - {id: rust, type: entity, name: language, aliases: [Rust], content: Rust it is., why: Use it.}
cases:
  - {text: is redis up?, expect: [redis], family: plain, language: en, reason: named}
  - {text: is valkey up?, expect: [redis], family: plain, language: de, reason: a wrong hope}
  - {text: is zorvex up?, expect: [], tempts: [redis], family: scope, language: en, reason: muted}
  - {text: Rust or Redis?, expect: [redis], tempts: [rust], family: plain, language: en, reason: so}
  - {text: hello there, expect: [], family: small-talk, language: en, reason: a greeting}
"""


class TestProbes:
    @pytest.fixture
    def report(self, mindhold: Terminal, tmp_path: Path) -> Callable[..., str]:
        """The report on one small life."""
        path = tmp_path / "cook.yaml"
        path.write_text(LIFE, "utf-8")
        return lambda *more, **code: mindhold(
            "eval", "retrieval", "--probes", str(path), *more, **code
        )

    def test_counts_exact_answers_silence_recall_and_precision(
        self, report: Callable[..., str]
    ) -> None:
        said = json.loads(report("--json"))
        assert (said["probes"], said["exact"]) == (5, 0.6)
        assert (said["restraint"], said["silence"]) == (3, 0.6667)
        assert (said["recall"], said["precision"]) == (0.6667, 0.6667)
        assert said["by"]["family"].keys() == {"plain", "scope", "small-talk"}

    @pytest.mark.parametrize(
        ("by", "rows"),
        [("family", ["plain", "scope"]), ("life", ["cook"]), ("language", ["de", "en"])],
    )
    def test_has_a_row_for_each_family_life_or_language(
        self, report: Callable[..., str], by: str, rows: list[str]
    ) -> None:
        first = [line.split()[0] for line in report("--by", by).split("\n") if line]
        assert [by.upper(), *rows, "all"] == [word for word in first if word != "small-talk"]

    def test_shows_what_failed_with_the_words_and_the_reason(
        self, report: Callable[..., str]
    ) -> None:
        said = report("--failures")
        assert "cook · plain · de" in said
        assert "left out  redis: no name of it was found" in said
        assert "named     rust: “Rust” (exact)" in said
        assert "because   a wrong hope" in said
        assert "hello there" not in said

    def test_leaves_a_rule_out(self, report: Callable[..., str]) -> None:
        said = json.loads(report("--without", "muted", "--json"))
        assert said["by"]["family"]["scope"]["silence"] == 0
        without = report("--without", "ordinary", "--without", "ordinary.capital", "--json")
        assert json.loads(without)["probes"] == 5
        assert "There is no rule 'kindness'; there are" in report("--without", "kindness", code=1)

    def test_says_what_each_rule_is_worth(self, report: Callable[..., str]) -> None:
        rows = {line.split()[0]: line.split() for line in report("--ablate").split("\n") if line}
        assert rows["muted"][-2:] == ["1", "0"]
        assert rows["crowd"][-2:] == ["0", "0"]

    def test_writes_tables_and_failures_for_a_page(self, report: Callable[..., str]) -> None:
        said = report("--markdown", "--failures")
        assert "| plain | 3 | 33.3% | 0.0% | 66.7% | 66.7% |" in said
        assert "`is valkey up?` should bring redis (a wrong hope), brings nothing; " in said

    def test_among_distractors_it_is_the_same(self, report: Callable[..., str]) -> None:
        alone, crowded = (json.loads(report("--json", "--distractors", n)) for n in ("0", "500"))
        assert alone["failures"] == crowded["failures"]

    def test_wants_probes_or_beliefs_with_cases(self, mindhold: Terminal) -> None:
        said = mindhold("eval", "retrieval", code=2)
        assert "Give --probes, or --beliefs and --cases, or --mine." in said


class TestBridge:
    @pytest.fixture
    def ask(self, mindhold: Terminal, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Any]]:
        """Puts lines to one bridge; its answers."""

        def talk(*lines: object) -> list[Any]:
            text = "".join(json.dumps(line) + "\n" for line in lines)
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
            return [json.loads(line) for line in mindhold("eval", "bridge").splitlines()]

        return talk

    @staticmethod
    def about(query: str, **more: object) -> dict[str, object]:
        return {
            "op": "retrieve", "user_id": "test-user", "scope": ["domain:code"],
            "query": query, "budget": None, "agent_id": None, **more,
        }  # fmt: skip

    def test_answers_a_retrieval_with_ids_evidence_and_prelude(
        self, ask: Callable[..., list[Any]]
    ) -> None:
        loaded, found = ask({"op": "reset", "beliefs": SEED}, self.about("Redis, please"))
        assert loaded == {"ok": True, "loaded": len(SEED)}
        assert found["relevant"] == ["b-redis-code"]
        assert found["pinned"] == ["b-db-decision", "b-linting-current"]
        assert found["questions"] == ["b-auth-open-q"]
        assert "lengthy preamble" in found["prelude"]
        assert found["why"][0]["matched"] == "Redis"

    def test_a_change_is_seen_by_the_next_line(self, ask: Callable[..., list[Any]]) -> None:
        belief = {"_id": "v", "user_id": "test-user", "type": "entity", "canonical_name": "valkey",
                  "content": "Valkey caches.", "scope": ["domain:code"]}  # fmt: skip
        asked = self.about("valkey?")
        answers = ask(
            asked, {"op": "upsert", "belief": belief}, asked, {"op": "delete", "id": "v"}, asked
        )
        assert [answer.get("relevant") for answer in answers] == [[], None, ["v"], None, []]

    def test_a_reset_leaves_nothing_of_before(self, ask: Callable[..., list[Any]]) -> None:
        asked = self.about("Redis?")
        *_, last = ask(
            {"op": "reset", "beliefs": SEED}, asked, {"op": "reset", "beliefs": []}, asked
        )
        assert (last["relevant"], last["pinned"], last["prelude"]) == ([], [], "")

    def test_goes_on_after_a_line_that_it_cannot_answer(
        self, ask: Callable[..., list[Any]]
    ) -> None:
        first, second, last = ask({"op": "sing"}, ["no object"], self.about("Redis?"))
        assert "Unknown op" in first["error"]
        assert second["error"]
        assert last["relevant"] == []

    def test_an_agent_sees_its_own_beliefs_and_the_shared_ones(
        self, ask: Callable[..., list[Any]]
    ) -> None:
        own = {
            "_id": "own",
            "agent_id": "coder",
            "user_id": "test-user",
            "type": "entity",
            "canonical_name": "valkey",
            "content": "Valkey caches.",
            "scope": ["domain:code"],
        }
        shared = {**own, "_id": "shared", "agent_id": None}
        _, mine, others, nobodys = ask(
            {"op": "reset", "beliefs": [own, shared]},
            self.about("valkey?", agent_id="coder"),
            self.about("valkey?", agent_id="other"),
            self.about("valkey?"),
        )
        assert sorted(mine["relevant"]) == ["own", "shared"]
        assert others["relevant"] == nobodys["relevant"] == ["shared"]

    def test_a_budget_counts_pinned_beliefs_first(self, ask: Callable[..., list[Any]]) -> None:
        asked = self.about("Redis and React", budget={"maxBeliefs": 3})
        _, found = ask({"op": "reset", "beliefs": SEED}, asked)
        assert (len(found["pinned"]), len(found["relevant"]), found["questions"]) == (2, 1, [])
