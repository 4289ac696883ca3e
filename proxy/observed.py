"""Observed: what the proxy tells of itself, at /healthz for everybody, at /metrics for readers."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from mindhold import __version__
from mindhold.proxy.condition import Condition
from mindhold.proxy.figures import figures, seconds
from mindhold.proxy.frontdoor import FrontDoor
from mindhold.proxy.headers import OWN
from mindhold.proxy.memory import Memory
from mindhold.proxy.metrics import (
    KIND,
    Families,
    Family,
    Line,
    Metrics,
    counter,
    gauge,
    gauges,
    text,
)
from mindhold.proxy.process import process
from mindhold.proxy.settings import Settings
from mindhold.proxy.upstream import Upstreams

_PATIENCE = 1.0  # seconds that a disk may take; else what lies there is left out
_HEADERS = {name.decode(): value.decode() for name, value in OWN}


class Observed:
    """The two of our own paths that only tell."""

    def __init__(
        self,
        settings: Settings,
        memory: Memory,
        upstreams: Upstreams,
        metrics: Metrics,
        door: FrontDoor,
    ) -> None:
        self._settings = settings
        self._memory = memory
        self._upstreams = upstreams
        self._metrics = metrics
        self._door = door

    async def health(self, _: Request) -> JSONResponse:
        """Whether it serves and memory with it; no private text."""
        told: dict[str, Any] = {"status": "ok", **self._memory.health()}
        return JSONResponse(told | {"keys_missing": self._upstreams.missing}, headers=_HEADERS)

    async def counted(self, request: Request) -> Response:
        """Everything that is counted, for Prometheus."""
        self._door.admit_reader(request.scope["headers"])
        found: list[Family] = []
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                look = partial(figures, home=self._settings.home, now=self._memory.now())
                found = await self._memory.behind(look) or []
        condition = self._memory.condition()
        families = [
            *self._metrics.families(),
            *_memory(condition),
            gauge("mindhold_keys_missing", self._upstreams.missing),
            *found,
            *process(),
            gauges("mindhold_build_info", "version", [(__version__, 1)]),
        ]
        return Response(text(families), headers=_HEADERS | {"content-type": KIND})


def _memory(condition: Condition) -> Families:
    now = condition.now
    yield gauge("mindhold_memory_out", int(condition.memory == "bypass"))
    yield gauge("mindhold_memory_out_seconds", seconds(condition.out_since, now))
    for name, count in condition.counts.items():
        yield counter(f"mindhold_memory_{name}_total", count)
    unwritten, since = condition.unwritten
    yield gauge("mindhold_memory_unwritten", unwritten)
    yield gauge("mindhold_memory_unwritten_seconds", seconds(since, now))
    yield from _asked(condition.asked)


def _asked(asked: Mapping[str, int]) -> Families:
    """What the background extractor asked its model; nothing where it has none."""
    for name, label, kinds in _ASKED if asked else ():
        lines = [Line(value=asked[key], labels=((label, kind),)) for key, kind in kinds]
        yield Family(f"mindhold_background_{name}_total", "counter", lines)


_ASKED = (
    ("calls", "outcome", (("answered", "answered"), ("failed", "failed"))),
    ("tokens", "direction", (("tokens_in", "in"), ("tokens_out", "out"))),
)
