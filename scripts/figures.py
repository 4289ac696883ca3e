"""Writes the figures of a page of the documentation anew: figures.py restraint|extraction PART.

Tables by the groups of the page, and a line in short for each part.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCS, TESTS = ROOT / "docs", Path("tests")
_RESTRAINT = ["--failures", "--ablate", "--by", "family", "--by", "life", "--by", "language"]
_EXTRACTION = ["--by", "file", "--by", "kind"]
PAGES: dict[str, dict[str, list[str]]] = {
    "restraint": {
        part: ["retrieval", "--probes", str(TESTS / "probes" / part), *_RESTRAINT]
        for part in ("untouched", "developed")
    },
    "extraction": {
        "unseen": ["extraction", str(TESTS / "learning" / "unseen"), *_EXTRACTION],
        "developed": [
            "extraction", str(TESTS / "learning" / "sentences"),
            str(TESTS / "learning" / "conversations"), *_EXTRACTION,
        ],
    },
}  # fmt: skip


def main(page: str, part: str) -> None:
    """Measures the part and puts what comes of it into its place."""
    path = DOCS / f"{page}.md"
    text = replaced(path.read_text("utf-8"), part, measured(PAGES[page][part]))
    path.write_text(replaced(text, "short", short(text, PAGES[page])), "utf-8")


def measured(options: list[str]) -> str:
    """What the command says of the part."""
    command = [sys.executable, "-m", "mindhold", "eval", *options, "--markdown"]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout


def short(page: str, parts: dict[str, list[str]]) -> str:
    """The head of the first table, and the last row of each part's."""
    tables = {part: text for part in parts if (text := between(page, part))}
    head, line, *_ = next(iter(tables.values())).splitlines()
    rows = [
        next(row for row in text.splitlines() if row.startswith("| all |")).replace("all", part, 1)
        for part, text in tables.items()
    ]
    cells = head.split("|", 2)
    return "\n".join([f"| part |{cells[2]}", line, *rows])


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
