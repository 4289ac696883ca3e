"""Where things lie follows the environment."""

from pathlib import Path

import pytest

from mindhold.cli.places import Places
from mindhold.proxy.settings import ConfigError, Settings


def test_a_home_holds_everything() -> None:
    places = Places.find({"MINDHOLD_HOME": "/m"})
    assert places.home == Path("/m")
    assert places.config == Path("/m/config.yaml")
    assert places.logs == Path("/m/logs")


def test_a_named_config_wins_over_the_home_and_the_command_line_over_both() -> None:
    environ = {"MINDHOLD_HOME": "/m", "MINDHOLD_CONFIG": "/c.yaml"}
    assert Places.find(environ).config == Path("/c.yaml")
    assert Places.find(environ, config=Path("/d.yaml")).config == Path("/d.yaml")


def test_without_a_home_the_systems_own_directories_are_used() -> None:
    places = Places.find({})
    assert "mindhold" in str(places.home)
    assert places.config.name == "config.yaml"


def test_no_config_file_means_the_defaults_unless_one_was_named(tmp_path: Path) -> None:
    home = {"MINDHOLD_HOME": str(tmp_path)}
    assert Places.find(home).settings() == Settings(home=tmp_path)
    with pytest.raises(ConfigError, match=r"gone\.yaml: No such file"):
        Places.find({**home, "MINDHOLD_CONFIG": str(tmp_path / "gone.yaml")}).settings()
