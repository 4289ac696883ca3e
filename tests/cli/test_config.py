"""The config file is followed exactly or refused with file, line and what is near."""

from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindhold.beliefs.learning.background.budget import Model
from mindhold.proxy.config import load
from mindhold.proxy.settings import ConfigError, Inject, Listen, Settings, Upstream

SMALL = """\
upstreams:
  - {name: near, dialect: openai, base_url: "http://127.0.0.1:11434/v1", key: env:ÜBER}
inject: {enabled: true, deadline_ms: 50}
scopes: [{match: {client: "codex*"}, scopes: [project:a], learn: off}]
timezone: Europe/Berlin
"""
EXAMPLE = Path(__file__).parents[2] / "config.example.yaml"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.yaml"


def refusal(config: Path, text: str) -> str:
    config.write_text(text)
    with pytest.raises(ConfigError) as refused:
        load(config, home=config.parent)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def keys_of(value: object) -> set[str]:
    """The leaves of the settings, as far as the config file sets them."""
    found: set[str] = set()
    for field in fields(value):  # type: ignore[arg-type]
        below = getattr(value, field.name)
        below = below[0] if isinstance(below, tuple) and below else below
        found |= {field.name} | (keys_of(below) if is_dataclass(below) else set())
    return found


def test_the_example_is_followed_and_names_every_key() -> None:
    settings = load(EXAMPLE, home=Path("/data"))
    renamed = {"retrieval_mode": "retrieval:\n  mode", "scope_rules": "scopes"}
    for key in keys_of(settings) - {"home"}:
        assert f"{renamed.get(key, key)}:" in EXAMPLE.read_text(), key
    assert settings.listen == Listen()
    assert settings.inject == Inject()
    assert [u.name for u in settings.upstreams] == ["openai", "anthropic", "local"]
    assert settings.scope_rules[0].learn is True


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            "env: {A_URL: '{base}/v1'}",
            "config.yaml:3: clients.mytool.env.A_URL: {base} is not known",
        ),
        (
            "args: ['{token}']",
            "config.yaml:3: clients.mytool.args[0]: {token} is not known here: comm",
        ),
        ("refuse: 'set {token}'", "config.yaml:3: clients.mytool.refuse: {token}"),
        (
            "env: {A: sk-proj-a1B2c3D4e5F6g7H8i9J0k1L2m3N4}",
            "clients.mytool.env.A: keys never stand",
        ),
        ("env: {A-B: x}", "config.yaml:3: clients.mytool.env"),
        ("env: {A: 1}", "clients.mytool.env.A must be a text; put it in quotes."),
        ("env: [A]", "clients.mytool.env must be names with values"),
        ("env: {A: x, A: y}", "clients.mytool.env.A stands there already."),
        ("json: {A: '[1]'}", "clients.mytool.json.A must be a JSON object"),
        ("json: {A: '{'}", "clients.mytool.json.A must be a JSON object"),
        ("dialects: [chat]", "clients.mytool.dialects[0] must be one of: openai"),
        ("arg: [x]", "unknown clients.mytool.arg; the nearest key is clients.mytool.args."),
        ("token_as_key: {refuse: x}", "unknown clients.mytool.token_as_key.refuse"),
    ],
)
def test_a_row_for_a_program_that_cannot_be_followed_is_refused(
    config: Path, row: str, told: str
) -> None:
    assert told in refusal(config, f"clients:\n  mytool:\n    {row}\n")


def test_braces_that_are_no_place_stay_as_they_are(config: Path) -> None:
    config.write_text("clients: {mytool: {args: ['a={b=1}', '{env:X}', '{}']}}\n")
    (row,) = load(config, home=config.parent).clients
    assert row.args == ("a={b=1}", "{env:X}", "{}")


def test_an_empty_file_and_empty_sections_mean_the_defaults(config: Path) -> None:
    for text in ("", "# nothing\n", "listen:\ninject:\nretrieval:\n", "{}"):
        config.write_text(text)
        assert load(config, home=config.parent) == Settings(home=config.parent)


WHOLE = """\
listen: {host: localhost, port: 7723, names: []}   # localhost: 127.0.0.1 and ::1
upstreams:                       # first match by dialect and model
  - {name: openai, dialect: openai, base_url: https://api.openai.com/v1, models: ["*"]}
  - {name: anthropic, dialect: anthropic, base_url: https://api.anthropic.com, key: passthrough}
  - {name: local, dialect: ollama, base_url: http://127.0.0.1:11434, key: none}
inject: {enabled: true, turn_tokens: 400, stable_tokens: 300, placement: user, deadline_ms: 50}
retrieval: {mode: match}         # or all
learn: {mode: auto, rules: true, background: null}
default_scope: domain:general
scopes: []
commands: false
timezone: null                   # the system's
auth: {require_token: auto}
retention: {requests_days: 30, snapshots: 7}
log: {level: info, format: text} # or json
"""


def test_a_file_that_spells_every_default_out_means_the_defaults(config: Path) -> None:
    config.write_text(WHOLE)
    settings = load(config, home=config.parent)
    local = Upstream(name="local", dialect="ollama", base_url="http://127.0.0.1:11434", key="none")
    defaults = Settings(home=config.parent)
    assert settings == replace(defaults, upstreams=(*defaults.upstreams, local))


@pytest.mark.parametrize(
    ("word", "means"),
    [("true", "always"), ("false", "never"), ("on", "always"), ("auto", "auto")],
)
def test_a_token_is_demanded_or_not_by_yes_and_no_too(config: Path, word: str, means: str) -> None:
    config.write_text(f"auth: {{require_token: {word}}}")
    assert load(config, home=config.parent).require_token == means


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("listen: {port: 1}\ninject:\n  turn_token: 5\n", 3, "inject.turn_tokens"),
        ("retreival: {mode: all}\n", 1, "retrieval"),
        ("upstreams:\n- nmae: x\n", 2, "upstreams[0].name"),
        ("scopes:\n- match: {modle: x}\n", 2, "scopes[0].match.model"),
        ("listen:\n  port: high\n", 2, "listen.port must be a whole number"),
        ("listen:\n  port: 70000\n", 2, "from 1 to 65535"),
        ("listen:\n  port: 0x1e2b\n", 2, "whole number"),
        ("listen: 7723\n", 1, "listen must be keys"),
        ("- listen\n", 1, "the file must be keys"),
        ("inject:\n  enabled: 1\n", 2, "true or false"),
        ("learn:\n  mode: some\n", 2, "off, explicit, curated, auto"),
        ("listen:\n  host: http://x\n", 2, "listen.host"),
        ("\nlog: {level: info}\nlog: {level: debug}\n", 3, "line 2 already"),
        ("default_scope: everything\n", 1, "default_scope"),
        ("scopes:\n- scopes: [a]\n", 2, "scopes[0].scopes[0]"),
        ("scopes:\n- {scopes: []}\n", 2, "needs match"),
        ("upstreams:\n- {name: x, dialect: openai}\n", 2, "needs base_url"),
        ("upstreams:\n- null\n", 2, "needs name, dialect, base_url"),
        ("timezone: Europe/Atlantis\n", 1, "timezone"),
        ("timezone: ../../etc/passwd\n", 1, "timezone"),
        ("log:\n\tlevel: info\n", 2, "not valid YAML"),
        ("listen: {host: localhost,\n", 2, "not valid YAML"),
        ("log: !!python/object:os.system {}\n---\na: 1\n", 2, "not valid YAML"),
    ],
)
def test_what_cannot_be_followed_is_refused_with_its_line(
    config: Path, text: str, line: int, says: str
) -> None:
    refused = refusal(config, text)
    assert refused.startswith(f"{config}:{line}: ")
    assert says in refused


@pytest.mark.parametrize(
    "url",
    [
        "api.openai.com/v1",
        "ftp://host/v1",
        "https:///v1",
        "https://host:99999/",
        "https://ho st/",
        "https://host/v1?key=1",
        "https://me:secret@host/v1",
        "http://example.com/v1",
        "http://169.254.169.254/latest",
        "https://169.254.1.1/",
        "https://2852039166/",
        "https://0xa9fea9fe/",
        "https://0251.0376.0251.0376/",
        "https://[fe80::1]/",
        "https://[::ffff:169.254.169.254]/",
        "https://[fd00:ec2::254]/",
        "https://[fd20:ce::254]/",
        "https://[64:ff9b::a9fe:a9fe]/",
        "https://[2002:a9fe:a9fe::1]/",
        "https://[fe80::1%25eth0]/",
        "https://instance-data/",
        "https://me@host/v1",
        "https://metadata.google.internal./",
        "https://0.0.0.0/",
    ],
)
def test_a_url_that_must_not_be_called_is_refused_without_being_repeated(
    config: Path, url: str
) -> None:
    text = f"upstreams:\n- name: x\n  dialect: openai\n  local: false\n  base_url: '{url}'\n"
    refused = refusal(config, text)
    assert refused.startswith(f"{config}:5: upstreams[0].base_url must")
    assert url not in refused


def test_a_proxy_must_not_stand_where_no_api_is_either(config: Path) -> None:
    upstream = (
        "{name: x, dialect: openai, base_url: 'https://host/v1', proxy: 'http://169.254.1.1'}"
    )
    assert "upstreams[0].proxy must not be" in refusal(config, f"upstreams: [{upstream}]\n")


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("https://api.example.com/v1", False),
        ("http://127.0.0.1:11434", False),
        ("http://localhost:8080/v1", False),
        ("http://[::1]:8080/v1", False),
        ("http://127.9.9.9/v1", False),
        ("http://gpu.lan:8000/v1", True),
        ("http://192.168.1.5:8000/v1", True),
    ],
)
def test_a_url_that_may_be_called_is_taken(config: Path, url: str, local: bool) -> None:
    listed = f"upstreams: [{{name: x, dialect: openai, base_url: '{url}', local: {local}}}]\n"
    config.write_text(listed)
    (upstream,) = load(config, home=config.parent).upstreams
    assert upstream == Upstream(name="x", dialect="openai", base_url=url, local=local)


LOCAL = "upstreams: [{name: local, dialect: openai, base_url: 'http://127.0.0.1:1', key: none}]\n"


def test_a_background_extractor_is_an_upstream_a_model_and_its_limits(config: Path) -> None:
    config.write_text(
        LOCAL + "learn: {background: {upstream: local, model: m, daily_tokens: 5000, daily_cost: 1,"
        " price_in: 0.15, price_out: 0.6}}\n"
    )
    assert load(config, home=config.parent).learn.background == Model(
        upstream="local", model="m", daily_tokens=5000, daily_cost=1.0, price_in=0.15, price_out=0.6
    )


@pytest.mark.parametrize(
    ("given", "line", "says"),
    [
        ("{upstream: lokal, model: m}", 3, "names no upstream of this file; the nearest is local."),
        ("{upstream: local}", 3, "learn.background needs model."),
        ("{model: m}", 3, "learn.background needs upstream."),
        (
            "{upstream: local, model: m, token: 1}",
            3,
            "nearest key is learn.background.daily_tokens",
        ),
        ("{upstream: local, model: m, daily_tokens: 0}", 3, "a whole number from 1"),
        ("{upstream: local, model: m, daily_cost: -1}", 3, "learn.background.daily_cost must be"),
        ("{upstream: local, model: m, price_in: 1 USD}", 3, "must be a number such as 0.5"),
        ("{upstream: local, model: m, daily_cost: 1}", 3, "needs price_in and price_out"),
        ("{upstream: local, model: m, price_in: 1}", 3, "or neither"),
        ("{upstream: local, model: m, price_in: .inf, price_out: 1}", 3, "must be a number"),
        ("local", 3, "learn.background must be keys with values"),
    ],
)
def test_a_background_extractor_that_cannot_work_is_refused_with_its_line(
    config: Path, given: str, line: int, says: str
) -> None:
    refused = refusal(config, f"{LOCAL}learn:\n  background: {given}\n")
    assert refused.startswith(f"{config}:{line}: learn.background") or "unknown" in refused
    assert refused.startswith(f"{config}:{line}: ")
    assert says in refused


def test_a_background_extractor_needs_an_upstream_that_the_proxy_may_call_by_itself(
    config: Path,
) -> None:
    given = "learn: {background: {upstream: openai, model: m}}\n"
    assert "this call has no caller" in refusal(config, given)
    held = "upstreams: [{name: openai, dialect: openai, base_url: 'https://h/v1', key: env:K}]\n"
    config.write_text(held + given)
    assert load(config, home=config.parent).learn.background


def test_a_key_in_the_file_is_refused_and_never_repeated(config: Path) -> None:
    secret = "sk-" + "a1B2" * 8
    line = f"- {{name: x, dialect: openai, base_url: 'https://h/v1', key: {secret}}}\n"
    for text in (f"upstreams:\n{line}", f"\n{secret}: 1\n", f"log:\n {{level: {secret}}}\n"):
        refused = refusal(config, text)
        assert refused.startswith(f"{config}:2: ")
        assert secret not in refused


def test_the_callers_own_key_goes_to_one_upstream_of_a_dialect(config: Path) -> None:
    two = "upstreams:\n" + "".join(
        f"- {{name: {name}, dialect: openai, base_url: 'https://{name}/v1'}}\n" for name in "ab"
    )
    assert refusal(config, two).startswith(f"{config}:3: upstreams[1]: a already gets")
    config.write_text(two.replace("'https://b/v1'", "'https://b/v1', key: keyring"))
    assert len(load(config, home=config.parent).upstreams) == 2


def test_names_of_upstreams_are_unique_and_demo_is_taken(config: Path) -> None:
    assert "demo is built in" in refusal(
        config, "upstreams: [{name: demo, dialect: openai, base_url: 'https://h/v1'}]"
    )
    twice = "- {name: x, dialect: openai, base_url: 'https://h/v1', key: none}\n" * 2
    assert "taken" in refusal(config, f"upstreams:\n{twice}")


def test_relative_paths_start_at_the_folder_of_the_file(config: Path) -> None:
    (config.parent / "ca.pem").write_text("")
    config.write_text(
        "upstreams:\n- name: x\n  dialect: openai\n  base_url: https://h/v1\n"
        "  key: file:my.key\n  ca: ca.pem\n"
    )
    (upstream,) = load(config, home=config.parent).upstreams
    assert upstream.key == f"file:{config.parent}/my.key"
    assert upstream.ca == config.parent / "ca.pem"


def test_a_file_that_cannot_be_read_is_a_settings_error(config: Path) -> None:
    with pytest.raises(ConfigError, match="No such file"):
        load(config, home=config.parent)
    config.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="UTF-8"):
        load(config, home=config.parent)


def test_a_file_cut_at_any_byte_is_followed_or_refused_with_its_name(tmp_path: Path) -> None:
    path, whole, told = tmp_path / "cut.yaml", SMALL.encode(), []
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])
        try:
            load(path, home=tmp_path)
        except ConfigError as error:
            told.append(str(error))
    assert len(told) > 100
    assert all(one.startswith(f"{path}:") and "\n" not in one for one in told)


@given(cut=st.integers(0, len(EXAMPLE.read_bytes())))
def test_a_truncated_file_is_followed_or_refused_and_never_fails_otherwise(
    cut: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "cut.yaml"
    path.write_bytes(EXAMPLE.read_bytes()[:cut])
    with suppress(ConfigError):
        load(path, home=path.parent)
