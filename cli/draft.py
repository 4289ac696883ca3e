"""The config file that `mindhold init` writes, which explains itself."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from mindhold.cli.choosing import Reader
from mindhold.cli.neighbours import Neighbour
from mindhold.proxy.settings import ANTHROPIC, OPENAI, Upstream


class Mode(StrEnum):
    """How it learns."""

    AUTO = "auto"
    CURATED = "curated"
    EXPLICIT = "explicit"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What is to be written; the defaults are those of `--yes`."""

    base_url: str = OPENAI.base_url
    key: str = "passthrough"
    mode: Mode = Mode.AUTO
    inject: bool = True
    others: bool = False  # whether other people can log in to this machine
    found: tuple[Neighbour, ...] = ()  # model servers on this machine
    reader: Reader | None = None

    @property
    def openai(self) -> Upstream:
        """The upstream of calls that no model server here is for."""
        return replace(OPENAI, base_url=self.base_url, key=self.key)


def text(choices: Choices) -> str:
    """The whole file."""
    token = "always" if choices.others else "auto"
    why = "others can log in to this machine" if choices.others else "when the proxy holds a key"
    return f"""\
# mindhold's config. Every key with its default: config.example.yaml of the project.
# API keys never stand here: `mindhold keys set NAME` puts one into the system's keyring.

listen:
  host: localhost
  port: 7723

# The first that fits the model is asked; `demo` is built in.
upstreams:
{"".join(map(_upstream, _upstreams(choices)))}
inject:
  enabled: {str(choices.inject).lower():<16}# false: observe; learn, and put nothing into requests

learn:
  mode: {choices.mode:<18}# off; explicit: plain statements only; curated: all waits for you
{_background(choices.reader)}
# The memory of calls that name no scope of their own.
default_scope: domain:general

auth:
  require_token: {token:<9}# {why}
"""


def _upstreams(choices: Choices) -> Iterator[Upstream]:
    """Those on this machine first, then the two that are always there, then the reader's own."""
    for one in choices.found:
        yield Upstream(name=one.name, dialect="openai", base_url=one.base_url, key="none",
                       models=one.models)  # fmt: skip
    yield choices.openai
    yield ANTHROPIC
    if choices.reader and choices.reader.upstream:
        yield choices.reader.upstream


def _upstream(upstream: Upstream) -> str:
    own = "       # the caller's own" if upstream.key == "passthrough" else ""
    lines = [
        f"  - name: {upstream.name}",
        f"    dialect: {upstream.dialect}",
        f"    base_url: {json.dumps(upstream.base_url)}",
        f"    key: {upstream.key}{own}",
    ]
    if upstream.models != ("*",):
        lines.append(f"    models: {json.dumps(upstream.models, ensure_ascii=False)}")
    return "".join(f"{line}\n" for line in lines)


def _background(reader: Reader | None) -> str:
    """The model that reads along, with its limits; null where there is none."""
    if reader is None:
        return "  background: null        # a model that reads along\n"
    first = {"upstream": reader.model.upstream, "model": reader.model.model}
    values = first | {k: v for k, v in asdict(reader.model).items() if v is not None}
    lines = [f"    {key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "\n".join(["  background:             # a model that reads along", *lines, ""])
