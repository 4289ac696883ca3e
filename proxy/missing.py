"""Missing: no upstream is there for a call, and the line in the config that mends it."""

import json
import re
from collections.abc import Sequence

from mindhold.proxy.errors import NoModel, NoUpstream
from mindhold.proxy.settings import ANTHROPIC, OPENAI, Dialect, Upstream

_OLLAMA = Upstream(name="local", dialect="ollama", base_url="http://127.0.0.1:11434", key="none")
_FIELDS = ("name", "dialect", "base_url", "key")
_USUAL: dict[Dialect, Upstream] = {"openai": OPENAI, "anthropic": ANTHROPIC, "ollama": _OLLAMA}
_WHERE = "upstreams: in the config (mindhold status says where it lies), then mindhold restart"


def no_dialect(dialect: Dialect, there: Sequence[Upstream]) -> NoUpstream:
    """Nothing speaks this dialect, and a call is never translated into another."""
    usual = [_line(_USUAL[dialect])]
    if tuple(there) == (OPENAI, ANTHROPIC):  # nothing was configured: a list takes their place
        usual = [*map(_line, there), *usual]
    return NoUpstream(
        f"No upstream speaks the dialect {dialect}, and calls are not translated."
        f" Put this under {_WHERE}: {' '.join(usual)}"
    )


def no_model(model: str, there: Sequence[Upstream]) -> NoModel:
    """There are upstreams of the dialect, and none serves this model."""
    named = model if re.fullmatch(r"[\w.:/@+-]{1,100}", model, re.ASCII) else "MODEL"
    serving = "; ".join(f"{one.name} serves {', '.join(one.models)}" for one in there)
    first = there[0]
    return NoModel(
        f"No upstream of dialect {first.dialect} serves this model: {serving}."
        f" If {first.name} has it, give it this line under {_WHERE}:"
        f" models: {json.dumps([*first.models, named], ensure_ascii=False)}"
    )


def _line(upstream: Upstream) -> str:
    fields = [f"{name}: {getattr(upstream, name)}" for name in _FIELDS]
    return f"- {{{', '.join(fields)}}}"
