"""The four folders are one package, whatever runs them."""

import subprocess
import sys
from pathlib import Path

from mindhold.beliefs.model import Belief

ROOT = Path(__file__).parent.parent


def test_the_four_folders_are_never_imported_by_their_bare_names() -> None:
    import mindhold.cli.main
    import mindhold.proxy.settings  # noqa: F401

    assert Belief.__module__ == "mindhold.beliefs.model"
    assert not {"beliefs", "retrieval", "proxy", "cli"} & set(sys.modules)


def test_the_module_runs_as_a_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mindhold", "--help"],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOT / "src")},
    )
    assert done.returncode == 0, done.stderr
