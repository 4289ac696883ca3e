"""A curve as an SVG that is read on light and dark pages."""

from collections.abc import Sequence

_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 640, 20, 300
_POINTS = 400  # of a curve at most; more would be no finer to see
_KINDS = ("first", "second")

Named = tuple[str, Sequence[float]]


def drawn(label: str, below: str, over: Sequence[float], *curves: Named) -> str:
    """At most two curves with their names, each from 0 to a scale of its own, and their ends."""
    every = max(1, len(over) // _POINTS)
    drawings = []
    for kind, (name, values) in zip(_KINDS, curves, strict=False):
        most = max(values) * 1.25
        pairs = list(zip(over, values, strict=True))[::every]
        points = " ".join(f"{_x(at, over[-1]):.1f},{_y(value, most):.1f}" for at, value in pairs)
        end = _y(values[-1], most) + 4
        drawings += [
            f'<polyline class="{kind}" points="{points}"/>',
            f'<text class="{kind}" x="648" y="{end:.0f}">{name}: {values[-1]:,.0f}</text>',
        ]
    ticks = "".join(
        f'<text x="{_x(share, 1):.0f}" y="{_BOTTOM + 22}" text-anchor="middle">'
        f"{share * over[-1]:,.0f}</text>"
        for share in (0, 0.25, 0.5, 0.75, 1)
    )
    return _SVG.format(label=label, below=below, ticks=ticks, curves="\n".join(drawings))


def _x(value: float, most: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * value / most


def _y(value: float, most: float) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * value / most


_SVG = f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 360" role="img" aria-label="{{label}}">
<style>
text {{{{ font: 13px system-ui, sans-serif; fill: #57606a }}}}
line {{{{ stroke: #8c959f; stroke-opacity: .5 }}}}
polyline {{{{ fill: none; stroke-width: 2; stroke-linejoin: round }}}}
polyline.first {{{{ stroke: #0969da }}}} text.first {{{{ fill: #0969da }}}}
polyline.second {{{{ stroke: #bc4c00 }}}} text.second {{{{ fill: #bc4c00 }}}}
@media (prefers-color-scheme: dark) {{{{
text {{{{ fill: #9198a1 }}}}
polyline.first {{{{ stroke: #4493f8 }}}} text.first {{{{ fill: #4493f8 }}}}
polyline.second {{{{ stroke: #f0883e }}}} text.second {{{{ fill: #f0883e }}}}
}}}}
</style>
<line x1="{_LEFT}" x2="{_RIGHT}" y1="{_BOTTOM}" y2="{_BOTTOM}"/>
{{ticks}}
{{curves}}
<text x="{(_LEFT + _RIGHT) // 2}" y="{_BOTTOM + 46}" text-anchor="middle">{{below}}</text>
</svg>
"""
