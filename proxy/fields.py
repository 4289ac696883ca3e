"""YAML files and readers of their nodes: each reader turns one node into a value or says, with its
line, what is wrong.

Sentences name the key and the form that is wanted, never the value found: a value may be a key
that someone put into the wrong place.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

T = TypeVar("T")
Reader = Callable[[Node, str], T]
"""Takes the node and the dotted name of its key."""

# libyaml's loader where the wheel has it: 10 times as quick, and start-up is mostly such things.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_TRUE, _FALSE = {"true", "yes", "on"}, {"false", "no", "off"}


class Malformed(Exception):
    """A file that holds no YAML; the sentence names it."""


def document(path: Path) -> Node | None:
    """The root of a YAML file, None where it is empty; raises `Malformed`."""
    try:
        root: Node | None = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except OSError as error:
        raise Malformed(f"{path}: {error.strerror or 'cannot be read'}.") from None
    except UnicodeDecodeError:
        raise Malformed(f"{path}: the file is not UTF-8 text.") from None
    except yaml.YAMLError as error:
        raise Malformed(_syntax(path, error)) from None
    except RecursionError:
        raise Malformed(f"{path}: the file is nested too deeply.") from None
    return root


def _syntax(path: Path, error: yaml.YAMLError) -> str:
    """Where the YAML breaks; the parser's own sentence may quote the file, so it stays out."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    where = f"{path}:{mark.line + 1}" if mark else str(path)
    return f"{where}: this is not valid YAML; look at indentation, brackets and quotes up to here."


class Wrong(Exception):
    """What is wrong at a node; the line counts from 1."""

    def __init__(self, node: Node, sentence: str) -> None:
        super().__init__(sentence)
        self.line = node.start_mark.line + 1


def text(node: Node, name: str) -> str:
    """A text that is not empty."""
    if isinstance(node, ScalarNode) and node.tag == _TAG + "str" and node.value.strip():
        return str(node.value)
    raise Wrong(node, f"{name} must be a text" + _quotes(node))


def _quotes(node: Node) -> str:
    return "; put it in quotes." if isinstance(node, ScalarNode) and node.value else "."


def flag(node: Node, name: str) -> bool:
    """true or false; YAML's on and off are the same."""
    if isinstance(node, ScalarNode) and node.tag == _TAG + "bool":
        return node.value.lower() in _TRUE
    raise Wrong(node, f"{name} must be true or false.")


def switch(node: Node, name: str) -> bool:
    """on or off, quoted or not."""
    word = node.value.lower() if isinstance(node, ScalarNode) else ""
    if word in _TRUE | _FALSE:
        return word in _TRUE
    raise Wrong(node, f"{name} must be on or off.")


def whole(low: int, high: int) -> Reader[int]:
    """A whole number from `low` to `high`, in decimal digits."""

    def read(node: Node, name: str) -> int:
        plain = isinstance(node, ScalarNode) and node.tag == _TAG + "int"
        if plain and re.fullmatch(r"-?\d{1,9}", node.value) and low <= int(node.value) <= high:
            return int(node.value)
        raise Wrong(node, f"{name} must be a whole number from {low} to {high}.")

    return read


def number(node: Node, name: str) -> float:
    """A number from 0, such as a price."""
    plain = isinstance(node, ScalarNode) and node.tag in (_TAG + "int", _TAG + "float")
    if plain and re.fullmatch(r"\d{1,9}(\.\d{0,9})?", node.value):
        return float(node.value)
    raise Wrong(node, f"{name} must be a number such as 0.5, without a currency.")


def choice(*words: str) -> Reader[Any]:
    """One of these words; an `off` that YAML took for false is still the word."""

    def read(node: Node, name: str) -> str:
        if isinstance(node, ScalarNode) and node.value in words:
            return str(node.value)
        raise Wrong(node, f"{name} must be one of: {', '.join(words)}.")

    return read


def demand(node: Node, name: str) -> str:
    """auto, always or never; true and false say always and never."""
    if isinstance(node, ScalarNode) and node.tag == _TAG + "bool":
        return "always" if node.value.lower() in _TRUE else "never"
    return str(choice("auto", "always", "never")(node, name))


def maybe(reader: Reader[T]) -> Reader[T | None]:
    """What `reader` reads, or None for null."""

    def read(node: Node, name: str) -> T | None:
        return None if node.tag == _TAG + "null" else reader(node, name)

    return read


def each(reader: Reader[T]) -> Reader[tuple[T, ...]]:
    """A list of what `reader` reads; nothing after the colon is an empty list."""

    def read(node: Node, name: str) -> tuple[T, ...]:
        if node.tag == _TAG + "null":
            return ()
        if isinstance(node, SequenceNode):
            return tuple(reader(item, f"{name}[{n}]") for n, item in enumerate(node.value))
        raise Wrong(node, f"{name} must be a list, in brackets.")

    return read


def named(reader: Reader[T], form: str = ".+") -> Reader[dict[str, T]]:
    """A mapping of names of this form, each to what `reader` reads; nothing after the colon is
    an empty one."""

    def read(node: Node, name: str) -> dict[str, T]:
        if node.tag == _TAG + "null":
            return {}
        if not isinstance(node, MappingNode):
            raise Wrong(node, f"{name} must be names with values, such as NAME: ...")
        found: dict[str, T] = {}
        for key, below in node.value:
            if not isinstance(key, ScalarNode) or not re.fullmatch(form, key.value):
                raise Wrong(key, f"{name}: this is no name.")
            if key.value in found:
                raise Wrong(key, f"{_dotted(name, key.value)} stands there already.")
            found[key.value] = reader(below, _dotted(name, key.value))
        return found

    return read


class Section:
    """A mapping with known keys, made into one value; nothing after the colon is an empty one.

    What `make` requires must be there, and what is in `needs`.
    """

    def __init__(
        self,
        make: Callable[..., Any],
        keys: Mapping[str, Reader[Any]],
        needs: Collection[str] = (),
    ) -> None:
        self.make, self.keys, self.needs = make, keys, needs

    def __call__(self, node: Node, name: str) -> Any:
        values = {}
        for key, below in self._pairs(node, name):
            values[key] = self.keys[key](below, _dotted(name, key))
        wanting = [key for key in self.needs if key not in values]
        try:
            if not wanting:
                return self.make(**values)
        except TypeError:
            wanting = _required(self.make, values)
        raise Wrong(node, f"{name or 'the file'} needs {', '.join(wanting)}.")

    def _pairs(self, node: Node, name: str) -> Iterator[tuple[str, Node]]:
        if node.tag == _TAG + "null":
            return
        if not isinstance(node, MappingNode):
            such = f"{next(iter(self.keys))}: ..."
            raise Wrong(node, f"{name or 'the file'} must be keys with values, such as {such}")
        seen: dict[str, int] = {}
        for key, below in node.value:
            word = key.value if isinstance(key, ScalarNode) else ""
            if word not in self.keys:
                raise Wrong(key, self._unknown(word, name))
            if word in seen:
                raise Wrong(key, f"{_dotted(name, word)} stands on line {seen[word]} already.")
            seen[word] = key.start_mark.line + 1
            yield word, below

    def _unknown(self, word: str, name: str) -> str:
        # A short word without a dash is no API key, so it may be repeated.
        told = _dotted(name, word) if re.fullmatch(r"[A-Za-z_]\w{0,30}", word) else "key"
        nearest = get_close_matches(word, self.keys, n=1, cutoff=0.0)[0]
        return f"unknown {told}; the nearest key is {_dotted(name, nearest)}."


def _dotted(name: str, key: str) -> str:
    return f"{name}.{key}" if name else key


def _required(make: Callable[..., Any], given: Mapping[str, object]) -> list[str]:
    import inspect

    parameters = inspect.signature(make).parameters.values()
    return [p.name for p in parameters if p.default is p.empty and p.name not in given]
