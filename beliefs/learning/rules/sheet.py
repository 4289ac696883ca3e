"""Sheet: the grammar of one language as a table of words, wordings and forms beside this file.

A block begins at the margin with its heading and a colon; indented lines belong to it, a blank line
parts two entries, and `#` begins a remark:

    words aux:      alternatives that `{aux}` stands for in the patterns that follow
    say use:        a template of `Wording`
    hint:           any field of `Grammar` that is one pattern; it may be left out
    changed:        forms that the builder `Plain.changed` makes proposals of, tried in this order
    whole changed:  the same, of a sentence as it is

Patterns are Python's, without regard to letter case and to accents (`tongue.spelled`). The end of a
line is a space; or nothing after a backslash, beside a bar, and inside a bracket that opens or
closes there.
"""

import re
from collections.abc import Iterator
from importlib.resources import files

from mindhold.beliefs.learning.rules.grammar import Form, Grammar
from mindhold.beliefs.learning.rules.plain import Plain
from mindhold.beliefs.learning.rules.wording import Wording
from mindhold.beliefs.learning.tongues.tongue import NEVER, Tongue, spelled

_MACRO = re.compile(r"\{([a-z]+)\}")
_BREAK = re.compile(r"(?<=[|(])\n|\n(?=[|)])|\\\n")
_COMMON = {"x": r"(?:[^,;:!?.\n]|\.(?=\w)){1,60}?", "end": r"(?=[,;:!?.\n]|$)"}
_PATTERNS = tuple(
    field for field, kind in Grammar.__annotations__.items() if kind == re.Pattern[str]
)


def grammar(name: str, tongue: Tongue) -> Grammar:
    """The grammar of the sheet `name`.txt; raises where a block or a pattern is none."""
    macros, say, patterns = dict(_COMMON), dict[str, str](), dict.fromkeys(_PATTERNS, NEVER)
    forms: dict[bool, list[tuple[str, re.Pattern[str]]]] = {True: [], False: []}
    for heading, entry in _entries(name):
        kind, _, what = heading.rpartition(" ")
        if kind == "words":
            macros[what] = f"(?:{_filled(entry, macros)})"
        elif kind == "say":
            say[what] = entry
        elif heading in patterns:
            patterns[heading] = _pattern(entry, macros)
        else:
            forms[kind == "whole"].append((what, _pattern(entry, macros)))
    plain = Plain(tongue.terms, Wording(**say))
    return Grammar(
        tongue=tongue,
        whole=tuple(_built(plain, forms[True])),
        forms=tuple(_built(plain, forms[False])),
        fact=plain.fact,
        standing=plain.standing,
        **patterns,
    )


def _built(plain: Plain, forms: list[tuple[str, re.Pattern[str]]]) -> Iterator[Form]:
    return ((shape, getattr(plain, build)) for build, shape in forms)


def _entries(name: str) -> Iterator[tuple[str, str]]:
    """Heading and text of each entry, its lines put together."""
    written = files(__package__).joinpath(f"{name}.txt").read_text("utf-8")
    kept = re.sub(r"(?m)^#.*\n", "", written)
    for block in re.split(r"(?m)^(?=\S)", kept)[1:]:
        heading, _, rest = block.partition(":")
        for entry in re.split(r"\n\s*\n", rest.strip()):
            lines = "\n".join(line.strip() for line in entry.splitlines())
            yield heading, _BREAK.sub("", lines).replace("\n", " ")


def _filled(text: str, macros: dict[str, str]) -> str:
    return _MACRO.sub(lambda macro: macros[macro[1]], text)


def _pattern(text: str, macros: dict[str, str]) -> re.Pattern[str]:
    return re.compile(spelled(_filled(text, macros)), re.IGNORECASE)
