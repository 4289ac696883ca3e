"""A belief as a small YAML form, filled in by its owner in their own editor."""

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import typer
import yaml

from mindhold.beliefs.errors import BeliefError, Invalid
from mindhold.beliefs.model import Alias, Belief, Type
from mindhold.cli.failure import Failed

_HEAD = "# {}: change what you like, save and close. Unchanged: nothing happens.\n"
_EDITORS = ("VISUAL", "EDITOR")


def edited(belief: Belief, save: Callable[[dict[str, Any]], Belief]) -> Belief:
    """The belief as its owner left it; what `save` refuses may be mended in the editor."""
    before = _written(belief)
    text = before
    while True:
        text = _in_editor(text)
        try:
            fields = {} if text == before else _read(text, belief)
            return save(fields) if fields else belief
        except BeliefError as error:
            typer.echo(f"mindhold: {error}", err=True)
            typer.confirm("Edit it again?", default=True, abort=True, err=True)


def _written(belief: Belief) -> str:
    form = {
        "name": belief.canonical_name,
        "content": belief.content,
        "why": belief.why_it_matters,
        "also called": [alias.text for alias in belief.aliases],
        "scopes": list(belief.scopes),
        "type": belief.type.value,
        "subtype": belief.subtype,
        "valid from": belief.valid_from,
        "valid until": belief.valid_until,
    }
    body = yaml.safe_dump(form, allow_unicode=True, sort_keys=False, width=1000)
    return _HEAD.format(belief.canonical_name) + body


def _in_editor(text: str) -> str:
    """What the text has become when the owner's editor is closed; the file is theirs alone."""
    command = next((os.environ[name] for name in _EDITORS if os.environ.get(name)), "")
    if not command and not sys.stdin.isatty():
        raise Failed("Nothing to change was said; see mindhold beliefs edit --help.")
    with tempfile.TemporaryDirectory(prefix="mindhold-") as directory:
        path = Path(directory) / "belief.yaml"
        path.write_text(text, encoding="utf-8")
        try:
            done = subprocess.run([*shlex.split(command or "vi"), str(path)], check=False)  # noqa: S603
        except (OSError, ValueError):
            raise Failed(f"The editor {command!r} cannot be started; set EDITOR.") from None
        if done.returncode:
            raise Failed("The editor ended with an error; nothing was changed.")
        return path.read_text(encoding="utf-8")


def _read(text: str, belief: Belief) -> dict[str, Any]:
    """The fields that a form gives; raises `Invalid`."""
    try:
        form = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise Invalid(f"Line {mark.line + 1 if mark else '?'} of the form is not YAML.") from None
    if not isinstance(form, Mapping):
        raise Invalid("The form has lost its lines 'name:', 'content:' and so on.")
    names = _texts(form, "also called")
    known = {alias.text: alias for alias in belief.aliases}
    return {
        "canonical_name": _text(form, "name"),
        "content": _text(form, "content"),
        "why_it_matters": _text(form, "why"),
        "aliases": tuple(known.get(name) or Alias(text=name) for name in names),
        "scopes": _texts(form, "scopes"),
        "type": _type(_text(form, "type")),
        "subtype": form.get("subtype"),
        "valid_from": _day(form, "valid from"),
        "valid_until": _day(form, "valid until"),
    }


def _text(form: Mapping[str, Any], label: str) -> str:
    value = form.get(label)
    if not isinstance(value, str):
        raise Invalid(f"The form needs a text after {label!r}; put quotes around it if need be.")
    return value


def _texts(form: Mapping[str, Any], label: str) -> tuple[str, ...]:
    values = form.get(label) or []
    if not isinstance(values, list) or not all(isinstance(value, str | int) for value in values):
        raise Invalid(f"The form needs a list after {label!r}, such as [one, two].")
    return tuple(map(str, values))


def _type(text: str) -> Type:
    if text not in set(Type):
        raise Invalid(f"The types are: {', '.join(Type)}.")
    return Type(text)


def _day(form: Mapping[str, Any], label: str) -> date | None:
    value = form.get(label)
    if not isinstance(value, date | None):
        raise Invalid(f"The form needs a day after {label!r}, such as 2026-11-12.")
    return value
