"""Whether a token is demanded from the start: where other people can log in to the machine."""

import os
import pwd
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mindhold.cli.main import app
from mindhold.proxy.config import load

ME = os.getuid()


@pytest.mark.parametrize(
    ("account", "demanded"),
    [
        (("nadia", 1999, "/bin/bash", True), "always"),
        (("nadia", 1999, "/usr/bin/fish", True), "always"),
        (("nadia", 1999, "/bin/bash", False), "auto"),
        (("backup", 1999, "/usr/sbin/nologin", True), "auto"),
        (("backup", 1999, "/bin/false", True), "auto"),
        (("daemon", 2, "/bin/sh", True), "auto"),
        (("nobody", 65534, "/bin/sh", True), "auto"),
        (("myself", ME, "/bin/bash", True), "auto"),
    ],
    ids=str,
)
def test_init_asks_for_a_token_where_somebody_else_can_log_in_and_says_why(
    account: tuple[str, int, str, bool],
    demanded: str,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name, uid, shell, at_home = account
    place = tmp_path / "their home"
    if at_home:
        place.mkdir()
    entry = pwd.struct_passwd((name, "x", uid, uid, "", str(place), shell))
    monkeypatch.setattr(pwd, "getpwall", lambda: [entry])
    said = CliRunner().invoke(app, ["init", "--yes"])
    assert said.exit_code == 0, said.output
    assert load(home / "config.yaml", home=home).require_token == demanded
    assert ("others can log in to this machine" in said.output) is (demanded == "always")
