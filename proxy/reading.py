"""Reading: one request with its headers, read once into a Turn, or into the reason why not."""

from collections.abc import Iterable, Sequence

from mindhold.proxy.dialects.chat import Chat, read_chat
from mindhold.proxy.frontdoor import Caller
from mindhold.proxy.project import KnownProjects
from mindhold.proxy.route import Route
from mindhold.proxy.scope import Given, decide, matching
from mindhold.proxy.settings import Settings
from mindhold.proxy.turn import Bypass, Turn

MAX_BODY = 32 * 1024 * 1024  # bytes
KEY = "mindhold_scope"
MAX_NAME = 200  # characters of an agent's or a conversation's name
_SESSIONS = (
    "x-mindhold-conversation",
    "session-id",
    "session_id",
    "thread-id",
    "x-session-id",
    "x-session-affinity",
    "x-claude-code-session-id",
    "x-openwebui-chat-id",
)


def read_turn(
    *,
    request: str,
    route: Route,
    headers: Sequence[tuple[bytes, bytes]],
    body: bytes,
    caller: Caller,
    settings: Settings,
    projects: KnownProjects,
) -> Turn | Bypass:
    """What the request asks of memory; a body that the upstream must judge is a `Bypass`.

    Raises `BadScope` and `ForbiddenScope`, and nothing else, whatever the body holds.
    """
    said = _texts(headers)
    chat = _read(body, said)
    client = caller.name or _product(said.get("user-agent", ""))
    path = route.target.partition(b"?")[0].decode("latin-1")
    model = _model(chat)
    rules = tuple(matching(settings.scope_rules, client, path, model))
    scoped = decide(
        _given(said, route, caller, chat),
        next((rule for rule in rules if rule.scopes), None),
        settings,
        projects,
    )
    agent = caller.agent or _name(said.get("x-mindhold-agent"))
    conversation = _conversation(said)
    if isinstance(chat, str):
        # fmt: off
        return Bypass(
            request=request, dialect=route.dialect, reason=chat, scopes=scoped.scopes,
            origin=scoped.origin, user=caller.user, agent=agent, client=client,
            conversation=conversation,
        )
        # fmt: on
    chat = _without_scope(chat)
    return Turn(
        request=request,
        dialect=route.dialect,
        body=chat.body,
        payload=chat.payload,
        chat=chat,
        scopes=scoped.scopes,
        origin=scoped.origin,
        user=caller.user,
        agent=agent,
        client=client,
        model=model,
        conversation=conversation,
        inject=settings.inject.enabled
        and _allowed(rule.inject for rule in rules)
        and _on(said.get("x-mindhold-inject")),
        learn=settings.learn.mode != "off"
        and _allowed(rule.learn for rule in rules)
        and _on(said.get("x-mindhold-learn"))
        and not route.temporary,
        temporary=route.temporary,
    )


def _read(body: bytes, said: dict[str, str]) -> Chat | str:
    """The chat, or why it cannot be read."""
    if len(body) > MAX_BODY:
        return "body too large"
    if said.get("content-encoding", "identity").lower() != "identity":
        return "body encoded"
    try:
        return read_chat(body)
    except (ValueError, RecursionError):  # RecursionError: nested beyond any depth of ours
        return "body not readable"


def _given(said: dict[str, str], route: Route, caller: Caller, chat: Chat | str) -> Given:
    payload = chat.payload if isinstance(chat, Chat) else {}
    return Given(
        header=said.get("x-mindhold-scope"),
        path=route.scope_text,
        token=caller.scopes,
        metadata=_metadata(payload).get(KEY),
        turn_metadata=said.get("x-codex-turn-metadata"),
        system_text=chat.system_text if isinstance(chat, Chat) else "",
    )


def _metadata(payload: dict[str, object]) -> dict[str, object]:
    metadata = payload.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def _without_scope(chat: Chat) -> Chat:
    """Our own metadata key is not for the upstream; rare enough to read the body again."""
    return read_chat(chat.without_scope()) if KEY in _metadata(chat.payload) else chat


def _texts(headers: Sequence[tuple[bytes, bytes]]) -> dict[str, str]:
    """The headers by name; of several of one name the scopes are joined, else the first counts."""
    said: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name = raw_name.decode("latin-1").lower()
        value = raw_value.decode("utf-8", "replace").strip()
        if name == "x-mindhold-scope" and name in said:
            said[name] += "," + value
        said.setdefault(name, value)
    return said


def _product(user_agent: str) -> str:
    """`openai-python/3.1 …` is openai-python; a label, never a boundary."""
    return _name(user_agent.partition(" ")[0].partition("/")[0]) or "unknown"


def _name(value: str | None) -> str | None:
    return value[:MAX_NAME] if value else None


def _conversation(said: dict[str, str]) -> str | None:
    return next((_name(said[name]) for name in _SESSIONS if said.get(name)), None)


def _model(chat: Chat | str) -> str | None:
    model = chat.payload.get("model") if isinstance(chat, Chat) else None
    return model if isinstance(model, str) else None


def _allowed(switches: Iterable[bool | None]) -> bool:
    """What the first rule that says anything says; a header can only switch off."""
    return next((switch for switch in switches if switch is not None), True)


def _on(header: str | None) -> bool:
    """A privacy switch fails closed: whatever is not `on` is off."""
    return header is None or header.lower() == "on"
