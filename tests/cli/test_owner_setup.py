"""Setting up and looking after: init, doctor, neighbours, upstreams, keys, scopes."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from ports import free_port
from upstream import Upstream, answer
from waiting import until

from mindhold.beliefs import projects
from mindhold.beliefs.ids import new_id
from mindhold.beliefs.model import Belief, Type
from mindhold.beliefs.store import Store
from mindhold.cli.choosing import named
from mindhold.cli.neighbours import USUAL, Neighbour, find
from mindhold.proxy.config import load
from mindhold.proxy.settings import ANTHROPIC, OPENAI

from .conftest import Run


@pytest.fixture
def mindhold(within: Run) -> Run:
    """In this process: what is tried here is what it says."""
    return within


MODELS = json.dumps({"object": "list", "data": [{"id": "llama3:8b"}, {"id": "qwen"}]}).encode()


def configure(home: Path, text: str) -> None:
    home.mkdir(exist_ok=True)
    (home / "config.yaml").write_text(text)


def test_init_writes_a_config_that_means_the_defaults(mindhold: Run, home: Path) -> None:
    done = mindhold("init", "--yes")
    assert done.returncode == 0, done.stderr
    settings = load(home / "config.yaml", home=home)
    assert settings.upstreams[-2:] == (OPENAI, ANTHROPIC)
    assert settings.inject.enabled
    assert (home / "config.yaml").stat().st_mode & 0o077 == 0
    assert "export OPENAI_BASE_URL=http://127.0.0.1:7723/v1" in done.stdout


def test_init_never_replaces_a_config_without_a_question(mindhold: Run, home: Path) -> None:
    configure(home, "default_scope: domain:mine\n")
    assert mindhold("init", "--yes").returncode == 0
    assert (home / "config.yaml").read_text() == "default_scope: domain:mine\n"
    refused = mindhold("init", typed="n\n")
    assert refused.returncode == 0
    assert (home / "config.yaml").read_text() == "default_scope: domain:mine\n"


def test_the_interview_asks_again_for_a_url_that_must_not_be_called(
    mindhold: Run, home: Path
) -> None:
    done = mindhold("init", typed="http://example.com/v1\nhttps://example.com/v1\nn\n\ny\n\n")
    assert done.returncode == 0, done.stderr
    settings = load(home / "config.yaml", home=home)
    assert "https://example.com/v1" in [one.base_url for one in settings.upstreams]
    assert settings.inject.enabled is False


def test_a_key_to_be_held_goes_where_this_system_can_keep_it(mindhold: Run, home: Path) -> None:
    done = mindhold("init", typed="\ny\n\nn\n\n")
    assert done.returncode == 0, done.stderr
    openai = next(
        one for one in load(home / "config.yaml", home=home).upstreams if one.name == "openai"
    )
    held = {"keyring": "keys set openai", "env:MINDHOLD_OPENAI_KEY": "into MINDHOLD_OPENAI_KEY."}
    assert held[openai.key] in done.stdout


def test_an_interview_that_ends_early_writes_nothing(mindhold: Run, home: Path) -> None:
    assert mindhold("init", typed="").returncode == 1
    assert not (home / "config.yaml").exists()
    configure(home, "default_scope: domain:mine\n")
    assert mindhold("init", typed="y\n").returncode == 1
    assert [file.name for file in home.iterdir()] == ["config.yaml"]
    assert mindhold("init", typed="y\n\n\n\n\n\n").returncode == 0
    assert (home / "config.yaml.old").read_text() == "default_scope: domain:mine\n"


def test_the_interview_takes_no_mode_that_there_is_not(mindhold: Run, home: Path) -> None:
    done = mindhold("init", typed="\n\nfast\ncurated\nn\n\n")
    assert done.returncode == 0, done.stderr
    assert "Say one of auto, curated, explicit, off." in done.stdout
    learn = load(home / "config.yaml", home=home).learn
    assert (learn.mode, learn.background) == ("curated", None)


def test_what_an_option_says_is_not_asked(mindhold: Run, home: Path) -> None:
    done = mindhold("init", "--mode", "explicit", "--observe", "--background", "openai",
                    "--model", "small", typed="\n\n")  # fmt: skip
    assert done.returncode == 0, done.stderr
    settings = load(home / "config.yaml", home=home)
    assert (settings.learn.mode, settings.inject.enabled) == ("explicit", False)
    assert settings.learn.background is not None
    assert settings.learn.background.model == "small"
    assert "set inject.enabled to true" in done.stdout


def test_yes_lets_no_model_read_along(mindhold: Run, home: Path) -> None:
    assert mindhold("init", "--yes").returncode == 0
    assert load(home / "config.yaml", home=home).learn.background is None


def test_a_model_elsewhere_reads_along_with_a_key_that_the_proxy_holds(
    mindhold: Run, home: Path
) -> None:
    done = mindhold("init", "--yes", "--background", "openai")
    assert done.returncode == 0, done.stderr
    settings = load(home / "config.yaml", home=home)
    chosen = settings.learn.background
    assert chosen is not None
    (own,) = [one for one in settings.upstreams if one.name == chosen.upstream]
    assert own.key != "passthrough"
    assert own.models == (chosen.model,)
    assert settings.upstreams.index(own) > settings.upstreams.index(OPENAI)
    assert all((chosen.daily_cost, chosen.price_in, chosen.price_out))


def test_a_server_that_a_url_names_is_asked_for_its_models(
    mindhold: Run, home: Path, upstream: Upstream
) -> None:
    listed = {"data": [{"id": "nomic-embed-text"}, {"id": "llama3:8b"}]}
    upstream.script(answer(json.dumps(listed).encode()))
    done = mindhold("init", "--yes", "--background", f"{upstream.url}/v1")
    assert done.returncode == 0, done.stderr
    chosen = load(home / "config.yaml", home=home).learn.background
    assert chosen is not None
    assert (chosen.model, chosen.daily_cost) == ("llama3:8b", None)


@pytest.mark.parametrize(
    ("arguments", "told", "code"),
    [
        (("--background", "nosuch"), "is no server found here", 1),
        (("--background", "http://example.com/v1"), "https://", 1),
        (("--background", "https://llm.example.com/v1"), "Name it: --model", 1),
        (("--background", "http://127.0.0.1:9/v1"), "lists no model that chats", 1),
        (("--background", "anthropic"), "Name it: --model", 1),
        (("--model", "small"), "--model goes with --background", 2),
    ],
    ids=["a stranger", "plain http", "no model", "nobody there", "no cheap model", "of nobody"],
)
def test_a_reader_that_cannot_be_is_refused_and_nothing_is_written(
    mindhold: Run, home: Path, arguments: tuple[str, ...], told: str, code: int
) -> None:
    done = mindhold("init", "--yes", *arguments)
    assert done.returncode == code
    assert told in done.stderr
    assert not (home / "config.yaml").exists()


def test_options_that_a_config_in_place_keeps_from_being_written_are_refused(
    mindhold: Run, home: Path
) -> None:
    configure(home, "default_scope: domain:mine\n")
    done = mindhold("init", "--yes", "--mode", "off")
    assert (done.returncode, done.stdout) == (1, "")
    assert (home / "config.yaml").read_text() == "default_scope: domain:mine\n"


class _Models(BaseHTTPRequestHandler):
    """A model server that only lists what it has."""

    def do_GET(self) -> None:
        """The same models on every path."""
        body = json.dumps({"data": [{"id": "bge-m3"}, {"id": "llama3:8b"}, {"id": "qwen"}]})
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())


def test_a_model_on_this_machine_is_offered_before_any_other(mindhold: Run, home: Path) -> None:
    try:
        server = ThreadingHTTPServer(("127.0.0.1", USUAL["gpt4all"]), _Models)
    except OSError:
        pytest.skip("a program listens on that port")
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        done = mindhold("init", typed="\n\n\n\nall of them\n2\n")
        server.shutdown()
    assert done.returncode == 0, done.stderr
    assert "1  llama3:8b, of gpt4all on this machine" in done.stdout
    assert "Say a number from 1 to 2, or nothing." in done.stdout
    chosen = load(home / "config.yaml", home=home).learn.background
    assert chosen is not None
    assert (chosen.upstream, chosen.model, chosen.price_in) == ("gpt4all", "qwen", None)


def test_a_server_on_this_machine_is_named_by_its_name_or_its_url() -> None:
    found = (Neighbour(name="ollama", port=11434, models=("bge-m3", "llama3:8b", "qwen")),)
    reader = named("ollama", None, found, {"openai": OPENAI}, "keyring")
    assert (reader.model.upstream, reader.model.model) == ("ollama", "llama3:8b")
    assert reader.upstream is None
    same = named("http://127.0.0.1:11434/v1/", "qwen", found, {"openai": OPENAI}, "keyring")
    assert (same.model.upstream, same.model.model) == ("ollama", "qwen")


def test_a_model_server_is_found_and_a_stranger_is_not(upstream: Upstream) -> None:
    upstream.script(answer(MODELS))
    upstream.script(answer(b"<html>hello</html>"))
    found = find([("ollama", upstream.port), ("vllm", free_port())])
    assert found == [Neighbour(name="ollama", port=upstream.port, models=("llama3:8b", "qwen"))]
    assert find([("llama-cpp", upstream.port)]) == []


def test_doctor_finds_a_fresh_machine_well_without_touching_it(mindhold: Run, home: Path) -> None:
    configure(home, f"listen: {{port: {free_port()}}}\n")
    before = sorted(home.rglob("*"))
    done = mindhold("doctor", "--json")
    found = {one["part"]: one for one in json.loads(done.stdout)}
    assert done.returncode == 0, done.stdout
    assert found.keys() >= {"config", "store", "index", "SQLite", "keyring", "port", "round trip"}
    assert sorted(home.rglob("*")) == before


def test_doctors_own_call_is_not_the_request_that_why_is_asked_about(
    mindhold: Run, home: Path
) -> None:
    configure(home, f"listen: {{port: {free_port()}}}\n")
    try:
        assert mindhold("start").returncode == 0
        assert mindhold("doctor").returncode == 0
        until(lambda: json.loads(mindhold("why", "--list", "--json").stdout))
        asked = mindhold("why")
        assert (asked.returncode, asked.stdout) == (1, "")
        assert "No request yet." in asked.stderr
    finally:
        mindhold("stop")


def test_doctor_says_what_is_wrong_and_what_to_do(mindhold: Run, home: Path) -> None:
    configure(
        home,
        f"listen: {{port: {free_port()}}}\n"
        "upstreams: [{name: a, dialect: openai, base_url: 'https://a.example', key: 'env:NO_KEY'}]",
    )
    (home / "store.db").write_bytes(b"no store at all " * 300)
    home.chmod(0o755)
    done = mindhold("doctor", "--json")
    assert done.returncode == 1
    wrong = {one["part"] for one in json.loads(done.stdout) if not one["well"]}
    assert wrong == {"data", "store", "key of a"}
    assert "chmod 700" in mindhold("doctor").stdout


def test_an_upstream_is_tested_with_the_key_that_is_held_for_it(
    mindhold: Run, home: Path, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "made-up-" + "k" * 20
    monkeypatch.setenv("A_KEY", secret)
    configure(
        home,
        f"upstreams: [{{name: a, dialect: openai, base_url: '{upstream.url}', key: 'env:A_KEY'}}]",
    )
    upstream.script(answer(MODELS))
    upstream.script(answer(secret.encode(), status=b"401 Unauthorized"))
    good, bad = mindhold("upstreams", "test"), mindhold("keys", "test", "a")
    assert (good.returncode, bad.returncode) == (0, 1)
    assert [seen.header(b"authorization") for seen in upstream.seen] == [
        f"Bearer {secret}".encode()
    ] * 2
    listed = mindhold("keys", "list").stdout + mindhold("upstreams", "list").stdout
    assert secret not in good.stdout + bad.stdout + bad.stderr + listed
    assert mindhold("upstreams", "test", "b").returncode == 1


def test_a_key_is_not_put_where_the_config_does_not_look(mindhold: Run) -> None:
    done = mindhold("keys", "set", "openai", typed="made-up\n")
    assert done.returncode == 1
    assert "passthrough" in done.stderr
    assert "made-up" not in done.stderr


@contextmanager
def opened(home: Path) -> Iterator[Store]:
    with Store.open(home) as store:
        yield store


def hold(store: Store, scope: str) -> str:
    now = datetime.now(UTC)
    belief = Belief(
        id=new_id(now),
        type=Type.PREFERENCE,
        canonical_name="test_runner",
        content="We use Vitest.",
        why_it_matters="Use Vitest.",
        scopes=(scope,),
        created_at=now,
        updated_at=now,
    )
    with store.write(actor="owner", now=now) as write:
        write.add(belief)
    return belief.id


def test_a_renamed_project_keeps_its_beliefs_and_its_repository(mindhold: Run, home: Path) -> None:
    with opened(home) as store:
        projects.assign(store.database, "git:example.com/api", "api", datetime.now(UTC))
        belief = hold(store, "project:api")
    done = mindhold("scopes", "rename", "api", "Billing API")
    assert done.returncode == 0, done.stderr
    (listed,) = json.loads(mindhold("scopes", "list", "--json").stdout)
    assert listed == {
        "scope": "project:billing-api",
        "beliefs": 1,
        "identity": "git:example.com/api",
    }
    with opened(home) as store:
        assert store.get(belief).scopes == ("project:billing-api",)
        assert projects.assign(store.database, "git:example.com/api", "api", datetime.now(UTC)) == (
            "billing-api"
        )


def test_tokens_follow_a_renamed_scope_and_the_config_is_told(mindhold: Run, home: Path) -> None:
    configure(
        home,
        "default_scope: project:api\n"
        "scopes:\n- {match: {client: x}, scopes: [domain:code]}\n"
        "- {match: {client: y}, scopes: [project:api]}\n",
    )
    made = mindhold("tokens", "create", "ci", "--scope", "project:api", "--scope", "domain:code")
    assert made.returncode == 0, made.stderr
    done = mindhold("scopes", "rename", "api", "billing")
    assert done.stdout == "project:api is now project:billing; 0 beliefs and 1 token moved.\n"
    config = home / "config.yaml"
    assert done.stderr.splitlines() == [
        f"{key} in {config} still names project:api: change it there."
        for key in ("scopes[1]", "default_scope")
    ]
    (token,) = json.loads(mindhold("tokens", "list", "--json").stdout)
    assert token["scopes"] == ["project:billing", "domain:code"]


@pytest.mark.parametrize(
    ("old", "new"), [("gone", "other"), ("api", "taken"), ("api", "domain:api"), ("api", "a:b:c")]
)
def test_a_rename_that_cannot_be_is_refused_whole(
    mindhold: Run, home: Path, old: str, new: str
) -> None:
    with opened(home) as store:
        for name in ("api", "taken"):
            projects.assign(store.database, f"path:/{name}", name, datetime.now(UTC))
        hold(store, "project:api")
    before = mindhold("scopes", "list").stdout
    assert mindhold("scopes", "rename", old, new).returncode == 1
    assert mindhold("scopes", "list").stdout == before
