"""What many tests share: the scripted upstream, and the real proxy in front of it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import hypothesis
import pytest
from serving import Served, serving
from upstream import Upstream

from mindhold.proxy.app import create_app
from mindhold.proxy.settings import Settings
from mindhold.proxy.settings import Upstream as Line

# On a busy machine an example that takes long, or is long in the making, is no finding.
hypothesis.settings.register_profile(
    "busy", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("busy")


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """A scripted upstream that answers every chat until it is told otherwise."""
    with Upstream().running() as running:
        yield running


@pytest.fixture
def settings(upstream: Upstream, tmp_path: Path) -> Settings:
    """Settings whose upstreams of every dialect are the scripted one."""
    lines = (
        Line(name="scripted", dialect="openai", base_url=upstream.url),
        Line(name="claude", dialect="anthropic", base_url=upstream.origin),
        Line(name="llama", dialect="ollama", base_url=upstream.origin, key="none"),
    )
    return Settings(home=tmp_path / "home", upstreams=lines)


@pytest.fixture
def serve(settings: Settings) -> Iterator[Callable[..., Served]]:
    """Starts the real proxy with these settings changed: `serve(require_token="always")`."""
    with ExitStack() as stack:
        yield lambda **changed: stack.enter_context(
            serving(create_app(replace(settings, **changed)))
        )


@pytest.fixture
def proxy(serve: Callable[..., Served]) -> Served:
    """The real proxy in front of the scripted upstream."""
    return serve()
