"""The choice of a background extractor: which model reads along, where, and within what limits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import typer

from mindhold.beliefs.learning.background.budget import DAILY_TOKENS, Model
from mindhold.cli.failure import Failed
from mindhold.cli.neighbours import Neighbour, models_at
from mindhold.proxy.address import BadAddress, check_upstream, loopback
from mindhold.proxy.settings import Upstream

NAME = "background"
"""The upstream that is written for it where no other fits."""

_OFFERED = 8
_NO_CHAT = ("embed", "rerank", "whisper", "tts", "bge-", "minilm", "clip", "diffusion")
_CHEAP = {"api.openai.com": "gpt-4o-mini"}
_PRICES = {"gpt-4o-mini": (0.15, 0.6)}  # of a million tokens in and out, in dollars
_DAILY_COST = 0.1
_INTRODUCTION = """
A model may read along behind your requests and find what the rules do not hear. It is sent
your own sentences, without what you paste, and without secrets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A model that reads along, and the upstream that the config must have for it, if any."""

    model: Model
    upstream: Upstream | None = None


def named(
    text: str,
    model: str | None,
    found: Sequence[Neighbour],
    upstreams: Mapping[str, Upstream],
    keeper: str,
) -> Reader:
    """What `--background` says: a server found here, an upstream, or a URL; raises `Failed`.

    `keeper` is where the proxy holds keys on this system.
    """
    near = next((one for one in found if text.rstrip("/") in {one.name, one.base_url}), None)
    if near:
        return _of(near.name, model or _first(near.models, text))
    if text in upstreams:
        model = _model(model, upstreams[text].base_url)
        return _held(upstreams[text], model, keeper, _PRICES.get(model))
    if "://" not in text:
        known = ", ".join([*(one.name for one in found), *upstreams])
        raise Failed(f"--background {text} is no server found here, no upstream ({known}), no URL.")
    upstream = Upstream(name=NAME, dialect="openai", base_url=_checked(text), key="none")
    if not loopback(urlsplit(text).hostname or ""):
        model = _model(model, text)
        return _held(replace(upstream, key="passthrough"), model, keeper, _PRICES.get(model))
    model = model or _first(models_at(text), text)
    return _of(NAME, model, replace(upstream, models=(model,)))


def asked(found: Sequence[Neighbour], upstream: Upstream, keeper: str) -> Reader | None:
    """What the owner chooses: of a server on this machine first, else of the upstream in use."""
    typer.echo(_INTRODUCTION)
    if choices := list(_choices(found)):
        return _asked_local(choices)
    cheap = _CHEAP.get(urlsplit(upstream.base_url).hostname or "")
    such = f", such as {cheap}" if cheap else ""
    prompt = (
        f"No model server was found on this machine. A cheap model of {upstream.base_url}{such}"
    )
    model = typer.prompt(f"{prompt} (Enter: none)", default="", show_default=False).strip()
    if not model:
        return None
    return _held(upstream, model, keeper, _asked_prices(_PRICES.get(model)))


def _asked_local(choices: Sequence[tuple[str, str]]) -> Reader | None:
    for number, (server, model) in enumerate(choices, start=1):
        typer.echo(f"  {number}  {model}, of {server} on this machine")
    while True:
        said = typer.prompt("Which one (Enter: none)", default="", show_default=False).strip()
        if not said:
            return None
        if said.isdigit() and 1 <= int(said) <= len(choices):
            return _of(*choices[int(said) - 1])
        typer.echo(f"Say a number from 1 to {len(choices)}, or nothing.")


def _asked_prices(known: tuple[float, float] | None) -> tuple[float, float] | None:
    """Of a million tokens, in and out; None: unknown, so that only tokens are counted."""
    default = " ".join(map(str, known)) if known else ""
    prompt = "What a million tokens of it cost, in and out, such as 0.15 0.6 (- if unknown)"
    while True:
        said = str(typer.prompt(prompt, default=default or "-")).replace(",", " ").split()
        if said == ["-"]:
            return None
        try:
            price_in, price_out = map(float, said)
        except ValueError:
            typer.echo("Say two numbers, or - if you do not know.")
            continue
        if min(price_in, price_out) >= 0:
            return price_in, price_out


def _choices(found: Sequence[Neighbour]) -> Iterator[tuple[str, str]]:
    pairs = [(one.name, model) for one in found for model in one.models if _chats(model)]
    yield from pairs[:_OFFERED]


def _chats(model: str) -> bool:
    return not any(word in model.lower() for word in _NO_CHAT)


def _first(models: Sequence[str], where: str) -> str:
    for model in models:
        if _chats(model):
            return model
    raise Failed(f"{where} lists no model that chats; name one: --model.")


def _model(model: str | None, base_url: str) -> str:
    cheap = _CHEAP.get(urlsplit(base_url).hostname or "")
    if model or cheap:
        return model or cheap or ""
    raise Failed(f"Which model of {base_url} shall read along? Name it: --model.")


def _checked(url: str) -> str:
    try:
        check_upstream(url, local=False)
    except BadAddress as error:
        raise Failed(f"--background {error}") from None
    return url


def _of(name: str, model: str, upstream: Upstream | None = None) -> Reader:
    """One on this machine: it costs nothing but time."""
    chosen = Model(upstream=name, model=model, daily_tokens=DAILY_TOKENS)
    return Reader(model=chosen, upstream=upstream)


def _held(
    upstream: Upstream, model: str, keeper: str, prices: tuple[float, float] | None
) -> Reader:
    """One elsewhere, with a key that the proxy holds: an upstream of its own where the callers'
    keys are passed on. Without prices only tokens are counted."""
    own = None
    if upstream.key == "passthrough":
        own = replace(upstream, name=NAME, key=keeper, models=(model,))
    chosen = Model(upstream=own.name if own else upstream.name, model=model)
    if prices:
        price_in, price_out = prices
        chosen = replace(chosen, price_in=price_in, price_out=price_out, daily_cost=_DAILY_COST)
    return Reader(model=chosen, upstream=own)
