"""What a raw target asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindhold.proxy.route import Route, read_route

CHAT = b"/v1/chat/completions"


def post(path: bytes, query: bytes = b"", *headers: tuple[bytes, bytes]) -> Route:
    return read_route("POST", path, query, headers)


@pytest.mark.parametrize(
    ("path", "target", "scope"),
    [
        (CHAT, CHAT, None),
        (b"/scope/project:my-app/v1/chat/completions", CHAT, "project:my-app"),
        (b"/scope/domain:code/typescript/v1/chat/completions", CHAT, "domain:code/typescript"),
        (b"/scope/domain%3Acode%2Fts/v1/chat/completions", CHAT, "domain:code/ts"),
        (b"/scope/a,b/v1/chat/completions", CHAT, "a,b"),
        (b"/scope/project:x/v1", b"/v1", "project:x"),
        (b"/scope/project:x/v1/files/v1/content", b"/v1/files/v1/content", "project:x"),
        (b"/scope/project:x/api/chat", b"/api/chat", "project:x"),
        (b"/scope/project:x", b"/", "project:x"),
        (b"/scope/project:x/", b"/", "project:x"),
        (b"/scope/project:x/healthz", b"/", "project:x/healthz"),
        (b"/scopes/project:x/v1/models", b"/scopes/project:x/v1/models", None),
        (b"/v1/scope/project:x/v1/models", b"/v1/scope/project:x/v1/models", None),
    ],
)
def test_the_scope_part_ends_at_v1_api_or_its_end(
    path: bytes, target: bytes, scope: str | None
) -> None:
    route = post(path)
    assert (route.target, route.scope_text) == (target, scope)


@pytest.mark.parametrize(
    "path",
    [b"/temporary/scope/domain:x", b"/scope/domain:x/temporary"],
    ids=["in front of the scope", "behind it"],
)
def test_temporary_stands_on_either_side_of_a_scope(path: bytes) -> None:
    both = post(path + CHAT)
    assert (both.temporary, both.scope_text, both.target) == (True, "domain:x", CHAT)
    assert post(path).temporary


def test_temporary_stands_in_front_of_the_path() -> None:
    assert post(b"/temporary/v1/chat/completions").temporary
    assert not post(b"/temporaryv1").temporary


def test_only_the_exact_chat_call_may_be_served_by_memory() -> None:
    assert post(CHAT).kind == "chat"
    assert post(CHAT, b"?a=1").kind == "chat"
    assert not read_route("GET", CHAT, b"", ()).kind
    assert not post(b"/v1/chat/completions/").kind
    assert not post(b"/v1/chat/completions/abc/messages").kind
    assert not post(b"/v1/chat%2Fcompletions").kind
    assert not post(CHAT, b"", (b"anthropic-version", b"2023-06-01")).kind


@pytest.mark.parametrize(
    ("path", "headers", "dialect"),
    [
        (b"/v1/messages", (), "anthropic"),
        (b"/v1/messages/count_tokens", (), "anthropic"),
        (b"/v1/models", ((b"anthropic-version", b"2023-06-01"),), "anthropic"),
        (b"/v1/messagesx", (), "openai"),
        (b"/api/chat", (), "ollama"),
        (b"/api/tags", ((b"anthropic-version", b"1"),), "ollama"),
        (b"/apix", (), "openai"),
        (b"/v1/responses", (), "openai"),
        (b"/", (), "openai"),
    ],
)
def test_path_and_header_name_the_dialect(
    path: bytes, headers: tuple[tuple[bytes, bytes], ...], dialect: str
) -> None:
    assert read_route("POST", path, b"", headers).dialect == dialect


@pytest.mark.parametrize("path", [b"/", b"/scope/project:x", b"/scope/project:x/"])
def test_who_only_looks_whether_anybody_is_at_home_is_a_client_of_ollama(path: bytes) -> None:
    for method in ("GET", "HEAD"):
        assert read_route(method, path, b"", ()).dialect == "ollama"


@given(st.binary(max_size=60).map(lambda tail: b"/v1/" + tail.replace(b"?", b"")), st.binary())
def test_a_path_without_our_prefixes_is_the_target_to_the_byte(path: bytes, query: bytes) -> None:
    route = read_route("GET", path, query, ())
    assert route.target == (path + query)
