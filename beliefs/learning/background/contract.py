"""The contract as JSON schema: what a model is told to answer, made from what we accept."""

from functools import lru_cache
from typing import Any

import msgspec

from mindhold.beliefs.learning.candidate import Extraction

_KEPT = frozenset({"$ref", "anyOf", "enum", "format", "items", "properties", "type"})
_CITED = {"anyOf": [{"type": "integer"}, {"type": "string"}]}


@lru_cache(1)
def schema() -> dict[str, Any]:
    """The schema in the narrow form that servers hold answers to: each field required, nothing
    else allowed. Evidence may be a sentence's number as well as its words."""
    made = msgspec.json.schema(Extraction)
    parts: dict[str, Any] = {name: _strict(part) for name, part in made["$defs"].items()}
    whole: dict[str, Any] = parts.pop("Extraction")
    return whole | {"$defs": parts}


def shape() -> str:
    """The same in a few lines, for servers that know no schemas."""
    whole = schema()
    parts: dict[str, Any] = whole["$defs"]
    named = {"The object": whole} | {
        name: part for name, part in parts.items() if "properties" in part
    }
    return "\n".join(f"{name}: {_fields(part, parts)}" for name, part in named.items())


def _strict(node: Any) -> Any:
    """The node with what not every server knows left out."""
    if isinstance(node, list):
        return [_strict(one) for one in node]
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if key in _KEPT}
    if "enum" in kept:
        return {"type": "string", "enum": kept["enum"]}
    if "properties" not in kept:
        return {key: _strict(value) for key, value in kept.items()}
    fields = {name: _strict(value) for name, value in kept["properties"].items()}
    if "evidence" in fields:
        fields["evidence"] = {"type": "array", "items": _CITED}
    return kept | {
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def _fields(node: dict[str, Any], parts: dict[str, Any]) -> str:
    fields = (f'"{name}": {_shape(one, parts)}' for name, one in node["properties"].items())
    return "{" + ", ".join(fields) + "}"


def _shape(node: dict[str, Any], parts: dict[str, Any]) -> str:
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        return name if "properties" in parts[name] else _shape(parts[name], parts)
    if "anyOf" in node:
        return " or ".join(_shape(one, parts) for one in node["anyOf"])
    if "items" in node:
        return f"[{_shape(node['items'], parts)}, …]"
    if "enum" in node:
        return "|".join(node["enum"])
    return str(node.get("format", node["type"]))
