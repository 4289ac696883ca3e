"""Reading: one request with its headers, read once into a Turn, or into the reason why not."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from mindhold.beliefs.text.machine import Errand, errand
from mindhold.proxy.codex import Codex, is_codex, read_codex
from mindhold.proxy.commands import NONE, is_ours, read_commands, should_hold
from mindhold.proxy.dialects.chat import read_chat
from mindhold.proxy.dialects.dialogue import Dialogue, NoDialogue
from mindhold.proxy.dialects.messages import read_messages
from mindhold.proxy.dialects.ollama import read_generate, read_ollama
from mindhold.proxy.dialects.responses import read_responses
from mindhold.proxy.frontdoor import Caller
from mindhold.proxy.project import KnownProjects
from mindhold.proxy.route import Kind, Route
from mindhold.proxy.scope import Given, commanded, decide, matching
from mindhold.proxy.settings import Settings
from mindhold.proxy.turn import Bypass, Turn

MAX_BODY = 32 * 1024 * 1024  # bytes
KEY = "mindhold_scope"
MAX_NAME = 200  # characters of an agent's or a conversation's name
_READERS: dict[Kind, Callable[[bytes], Dialogue]] = {
    "chat": read_chat,
    "responses": read_responses,
    "messages": read_messages,
    "ollama": read_ollama,
    "generate": read_generate,
}
_SESSIONS = (
    "x-mindhold-conversation",
    "thread-id",
    "session-id",
    "session_id",
    "x-session-id",
    "x-session-affinity",
    "x-claude-code-session-id",
    "x-openwebui-chat-id",
)
# A helper that an agent sent for: the user of its dialogue is a model.
_DELEGATED = (
    "x-claude-code-agent-id",
    "x-openai-subagent",
    "x-codex-parent-thread-id",
    "x-parent-session-id",
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
    read = _READERS[route.kind or "chat"]
    dialogue = _read(read, body, said)
    codex = read_codex(said)
    program = _product(said.get("user-agent", ""))
    client = caller.name or program or "unknown"
    path = route.target.partition(b"?")[0].decode("latin-1")
    model = _model(dialogue)
    rules = tuple(matching(settings.scope_rules, client, path, model))
    scoped = decide(
        _given(said, route, caller, dialogue, codex),
        next((rule for rule in rules if rule.scopes), None),
        settings,
        projects,
    )
    agent = caller.agent or _name(said.get("x-mindhold-agent"))
    conversation = _conversation(said, dialogue)
    if isinstance(dialogue, str):
        # fmt: off
        return Bypass(
            request=request, dialect=route.dialect, reason=dialogue, scopes=scoped.scopes,
            origin=scoped.origin, user=caller.user, agent=agent, client=client,
            conversation=conversation,
        )
        # fmt: on
    dialogue, lost = _without_answers_of_ours(read, _without_scope(read, dialogue))
    asks = codex.errand or _errand(dialogue)
    delegated = any(said.get(name) for name in _DELEGATED)
    commands = NONE
    if settings.commands and not delegated:
        commands = read_commands(
            dialogue,
            program=program,
            resent=dialogue.held is None and route.kind != "generate",
            lost=lost,
            limit=caller.scopes,
        )
    now = commanded(scoped, commands.scopes)
    return Turn(
        request=request,
        dialect=route.dialect,
        body=dialogue.body,
        dialogue=dialogue,
        scopes=now.scopes,
        origin=now.origin,
        began=scoped.scopes,
        user=caller.user,
        agent=agent,
        client=client,
        program=program,
        model=model,
        conversation=conversation,
        commands=commands if asks is None else replace(commands, newest=None, lost=False),
        inject=settings.inject.enabled
        and _allowed(rule.inject for rule in rules)
        and _on(said.get("x-mindhold-inject"))
        and commands.inject
        and "inject" in caller.can,
        learn=settings.learn.mode != "off"
        and _allowed(rule.learn for rule in rules)
        and _on(said.get("x-mindhold-learn"))
        and commands.learn
        and "learn" in caller.can
        and asks is None
        and not delegated
        and not route.temporary,
        temporary=route.temporary,
        can=caller.can,
        errand=asks,
    )


def _read(read: Callable[[bytes], Dialogue], body: bytes, said: dict[str, str]) -> Dialogue | str:
    """The dialogue, or why there is none."""
    if len(body) > MAX_BODY:
        return "body too large"
    if said.get("content-encoding", "identity").lower() != "identity":
        return "body encoded"
    try:
        return read(body)
    except NoDialogue:
        return "no dialogue"
    except (ValueError, RecursionError):  # RecursionError: nested beyond any depth of ours
        return "body not readable"


def _given(
    said: dict[str, str], route: Route, caller: Caller, dialogue: Dialogue | str, codex: Codex
) -> Given:
    payload = dialogue.payload if isinstance(dialogue, Dialogue) else {}
    return Given(
        header=said.get("x-mindhold-scope"),
        path=route.scope_text,
        token=caller.scopes,
        metadata=_metadata(payload).get(KEY),
        codex=codex,
        system_text=dialogue.system_text if isinstance(dialogue, Dialogue) else "",
    )


def _metadata(payload: dict[str, object]) -> dict[str, object]:
    metadata = payload.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def _without_scope(read: Callable[[bytes], Dialogue], dialogue: Dialogue) -> Dialogue:
    """Our own metadata key is not for the upstream; rare enough to read the body again."""
    if KEY not in _metadata(dialogue.payload):
        return dialogue
    return read(dialogue.without_member("metadata", KEY))


def _without_answers_of_ours(
    read: Callable[[bytes], Dialogue], dialogue: Dialogue
) -> tuple[Dialogue, bool]:
    """A response of ours that it goes on from is not for the upstream, which has none of it.

    And whether something is lost with it: a command that should have held, or what a thread
    begins with, which is sent but once.
    """
    if not dialogue.held or not is_ours(dialogue.held):
        return dialogue, False
    if "previous_response_id" not in dialogue.payload:
        return dialogue, True
    own = read(dialogue.without_member("previous_response_id"))
    return own, should_hold(dialogue.held)


def _errand(dialogue: Dialogue) -> Errand | None:
    """What the client wants for itself, if the request is no turn of its user's."""
    if dialogue.compacts:
        return Errand.COMPACTION
    newest = dialogue.turns[-1].text if dialogue.ends else ""
    return errand(newest, dialogue.system_text)


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
    return user_agent.partition(" ")[0].partition("/")[0][:MAX_NAME]


def _name(value: str | None) -> str | None:
    return value[:MAX_NAME] if value else None


def _conversation(said: dict[str, str], dialogue: Dialogue | str) -> str | None:
    header = next((name for name in _SESSIONS if said.get(name)), "")
    named = said.get(header, "")
    if header == "x-claude-code-session-id":  # a helper shares it with whoever sent for it
        named = f"{named} {said.get('x-claude-code-agent-id', '')}".strip()
    if named or isinstance(dialogue, str):
        return _name(named)
    cached = dialogue.payload.get("prompt_cache_key") if is_codex(said) else None
    return dialogue.conversation or (_name(cached) if isinstance(cached, str) else None)


def _model(dialogue: Dialogue | str) -> str | None:
    model = dialogue.payload.get("model") if isinstance(dialogue, Dialogue) else None
    return model if isinstance(model, str) else None


def _allowed(switches: Iterable[bool | None]) -> bool:
    """What the first rule that says anything says; a header can only switch off."""
    return next((switch for switch in switches if switch is not None), True)


def _on(header: str | None) -> bool:
    """A privacy switch fails closed: whatever is not `on` is off."""
    return header is None or header.lower() == "on"
