"""The contract as JSON schema: what a model is told to answer, made from what we accept."""

from collections.abc import Set
from functools import lru_cache
from typing import Any

import msgspec

from mindhold.beliefs.learning.candidate import Extraction
from mindhold.beliefs.model import SUBTYPES

_KEPT = frozenset(
    {"$ref", "anyOf", "enum", "format", "items", "maxItems", "minItems", "properties", "type"}
)
_BOUNDS = frozenset({"maxLength"})
_CITED = {"type": "integer"}
_SUBTYPE = {
    "anyOf": [
        {"type": "string", "enum": sorted(frozenset[str]().union(*SUBTYPES.values()))},
        {"type": "null"},
    ]
}


@lru_cache(2)
def schema(*, bounded: bool = True) -> dict[str, Any]:
    """The schema in the narrow form that servers hold answers to: each field required, nothing
    else allowed. Evidence is asked for by number: what is not written cannot be misquoted.

    `bounded`: with the lengths of texts, which not every server takes, and without which a small
    model that repeats itself comes to no end.
    """
    kept = _KEPT | _BOUNDS if bounded else _KEPT
    made = msgspec.json.schema(Extraction)
    parts: dict[str, Any] = {name: _strict(part, kept) for name, part in made["$defs"].items()}
    whole: dict[str, Any] = parts.pop("Extraction")
    return whole | {"$defs": parts}


def shape() -> str:
    """The same in a few lines, for servers that know no schemas."""
    whole = schema(bounded=False)
    parts: dict[str, Any] = whole["$defs"]
    named = {"The object": whole} | {
        name: part for name, part in parts.items() if "properties" in part
    }
    return "\n".join(f"{name}: {_fields(part, parts)}" for name, part in named.items())


def _strict(node: Any, kept: Set[str]) -> Any:
    """The node with what not every server knows left out."""
    if isinstance(node, list):
        return [_strict(one, kept) for one in node]
    if not isinstance(node, dict):
        return node
    if "enum" in node:
        return {"type": "string", "enum": node["enum"]}
    if "properties" not in node:
        return {key: _strict(value, kept) for key, value in node.items() if key in kept}
    fields = {name: _strict(value, kept) for name, value in node["properties"].items()}
    if "evidence" in fields:
        fields["evidence"] |= {"items": _CITED}
    if "subtype" in fields:
        fields["subtype"] = _SUBTYPE
    return {
        "type": "object",
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
