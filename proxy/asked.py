"""What a model is asked, and what its answer says, in the words of each dialect; no wire."""

import json
from dataclasses import dataclass, replace
from typing import Any, Literal

import msgspec

from mindhold.beliefs.learning.background.contract import schema, shape
from mindhold.beliefs.learning.background.desk import Reply
from mindhold.beliefs.learning.background.prompt import Prompt
from mindhold.proxy.settings import Dialect

Form = Literal["bounded", "schema", "object", "plain"]

_LOOSER: dict[Form, Form] = {"bounded": "schema", "schema": "object", "object": "plain"}
_HELD = frozenset({"bounded", "schema"})
_NAME = "notes"
_SHAPED = "\nIts fields are these, and no others; every list may be empty.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a server lets itself be asked: how it is told which JSON to write, the strictest form
    first, which field bounds an answer's length, and whether it takes a temperature."""

    form: Form = "bounded"
    bound: str = "max_tokens"
    cold: bool = True

    def after(self, refusal: bytes) -> "Manner | None":
        """The manner to try when this one was refused in these words; None: there is no other."""
        if b"max_completion_tokens" in refusal and self.bound == "max_tokens":
            return replace(self, bound="max_completion_tokens")
        if b"temperature" in refusal and self.cold:
            return replace(self, cold=False)
        looser = _LOOSER.get(self.form)
        return replace(self, form=looser) if looser else None


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message


class _Completion(msgspec.Struct):
    choices: list[_Choice]
    usage: Any = None


class _Block(msgspec.Struct):
    text: str = ""
    input: Any = None


class _Written(msgspec.Struct):
    content: list[_Block]
    usage: Any = None


def target(dialect: Dialect) -> bytes:
    """Where the question goes; Ollama answers OpenAI's calls too."""
    return b"/v1/messages" if dialect == "anthropic" else b"/v1/chat/completions"


def body(dialect: Dialect, model: str, asked: Prompt, tokens: int, manner: Manner) -> bytes:
    """The request, for an answer of at most so many tokens."""
    system = asked.system if manner.form in _HELD else f"{asked.system}{_SHAPED}{shape()}"
    user = {"role": "user", "content": asked.user}
    made: dict[str, Any] = {"model": model, manner.bound: tokens, "stream": False}
    if manner.cold:
        made["temperature"] = 0
    if dialect == "anthropic":
        made |= {"system": system, "messages": [user], **_tool(manner.form)}
    else:
        messages = [{"role": "system", "content": system}, user]
        made |= {"messages": messages, **_format(manner.form)}
    return json.dumps(made, ensure_ascii=False).encode("utf-8", "replace")


def reply(dialect: Dialect, raw: bytes) -> Reply | None:
    """What the model wrote; None for what is no answer of this dialect."""
    try:
        if dialect == "anthropic":
            written = msgspec.json.decode(raw, type=_Written)
            text = "".join(
                json.dumps(part.input) if part.input is not None else part.text
                for part in written.content
            )
            return Reply(text=text, **_usage(written.usage, "input_tokens", "output_tokens"))
        made = msgspec.json.decode(raw, type=_Completion)
        text = made.choices[0].message.content or "" if made.choices else ""
        return Reply(text=text, **_usage(made.usage, "prompt_tokens", "completion_tokens"))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _format(form: Form) -> dict[str, Any]:
    if form in _HELD:
        named = {"name": _NAME, "strict": True, "schema": schema(bounded=form == "bounded")}
        return {"response_format": {"type": "json_schema", "json_schema": named}}
    return {"response_format": {"type": "json_object"}} if form == "object" else {}


def _tool(form: Form) -> dict[str, Any]:
    """A tool that must be called is how this dialect is held to a schema."""
    if form not in _HELD:
        return {}
    made = schema(bounded=form == "bounded")
    tool = {"name": _NAME, "description": "Takes the notes.", "input_schema": made}
    return {"tools": [tool], "tool_choice": {"type": "tool", "name": _NAME}}


def _usage(usage: Any, into: str, out: str) -> dict[str, int | None]:
    """The server's own count of tokens, where it makes sense."""
    given = usage if isinstance(usage, dict) else {}
    counts = given.get(into), given.get(out)
    known = [one if type(one) is int and 0 <= one < 2**31 else None for one in counts]
    return dict(zip(("tokens_in", "tokens_out"), known, strict=True))
