"""What README and the documentation say is so."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from ports import free_port
from waiting import PATIENCE

from mindhold.cli.main import COMMANDS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]

# What differs from one telling of the story to the next.
VARIES = [
    (r"127\.0\.0\.1:\d+", "127.0.0.1:PORT"),
    (r"\(pid \d+\)", "(pid N)"),
    (r"chatcmpl-demo-[0-9a-f]+", "chatcmpl-demo-ID"),
    (r"mindhold-[0-9a-f]{16}", "mindhold-NONCE"),
    (r"\b0[0-9a-z]{7}([0-9a-z]{18})?\b", "ID"),
    (r"\b\d{1,2} [A-Z][a-z]{2}, \d\d:\d\d", "WHEN"),
    (r"stated \d{4}-\d\d", "stated YEAR-MONTH"),
    (r"\d+(\.\d+)? ms", "N ms"),
    (r"ms=\d+\.\d+", "ms=N"),
    (r"[ ]+$", ""),
    (r"[ ]+", " "),  # columns are as wide as what they hold
]


def plain(text: str) -> str:
    for pattern, stands in VARIES:
        text = re.sub(pattern, stands, text, flags=re.MULTILINE)
    return text.strip()


def told() -> list[tuple[str, str]]:
    """The commands of README's console blocks, each with what it printed there."""
    blocks = "\n".join(re.findall(r"```console\n(.*?)```", README, re.DOTALL))
    steps = re.split(r"^\$ ", blocks, flags=re.MULTILINE)[1:]
    split = (re.match(r"((?:[^\n]*\\\n)*[^\n]*)\n(.*)", step, re.DOTALL) for step in steps)
    return [(found[1], found[2]) for found in split if found]


def run(command: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        ["bash", "-c", command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env=environment,
        timeout=60,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}"
    return done.stdout


def follow(command: str, printed: str, environment: dict[str, str]) -> str:
    """What it prints, once it is what README says; learning and the log come after the answer."""
    until = time.monotonic() + PATIENCE
    while True:
        now = plain(run(command, environment))
        if now == plain(printed) or time.monotonic() > until or command.startswith("curl"):
            return now
        time.sleep(0.2)


def test_the_story_prints_what_readme_says(tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    port = free_port()
    (tmp_path / "mindhold").mkdir(mode=0o700)
    (tmp_path / "mindhold" / "config.yaml").write_text(f"listen: {{port: {port}}}\n")
    bin_dir = tmp_path / "bin"
    bin_dir.mkdir()
    (bin_dir / "mindhold").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mindhold "$@"\n')
    (bin_dir / "mindhold").chmod(0o755)
    environment = {
        "PATH": f"{bin_dir}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "MINDHOLD_HOME": str(tmp_path / "mindhold"),
        "PYTHONPATH": str(ROOT / "src"),
        "OPENAI_BASE_URL": f"http://127.0.0.1:{port}/v1",
        "COLUMNS": "80",
        "PYTHONUTF8": "1",
    }
    steps = [step for step in told() if not step[0].startswith("export ")]
    assert len(steps) >= 8
    try:
        for command, printed in steps:
            assert follow(command, printed, environment) == plain(printed), command
    finally:
        subprocess.run(["mindhold", "stop"], env=environment, check=False, capture_output=True)


def test_readme_names_every_command() -> None:
    missing = [name for name in COMMANDS if not re.search(rf"`(mindhold )?{name}\b", README)]
    assert not missing


def test_readme_names_every_header() -> None:
    sources = "".join(path.read_text() for path in (ROOT / "proxy").rglob("*.py")).lower()
    headers = set(re.findall(r"x-mindhold-[a-z]+", sources))
    assert len(headers) >= 8
    assert not {header for header in headers if header not in README.lower()}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?://)([^)#]+)", page.read_text())
    assert not [link for link in links if not (page.parent / link).exists()]
