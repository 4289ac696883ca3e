"""What a scripted provider says: text, thoughts or calls of the tools that it was offered."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

Body = dict[str, Any]

WORDS = "All right, noted: 4 °C in Zürich 🌍."


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A function that the request offers; `schema` is JSON Schema of its arguments."""

    name: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What of a request decides the answer, in every dialect alike.

    `results`: the newest turn holds a tool's result already. `forced`: the tool that must be
    called, or "any". `shape`: the JSON Schema that the answer's text must follow.
    """

    tools: tuple[Tool, ...] = ()
    results: bool = False
    forced: str | None = None
    shape: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of a tool."""

    name: str
    arguments: Body

    @property
    def dumped(self) -> str:
        """The arguments as JSON, for dialects that send them as a string."""
        return json.dumps(self.arguments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answer before it has a dialect."""

    text: str = ""
    calls: tuple[Call, ...] = ()
    thought: str = ""

    @property
    def pieces(self) -> list[str]:
        """The text as it is streamed, a word at a time."""
        words = self.text.split(" ")
        return [word + " " for word in words[:-1]] + words[-1:]


Choice = Callable[[Asked], Said]


def choose(asked: Asked) -> Said:
    """Calls what it must; else the first tool, once a turn; else follows the shape, or speaks."""
    named = {tool.name: tool for tool in asked.tools}
    if asked.forced in named:
        return call(named[asked.forced])
    if asked.tools and not asked.results:
        return call(asked.tools[0])
    if asked.tools and asked.forced:
        return call(asked.tools[-1])
    if asked.shape is not None:
        return Said(text=json.dumps(instance(asked.shape)))
    return Said(text=WORDS)


def call(tool: Tool) -> Said:
    """A call of this tool with arguments that its schema allows."""
    return Said(calls=(Call(name=tool.name, arguments=instance(tool.schema)),))


def instance(schema: Mapping[str, Any], root: Mapping[str, Any] | None = None) -> Any:
    """A value that the schema allows, the same each time."""
    root = schema if root is None else root
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return instance((root.get("$defs") or root["definitions"])[name], root)
    if "const" in schema or "enum" in schema:
        return schema["const"] if "const" in schema else schema["enum"][0]
    if options := schema.get("anyOf") or schema.get("oneOf"):
        return instance(options[0], root)
    kind = schema.get("type", "object")
    if kind == "object":
        return {key: instance(inner, root) for key, inner in schema.get("properties", {}).items()}
    if kind == "array":
        return [instance(schema.get("items") or {"type": "string"}, root)]
    return {"string": "Bern", "integer": 4, "number": 4.5, "boolean": True}.get(kind)


def named(kind: str) -> str:
    """An id that no other answer has, as providers make them: `resp_…`."""
    return f"{kind}_{uuid4().hex}"


def tools(offered: Iterator[tuple[str, Mapping[str, Any] | None]]) -> tuple[Tool, ...]:
    """Tools from pairs of name and schema."""
    return tuple(Tool(name=name, schema=schema or {}) for name, schema in offered)
