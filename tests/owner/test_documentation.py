"""docs/commands.md has every command and every option, and none that is not there."""

import re
from pathlib import Path
from typing import Any

import pytest

from mindhold.cli.main import COMMANDS, load

TEXT = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
_HEADING = re.compile(r"^### mindhold (.+)$", re.M)


def commands() -> dict[str, Any]:
    """Every command by what is typed after `mindhold`, groups included."""
    found: dict[str, Any] = {}

    def walk(name: str, command: Any) -> None:
        found[name] = command
        for sub in getattr(command, "commands", {}):
            walk(f"{name} {sub}", command.commands[sub])

    for name in COMMANDS:
        walk(name, load(name))
    return found


def sections() -> dict[str, str]:
    """What the document says under each command's heading."""
    names, texts = _HEADING.findall(TEXT), _HEADING.split(TEXT)[2::2]
    return dict(zip(names, texts, strict=True))


def test_every_command_has_its_section_and_no_section_is_about_nothing():
    assert sections().keys() == commands().keys()


@pytest.mark.parametrize("name", commands())
def test_every_option_is_told(name):
    told = sections().get(name, "")
    for parameter in commands()[name].params:
        if parameter.param_type_name == "option" and not parameter.hidden:
            for option in parameter.opts:
                assert option == "--help" or re.search(f"`{option}[` ]", told)
