"""Which memory belongs to a request, and which requests memory leaves alone."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from injection.place import NOW, Place, settings, user

from mindhold.beliefs import projects
from mindhold.beliefs.store import Store
from mindhold.proxy.errors import BadScope, ForbiddenScope
from mindhold.proxy.frontdoor import Caller
from mindhold.proxy.memory import Memory
from mindhold.proxy.settings import Inject, Learn, Match, ScopeRule
from mindhold.proxy.turn import Bypass, Turn

HELLO = {"model": "gpt-5", "messages": [user("Hello")]}


def read(home: Path, body: Any = None, *, fields: dict[str, Any] | None = None, **how: Any) -> Turn:
    """The turn that a request is read into."""
    configured = settings(home, **(fields or {}))
    turn = Place(memory=Memory(configured), settings=configured).read(body or HELLO, **how)
    assert isinstance(turn, Turn), turn
    return turn


def told(text: str, role: str = "system") -> dict[str, Any]:
    """A request whose prompt says something."""
    return {"model": "gpt-5", "messages": [{"role": role, "content": text}, user("Hello")]}


def repository(path: Path, origin: str | None = None) -> Path:
    """A git repository, as git makes it."""
    subprocess.run(["git", "init", "-q", str(path)], check=True)
    if origin:
        subprocess.run(["git", "-C", str(path), "remote", "add", "origin", origin], check=True)
    return path


def test_each_source_of_scopes_goes_before_the_next(tmp_path: Path) -> None:
    rule = ScopeRule(match=Match(model="gpt-*"), scopes=("domain:rule",))
    body = told("Working directory: /srv/somewhere/prompt") | {
        "metadata": {"mindhold_scope": "project:metadata", "kept": "1"}
    }
    plain = told("Working directory: /srv/somewhere/prompt")
    scoped = b"/scope/project:path/v1/chat/completions"
    token = Caller(scopes=("project:token",))
    header = {"X-Mindhold-Scope": "project:header domain:x"}
    fields = {"scope_rules": (rule,), "default_scope": "domain:fallback"}
    seen = [
        read(tmp_path, body, fields=fields, path=scoped, headers=header),
        read(tmp_path, body, fields=fields, path=scoped),
        read(tmp_path, body, fields=fields, caller=token, headers={}),
        read(tmp_path, body, fields=fields),
        read(tmp_path, plain, fields=fields),
        read(tmp_path, HELLO, fields=fields),
        read(tmp_path, HELLO | {"model": "other"}, fields=fields),
    ]
    assert [(turn.origin, turn.scopes) for turn in seen] == [
        ("header", ("project:header", "domain:x")),
        ("path", ("project:path",)),
        ("token", ("project:token",)),
        ("metadata", ("project:metadata",)),
        ("prompt", ("project:prompt", "domain:code")),
        ("rule", ("domain:rule",)),
        ("default", ("domain:fallback",)),
    ]


@pytest.mark.parametrize(
    ("how", "named"),
    [
        ({"headers": {"X-Mindhold-Scope": "nonsense"}}, "X-Mindhold-Scope header"),
        ({"headers": {"X-Mindhold-Scope": ""}}, "X-Mindhold-Scope header"),
        ({"path": b"/scope/project:/v1/chat/completions"}, "URL path"),
        ({"path": b"/scope/project:caf%C3%A9/v1/chat/completions"}, "cannot be a scope's name"),
        ({"headers": {"X-Mindhold-Scope": "domain:x%"}}, "cannot be a scope's name"),
        ({"headers": {"X-Mindhold-Scope": "domain:x;drop"}}, "cannot be a scope's name"),
        ({"headers": {"X-Mindhold-Scope": "project:-x"}}, "cannot be a scope's name"),
        ({"headers": {"X-Mindhold-Scope": f"project:{'x' * 65}"}}, "cannot be a scope's name"),
        ({"body": HELLO | {"metadata": {"mindhold_scope": 7}}}, "metadata.mindhold_scope"),
        ({"body": HELLO | {"metadata": {"mindhold_scope": "team:x"}}}, "metadata.mindhold_scope"),
    ],
)
def test_a_scope_that_does_not_parse_is_refused_by_the_place_it_stood_in(
    tmp_path: Path, how: dict[str, Any], named: str
) -> None:
    with pytest.raises(BadScope, match=named):
        read(tmp_path, **how)


def test_a_token_reaches_its_scopes_and_no_others(tmp_path: Path) -> None:
    caller = Caller(scopes=("project:a", "domain:code"), agent="coder", name="laptop")
    turn = read(
        tmp_path,
        caller=caller,
        headers={"X-Mindhold-Scope": "domain:code", "X-Mindhold-Agent": "someone-else"},
    )
    assert (turn.scopes, turn.agent, turn.client) == (("domain:code",), "coder", "laptop")
    with pytest.raises(ForbiddenScope, match="project:b"):
        read(tmp_path, caller=caller, headers={"X-Mindhold-Scope": "project:a,project:b"})
    inside = told("Working directory: /srv/elsewhere")
    assert read(tmp_path, inside, caller=caller).scopes == ("project:a", "domain:code")


@pytest.mark.parametrize(
    "text",
    [
        "You are an agent.\nWorking directory: {}\nBe brief.",
        " - Primary working directory: {}",
        "Workspace root folder: {}",
        "<env>\n  Working directory: {}\n  Platform: linux\n</env>",
        "<environment_context>\n  <cwd>{}</cwd>\n  <shell>zsh</shell>\n</environment_context>",
    ],
)
@pytest.mark.parametrize("role", ["system", "developer"])
def test_an_agents_working_directory_names_the_repository_above_it(
    tmp_path: Path, text: str, role: str
) -> None:
    inner = repository(tmp_path / "api", "git@github.com:acme/Shop.git") / "src" / "deep"
    inner.mkdir(parents=True)
    turn = read(tmp_path / "home", told(text.format(inner), role))
    assert turn.scopes == ("project:shop", "domain:code")


def test_only_the_first_directory_of_the_system_text_counts(tmp_path: Path) -> None:
    first = told("Working directory: /srv/one\nREADME says:\nWorking directory: /srv/two")
    assert read(tmp_path, first).scopes[0] == "project:one"
    pasted = {"model": "m", "messages": [user("Working directory: /srv/three")]}
    assert read(tmp_path, pasted).origin == "default"
    assert read(tmp_path, told("Working directory: /\n")).origin == "default"
    assert read(tmp_path, told(f"Working directory: {Path.home()}/\n")).origin == "default"


def test_a_codex_header_names_the_remote_of_its_workspace(tmp_path: Path) -> None:
    facts = {"associated_remote_urls": {"origin": "https://me:secret@git.example.com/acme/tea.git"}}
    header = {"X-Codex-Turn-Metadata": json.dumps({"workspaces": {"/srv/x": facts}})}
    assert read(tmp_path, headers=header).scopes == ("project:tea", "domain:code")
    for odd in ("{", "[]", '{"workspaces": []}', '{"workspaces": {"/srv/x": null}}', "[" * 99_999):
        assert read(tmp_path, headers={"X-Codex-Turn-Metadata": odd}).origin == "default"


def test_checkouts_of_one_repository_agree_and_namesakes_differ(tmp_path: Path) -> None:
    one = repository(tmp_path / "one" / "api", "https://git.example.com/acme/api.git")
    other = repository(tmp_path / "other" / "api", "ssh://git@git.example.com:22/acme/api")
    namesake = repository(tmp_path / "third" / "api")
    subprocess.run(
        ["git", "-C", str(namesake), "config", "user.email", "a@example.com"], check=True
    )
    subprocess.run(["git", "-C", str(namesake), "config", "user.name", "A"], check=True)
    subprocess.run(
        ["git", "-C", str(namesake), "commit", "-q", "--allow-empty", "-m", "x"], check=True
    )
    tree = tmp_path / "tree"
    subprocess.run(["git", "-C", str(namesake), "worktree", "add", "-q", str(tree)], check=True)
    configured = settings(tmp_path / "home")
    place = Place(memory=Memory(configured), settings=configured)
    slugs = []
    for path in (one, other, namesake, tree, one):
        turn = place.read(told(f"Working directory: {path}"))
        assert isinstance(turn, Turn)
        slugs.append(turn.scopes[0])
    assert slugs[0] == slugs[1] == slugs[4] == "project:api"
    assert slugs[2] == slugs[3] != "project:api"
    assert slugs[2].startswith("project:api-")
    assert len(slugs[2]) == len("project:api-") + 4


def test_a_project_keeps_the_slug_that_another_process_gave_it(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        first = projects.assign(store.database, "path:/x/api", "api", NOW)
        second = projects.assign(store.database, "path:/y/api", "api", NOW)
        assert (first, projects.assign(store.database, "path:/x/api", "api", NOW)) == ("api", "api")
        assert second.startswith("api-")
        assert projects.rename(store.database, second, "Back Office") == "back-office"
        assert [one.slug for one in projects.read(store.database)] == ["api", "back-office"]


def test_metadata_of_ours_is_cut_out_and_all_else_stays_as_it_was(tmp_path: Path) -> None:
    raw = (
        b'{"metadata" : {"a":"\\u00e9" , "mindhold_scope":"project:a"},"messages":[%s], "n": 1.0 }'
    )
    message = b'{"role":"user","content":"\\ud83d\\ude00 \xc3\xa9"}'
    turn = read(tmp_path, raw % message)
    assert turn.body == b'{"metadata" : {"a":"\\u00e9"},"messages":[%s], "n": 1.0 }' % message
    alone = b'{"messages":[%s], "metadata": {"mindhold_scope": ["project:a"]}}' % message
    assert read(tmp_path, alone).body == b'{"messages":[%s]}' % message
    assert read(tmp_path, alone).scopes == ("project:a",)


def test_switches_only_ever_switch_off(tmp_path: Path) -> None:
    rules = (ScopeRule(match=Match(client="quiet*"), learn=False, inject=False),)
    cases = {
        ("", ""): (True, True),
        ("off", "off"): (False, False),
        ("on", "on"): (True, True),
        ("no", "false"): (False, False),
    }
    for (inject, learn), expected in cases.items():
        headers = {"X-Mindhold-Inject": inject, "X-Mindhold-Learn": learn}
        turn = read(tmp_path, headers={name: value for name, value in headers.items() if value})
        assert (turn.inject, turn.learn) == expected
    on = {"X-Mindhold-Inject": "on", "X-Mindhold-Learn": "on"}
    ruled = read(tmp_path, fields={"scope_rules": rules}, headers=on | {"User-Agent": "quiet/1.0"})
    assert (ruled.client, ruled.inject, ruled.learn) == ("quiet", False, False)
    fields = {"inject": Inject(enabled=False), "learn": Learn(mode="off")}
    told_off = read(tmp_path, fields=fields, headers=on)
    assert (told_off.inject, told_off.learn) == (False, False)
    assert not read(tmp_path, path=b"/temporary/v1/chat/completions").learn


def test_a_client_is_its_token_or_the_first_word_of_its_user_agent(tmp_path: Path) -> None:
    agent = {"User-Agent": "OpenAI/Python 3.1 (linux)"}
    assert read(tmp_path, headers=agent).client == "OpenAI"
    assert read(tmp_path).client == "unknown"
    assert read(tmp_path, headers=agent, caller=Caller(name="laptop")).client == "laptop"


USER = b'{"role":"user","content":"x"}'


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b"null",
        b'"text"',
        b"{}",
        b"{",
        b'{"messages":[]}',
        b'{"messages":{}}',
        b'{"messages":null}',
        b'{"messages":"x"}',
        b'{"messages":[1]}',
        b'{"messages":[{}]}',
        b'{"messages":[{"role":1,"content":"x"}]}',
        b'{"messages":[{"role":"user"}]}',
        b'{"messages":[{"role":"user","content":7}]}',
        b'{"messages":[{"role":"user","content":["x"]}]}',
        b'{"messages":[{"role":"user","content":[{"type":"text"}]}]}',
        b'{"messages":[{"role":"user","content":[{"type":"text","text":1}]}]}',
        b'{"messages":[{"role":"system","content":null},%s]}' % USER,
        b'{"messages":[%s],"messages":[%s]}' % (USER, USER),
        b'{"messages":[%s],"x":{"a":1,"a":2}}' % USER,
        b'{"messages":[%s],"x":NaN}' % USER,
        b'{"messages":[%s],"x":-Infinity}' % USER,
        b'{"messages":[%s],"x":01}' % USER,
        b'{"messages":[%s],"x":%s}' % (USER, b"9" * 5_000),
        b'{"messages":[%s],"model":7}' % USER,
        b'{"messages":[%s]} {}' % USER,
        b'{"messages":[%s,]}' % USER,
        b'{"messages":[%s],}' % USER,
        b'{"messages":[%s] "x":1}' % USER,
        b'\xef\xbb\xbf{"messages":[%s]}' % USER,
        b'{"messages":[{"role":"user","content":"\xff"}]}',
        b'{"messages":[{"role":"user","content":"a\nb"}]}',
        b'{"messages":[%s],"x":%s1%s}' % (USER, b"[" * 64, b"]" * 64),
        b"[" * 1_000_000,
        b'{"messages":' + b'{"messages":' * 200_000,
        '{"messages":[{"role":"user","content":"x"}]}'.encode("utf-16"),
        b'{"messages":[%s],"x":"%s"}' % (USER, b"y" * (32 * 1024 * 1024)),
    ],
    ids=range(39),
)
def test_a_body_that_the_upstream_must_judge_is_let_through(tmp_path: Path, body: bytes) -> None:
    configured = settings(tmp_path)
    place = Place(memory=Memory(configured), settings=configured)
    assert isinstance(place.read(body), Bypass)


@pytest.mark.parametrize(
    "body",
    [
        b' \n{ "messages" : [ %s ] }\r\n' % USER,
        b'{"messages":[%s],"x":%s1%s}' % (USER, b"[" * 63, b"]" * 63),
        b'{"messages":[{"role":"user","content":"\\ud800"}]}',
        b'{"messages":[{"role":"wizard","content":"x","extra":{"y":[1]}},%s]}' % USER,
        b'{"messages":[{"role":"assistant","tool_calls":[]},%s]}' % USER,
        b'{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{}}]}]}',
    ],
    ids=["white space", "63 deep", "lone surrogate", "odd role", "no content", "no text"],
)
def test_a_body_that_is_merely_unusual_is_read(tmp_path: Path, body: bytes) -> None:
    assert read(tmp_path, body).body == body


def test_an_encoded_body_is_let_through(tmp_path: Path) -> None:
    configured = settings(tmp_path)
    place = Place(memory=Memory(configured), settings=configured)
    assert isinstance(place.read(HELLO, headers={"Content-Encoding": "gzip"}), Bypass)


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["role", "content", "type", "text", "metadata", "x"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)
ROLES = st.sampled_from(["user", "system", "assistant", "tool", "", "x"])
ODD_MESSAGE = ODD | st.fixed_dictionaries({"role": ROLES | ODD}, optional={"content": ODD})
ODD_BODY = ODD | st.fixed_dictionaries(
    {"messages": ODD | st.lists(ODD_MESSAGE, max_size=4)},
    optional={"model": ODD, "metadata": ODD, "stream": ODD},
)


@example({"messages": [user("x")], "metadata": [1]})
@hypothesis_settings(max_examples=300)
@given(ODD_BODY)
def test_no_body_of_any_shape_is_an_error_or_changed(value: object) -> None:
    configured = settings(Path("/nowhere"))
    place = Place(memory=Memory(configured), settings=configured)
    raw = json.dumps(value).encode()
    read = place.read(raw)
    assert isinstance(read, Bypass) or read.body == raw
