"""The service files are what their managers read."""

import plistlib
from pathlib import Path

from mindhold.cli.service import launchd, systemd

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
