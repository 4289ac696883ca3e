"""Writes docs/flywheel.json and docs/flywheel.svg: whether what is held is found as words change.

Every life of tests/drift, in several courses, once with learning and once without; see
tests/drifting.py. Takes minutes: flywheel.py [courses]
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from drifting import CONVERSATIONS, LIVES, Lived, lived  # noqa: E402 - tests are no package

DATA, PLOT = ROOT / "docs" / "flywheel.json", ROOT / "docs" / "flywheel.svg"
COURSES = 6
_COUNTED = ("due", "found", "new", "new_found", "given", "wrong", "homonyms", "taken")
_NAMES = {
    "precision": "precision",
    "learning": "all found, learning from use",
    "words": "new words found, by use",
    "control": "all found, learning off",
}
_LINE = 17  # units that a line of text takes
_TOGETHER = 5  # conversations that one point of the curve takes together


def main(courses: int = COURSES) -> None:
    """Runs them all, writes the figures and draws them."""
    runs = list(product(LIVES, range(courses), (True, False)))
    with ProcessPoolExecutor(max_workers=2) as pool:
        done = list(pool.map(_run, runs))
    found = {on: [one for run, one in zip(runs, done, strict=True) if run[2] is on]
             for on in (True, False)}  # fmt: skip
    figures = told(found[True], found[False])
    DATA.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")
    PLOT.write_text(drawn(figures), "utf-8")
    print(json.dumps({key: figures[key] for key in figures if key != "conversations"}, indent=1))


def _run(run: tuple[Path, int, bool]) -> Lived:
    path, seed, learning = run
    return lived(path, seed, learning=learning)


def told(learning: list[Lived], control: list[Lived]) -> dict[str, Any]:
    """The figures: each conversation of all courses together, and what became of the words."""
    words: dict[str, Counter[str]] = {}
    for how, _, learned in (name for one in learning for name in one.names):
        words.setdefault(how, Counter())["learned" if learned else "not"] += 1
    return {
        "lives": len(LIVES),
        "courses": len(learning) // len(LIVES),
        "recall": {
            "learning": _tenths(learning, "found", "due"),
            "control": _tenths(control, "found", "due"),
        },
        "new_words": {
            "learning": _tenths(learning, "new_found", "new"),
            "control": _tenths(control, "new_found", "new"),
        },
        "precision": {"learning": _precision(learning), "control": _precision(control)},
        "homonyms": {"learning": _homonyms(learning), "control": _homonyms(control)},
        "words": {how: dict(counts) for how, counts in sorted(words.items())},
        "strange": sorted({name for one in learning for name in one.strange}),
        "mistakes": sorted(text for one in learning for text in one.mistakes),
        "conversations": {"learning": _rows(learning), "control": _rows(control)},
    }


def _rows(lives: list[Lived]) -> list[dict[str, int]]:
    return [
        {key: sum(getattr(one.counts[at], key) for one in lives) for key in _COUNTED}
        for at in range(CONVERSATIONS)
    ]


def _tenths(lives: list[Lived], part: str, whole: str) -> list[float]:
    """A share in each ten conversations."""
    rows = _rows(lives)
    return [_share(rows[at : at + 10], part, whole) for at in range(0, len(rows), 10)]


def _precision(lives: list[Lived]) -> float:
    return round(1 - _share(_rows(lives), "wrong", "given"), 4)


def _homonyms(lives: list[Lived]) -> list[int]:
    """How many brought a belief that was not meant, and how many there were."""
    rows = _rows(lives)
    return [sum(row[key] for row in rows) for key in ("taken", "homonyms")]


def _share(rows: list[dict[str, int]], part: str, whole: str) -> float:
    return round(sum(row[part] for row in rows) / sum(row[whole] for row in rows), 3)


def drawn(figures: dict[str, Any]) -> str:
    """The curves as an SVG that is read on light and dark pages."""
    lines = "".join(
        f'<polyline class="{name}" points="{_points(rows, *of)}"/>'
        for name, rows, of in (
            ("precision", figures["conversations"]["learning"], ("right", "given")),
            ("words", figures["conversations"]["learning"], ("new_found", "new")),
            ("learning", figures["conversations"]["learning"], ("found", "due")),
            ("control", figures["conversations"]["control"], ("found", "due")),
        )
    )
    grid = "".join(
        f'<line class="grid" x1="60" x2="640" y1="{_y(share)}" y2="{_y(share)}"/>'
        f'<text x="52" y="{_y(share) + 4}" text-anchor="end">{share:.0%}</text>'
        for share in (0, 0.25, 0.5, 0.75, 1)
    )
    ticks = "".join(
        f'<text x="{_x(at)}" y="334" text-anchor="middle">{at}</text>'
        for at in range(0, CONVERSATIONS + 1, 10)
    )
    labels = "".join(
        f'<text class="{name}" x="648" y="{y + 4:.0f}">{text}</text>'
        for name, text, y in _labels(figures)
    )
    return _SVG.format(grid=grid, ticks=ticks, lines=lines, labels=labels)


def _points(rows: list[dict[str, int]], part: str, whole: str) -> str:
    rows = [{**row, "right": row["given"] - row["wrong"]} for row in rows]
    groups = [rows[at : at + _TOGETHER] for at in range(0, len(rows), _TOGETHER)]
    return " ".join(
        f"{_x((at + 0.5) * _TOGETHER):.0f},{_y(_share(group, part, whole)):.1f}"
        for at, group in enumerate(groups)
    )


def _labels(figures: dict[str, Any]) -> Iterator[tuple[str, str, float]]:
    """What is written at the end of each curve, and where, a line apart at least."""
    ends = sorted((_y(_last(figures, name)), name, text) for name, text in _NAMES.items())
    free = 0.0
    for y, name, text in ends:
        free = max(y, free + _LINE)
        yield name, text, free


def _last(figures: dict[str, Any], name: str) -> float:
    if name == "precision":
        return 1.0
    if name == "words":
        return _share(figures["conversations"]["learning"][-_TOGETHER:], "new_found", "new")
    return _share(figures["conversations"][name][-_TOGETHER:], "found", "due")


def _x(conversation: float) -> float:
    return 60 + 580 * conversation / CONVERSATIONS


def _y(share: float) -> float:
    return 310 - 280 * share


_SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 850 372" role="img" aria-label="Recall over \
fifty conversations, with and without the flywheel">
<style>
text {{ font: 13px system-ui, sans-serif; fill: #57606a }}
.grid {{ stroke: #8c959f; stroke-opacity: .35 }}
polyline {{ fill: none; stroke-width: 2.5; stroke-linejoin: round }}
polyline.learning {{ stroke: #0969da }} text.learning {{ fill: #0969da }}
polyline.control {{ stroke: #bc4c00; stroke-dasharray: 7 5 }} text.control {{ fill: #bc4c00 }}
polyline.words {{ stroke: #8250df }} text.words {{ fill: #8250df }}
polyline.precision {{ stroke: #1a7f37; stroke-width: 1.5 }} text.precision {{ fill: #1a7f37 }}
@media (prefers-color-scheme: dark) {{
text {{ fill: #9198a1 }}
polyline.learning {{ stroke: #4493f8 }} text.learning {{ fill: #4493f8 }}
polyline.control {{ stroke: #f0883e }} text.control {{ fill: #f0883e }}
polyline.words {{ stroke: #ab7df8 }} text.words {{ fill: #ab7df8 }}
polyline.precision {{ stroke: #3fb950 }} text.precision {{ fill: #3fb950 }}
}}
</style>
{grid}
{ticks}
<text x="350" y="358" text-anchor="middle">conversation</text>
{lines}
{labels}
</svg>
"""

if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
