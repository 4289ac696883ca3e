"""Writes the measured part of docs/restraint.md anew: restraint.py developed|untouched.

Tables by family, life and language, what each rule is worth, and what still fails.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "restraint.md"
MINDHOLD = [sys.executable, "-m", "mindhold", "eval", "retrieval", "--markdown"]


def main(part: str) -> None:
    """Puts the tables between the marks of the part."""
    options = [
        "--failures",
        "--ablate",
        *(o for by in ("family", "life", "language") for o in ("--by", by)),
    ]
    command = [*MINDHOLD, "--probes", str(ROOT / "tests" / "probes" / part), *options]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    begin, end = f"<!-- {part} -->\n", f"<!-- /{part} -->"
    page = PAGE.read_text("utf-8")
    before, _, rest = page.partition(begin)
    _, closing, after = rest.partition(end)
    if not closing:
        raise SystemExit(f"{PAGE} has no place for {part}.")
    PAGE.write_text(f"{before}{begin}{told}{closing}{after}", "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
