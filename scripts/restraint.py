"""Writes the figures of docs/restraint.md anew: restraint.py developed|untouched.

Tables by family, life and language, what each rule is worth, what still fails, and a line in short.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "restraint.md"
PARTS = ("untouched", "developed")
OPTIONS = [
    "--markdown",
    "--failures",
    "--ablate",
    "--by",
    "family",
    "--by",
    "life",
    "--by",
    "language",
]


def main(part: str) -> None:
    """Measures the part and puts what comes of it into its place."""
    page = replaced(PAGE.read_text("utf-8"), part, measured(part))
    PAGE.write_text(replaced(page, "short", short(page)), "utf-8")


def measured(part: str) -> str:
    """What the command says of the part."""
    probes = str(ROOT / "tests" / "probes" / part)
    command = [sys.executable, "-m", "mindhold", "eval", "retrieval", "--probes", probes, *OPTIONS]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def short(page: str) -> str:
    """The head of the first table, and the last row of each part's."""
    head, line, *_ = between(page, PARTS[1]).splitlines()
    rows = [
        next(row for row in text.splitlines() if row.startswith("| all |")).replace("all", part, 1)
        for part in PARTS
        if (text := between(page, part))
    ]
    return "\n".join([head.replace("family", "part", 1), line, *rows])


def between(page: str, name: str) -> str:
    """What stands between the marks of that name, without empty lines around it."""
    return page.partition(f"<!-- {name} -->")[2].partition(f"<!-- /{name} -->")[0].strip()


def replaced(page: str, name: str, text: str) -> str:
    """The page with another text between those marks."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, after = page.partition(begin)[0], page.partition(end)[2]
    return f"{before}{begin}\n\n{text.strip()}\n\n{end}{after}"


if __name__ == "__main__":
    main(*sys.argv[1:])
