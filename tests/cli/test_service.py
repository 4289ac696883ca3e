"""The service files are what their managers read."""

import plistlib
import sys
from pathlib import Path

import pytest

from mindhold.cli.service import launchd, systemd

from .conftest import Run

COMMAND = ["/opt/my apps/python", "-m", "mind%hold"]


def test_the_systemd_unit_quotes_what_systemd_would_read_otherwise(tmp_path: Path) -> None:
    kind = systemd(tmp_path, {})
    assert kind.file == tmp_path / ".config/systemd/user/mindhold.service"
    unit = kind.render(COMMAND, {"MINDHOLD_HOME": "/d a/$x"}, tmp_path).decode().splitlines()
    assert 'ExecStart="/opt/my apps/python" "-m" "mind%%hold"' in unit
    assert 'Environment="MINDHOLD_HOME=/d a/$x"' in unit
    assert "User=" not in "".join(unit)


def test_the_launch_agent_is_a_property_list(tmp_path: Path) -> None:
    kind = launchd(tmp_path, 501)
    read = plistlib.loads(kind.render(COMMAND, {"MINDHOLD_HOME": "/d"}, tmp_path))
    assert read["ProgramArguments"] == COMMAND
    assert read["EnvironmentVariables"] == {"MINDHOLD_HOME": "/d"}
    assert "gui/501" in kind.enable


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="writes a systemd unit")
def test_a_service_is_a_file_of_the_user_and_gone_again(
    mindhold: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    done = mindhold("service", "install")
    unit = tmp_path / ".config/systemd/user/mindhold.service"
    assert "systemctl --user enable --now mindhold" in done.stdout
    assert f'Environment="MINDHOLD_HOME={tmp_path}/home"' in unit.read_text()
    assert "systemctl --user disable" in mindhold("service", "uninstall").stdout
    assert not unit.exists()
