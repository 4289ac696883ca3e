"""Reading: one request with its headers, read once into a Turn, or into the reason why not."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from mindhold.beliefs.text.machine import Errand, errand
from mindhold.proxy.commands import NONE, Commands, is_ours, read_commands, should_hold
from mindhold.proxy.declared import Declared, named, read_headers
from mindhold.proxy.dialects.chat import read_chat
from mindhold.proxy.dialects.dialogue import Dialogue, NoDialogue
from mindhold.proxy.dialects.messages import read_messages
from mindhold.proxy.dialects.ollama import read_generate, read_ollama
from mindhold.proxy.dialects.responses import read_responses
from mindhold.proxy.frontdoor import Caller
from mindhold.proxy.project import KnownProjects
from mindhold.proxy.route import Kind, Route
from mindhold.proxy.scope import Given, Scoped, commanded, decide, matching
from mindhold.proxy.settings import ScopeRule, Settings
from mindhold.proxy.turn import Bypass, Turn

MAX_BODY = 32 * 1024 * 1024  # bytes
KEY = "mindhold_scope"
_READERS: dict[Kind, Callable[[bytes], Dialogue]] = {
    "chat": read_chat,
    "responses": read_responses,
    "messages": read_messages,
    "ollama": read_ollama,
    "generate": read_generate,
}


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
    declared = read_headers(headers)
    read = _READERS[route.kind or "chat"]
    dialogue = _read(read, body, declared)
    client = caller.name or declared.program or "unknown"
    path = route.target.partition(b"?")[0].decode("latin-1")
    rules = tuple(matching(settings.scope_rules, client, path, _model(dialogue)))
    scoped = decide(
        _given(declared, route, caller, dialogue),
        next((rule for rule in rules if rule.scopes), None),
        settings,
        projects,
    )
    frame = _Frame(
        request=request, route=route, caller=caller, settings=settings, declared=declared,
        rules=rules, scoped=scoped, client=client,
    )  # fmt: skip
    if isinstance(dialogue, str):
        return frame.bypass(dialogue)
    if declared.misspelled:
        return frame.bypass("unknown header")
    return frame.turn(*_without_answers_of_ours(read, _without_scope(read, dialogue)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """All of a request but its dialogue."""

    request: str
    route: Route
    caller: Caller
    settings: Settings
    declared: Declared
    rules: tuple[ScopeRule, ...]
    scoped: Scoped
    client: str

    @property
    def agent(self) -> str | None:
        return self.caller.agent or self.declared.agent

    def bypass(self, reason: str) -> Bypass:
        return Bypass(
            request=self.request,
            dialect=self.route.dialect,
            reason=reason,
            scopes=self.scoped.scopes,
            origin=self.scoped.origin,
            user=self.caller.user,
            agent=self.agent,
            client=self.client,
            conversation=self.declared.session,
        )

    def turn(self, dialogue: Dialogue, lost: bool) -> Turn:
        """`lost`: something that it should go on from is not there."""
        asks = self.declared.codex.errand or _errand(dialogue)
        commands = self._commands(dialogue, lost=lost)
        now = commanded(self.scoped, commands.scopes)
        return Turn(
            request=self.request,
            dialect=self.route.dialect,
            body=dialogue.body,
            dialogue=dialogue,
            scopes=now.scopes,
            origin=now.origin,
            began=self.scoped.scopes,
            user=self.caller.user,
            agent=self.agent,
            client=self.client,
            program=self.declared.program,
            model=_model(dialogue),
            conversation=self.declared.conversation(dialogue),
            commands=commands if asks is None else replace(commands, newest=None, lost=False),
            inject=self._injects and commands.inject,
            learn=self._learns and commands.learn and asks is None,
            temporary=self.route.temporary,
            can=self.caller.can,
            limit=self.caller.scopes,
            errand=asks,
        )

    @property
    def _injects(self) -> bool:
        return (
            self.settings.inject.enabled
            and _allowed(rule.inject for rule in self.rules)
            and self.declared.inject
            and "inject" in self.caller.can
        )

    @property
    def _learns(self) -> bool:
        return (
            self.settings.learn.mode != "off"
            and _allowed(rule.learn for rule in self.rules)
            and self.declared.learn
            and "learn" in self.caller.can
            and not self.declared.delegated
            and not self.route.temporary
        )

    def _commands(self, dialogue: Dialogue, *, lost: bool) -> Commands:
        if not self.settings.commands or self.declared.delegated:
            return NONE
        return read_commands(
            dialogue,
            program=self.declared.program,
            resent=dialogue.held is None and self.route.kind != "generate",
            lost=lost,
            limit=self.caller.scopes,
        )


def _read(read: Callable[[bytes], Dialogue], body: bytes, declared: Declared) -> Dialogue | str:
    """The dialogue, or why there is none."""
    if len(body) > MAX_BODY:
        return "body too large"
    if declared.encoded:
        return "body encoded"
    try:
        return read(body)
    except NoDialogue:
        return "no dialogue"
    except (ValueError, RecursionError):  # RecursionError: nested beyond any depth of ours
        return "body not readable"


def _given(declared: Declared, route: Route, caller: Caller, dialogue: Dialogue | str) -> Given:
    payload = dialogue.payload if isinstance(dialogue, Dialogue) else {}
    return Given(
        header=declared.scope,
        path=route.scope_text,
        token=caller.scopes,
        metadata=_metadata(payload).get(KEY),
        codex=declared.codex,
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


def _model(dialogue: Dialogue | str) -> str | None:
    model = dialogue.payload.get("model") if isinstance(dialogue, Dialogue) else None
    return named(model) if isinstance(model, str) else None


def _allowed(switches: Iterable[bool | None]) -> bool:
    """What the first rule that says anything says; a header can only switch off."""
    return next((switch for switch in switches if switch is not None), True)
