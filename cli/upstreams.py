"""`mindhold upstreams`: where calls go, and whether they arrive."""

from typing import TYPE_CHECKING, Annotated

import typer

from mindhold.cli.failure import Failed
from mindhold.cli.places import Places
from mindhold.cli.terminal import AsJson, data, mark, table

if TYPE_CHECKING:
    import httpx

    from mindhold.proxy.settings import Settings, Upstream

app = typer.Typer(no_args_is_help=True, help="Where calls go: the upstreams of the config.")

_MODELS = {"openai": "/models", "anthropic": "/v1/models", "ollama": "/api/tags"}


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """List the upstreams, in the order in which they are asked."""
    rows = [
        {
            "name": one.name,
            "dialect": one.dialect,
            "base_url": one.base_url,
            "key": one.key,
            "models": list(one.models),
        }
        for one in Places.find().settings().upstreams
    ]
    if as_json:
        data(rows)
    else:
        table(rows, none="No upstreams; only the model demo answers.")


@app.command("test")
def try_(
    name: Annotated[str | None, typer.Argument(help="Only this one.")] = None,
    as_json: AsJson = False,
) -> None:
    """Ask each upstream for its models, once. Exits with 1 unless all can be used."""
    places = Places.find()
    settings = places.settings()
    asked = [named(settings, name)] if name else list(settings.upstreams)
    rows = [{"name": one.name, **ask(places, one)} for one in asked]
    if as_json:
        data(rows)
    else:
        for row in rows:
            sign = mark("✓", "green") if row["ok"] else mark("✗", "red")
            typer.echo(f"{sign} {row['name']}: {row['said']}")
    raise typer.Exit(0 if all(row["ok"] for row in rows) else 1)


def named(settings: "Settings", name: str) -> "Upstream":
    """The upstream of that name; raises `Failed` with the names that there are."""
    for one in settings.upstreams:
        if one.name == name:
            return one
    names = ", ".join(one.name for one in settings.upstreams) or "none"
    raise Failed(f"No upstream is called {name}; the config has: {names}.")


def ask(places: Places, upstream: "Upstream") -> dict[str, object]:
    """What the upstream says to a question for its models; never the key, nor its own words."""
    import httpx

    from mindhold.proxy.keys import Keys, KeyUnavailable

    try:
        key = Keys(places.home).get(upstream)
    except KeyUnavailable as error:
        return {"ok": False, "said": str(error)}
    url = upstream.base_url.rstrip("/") + _MODELS[upstream.dialect]
    with _client(upstream) as client:
        try:
            status = client.get(url, headers=_headers(upstream, key)).status_code
        except httpx.HTTPError as error:
            return {"ok": False, "said": f"it cannot be reached ({type(error).__name__})."}
    return _meaning(upstream, status)


def _client(upstream: "Upstream") -> "httpx.Client":
    """A client that goes the way that the proxy's calls go."""
    import httpx

    from mindhold.proxy.upstream import environment_proxy, trust

    proxy = upstream.proxy or environment_proxy(httpx.URL(upstream.base_url).host)
    return httpx.Client(verify=trust(upstream.ca), proxy=proxy, trust_env=False, timeout=10)


def _headers(upstream: "Upstream", key: str | None) -> dict[str, str]:
    version = {"anthropic-version": "2023-06-01"} if upstream.dialect == "anthropic" else {}
    if not key:
        return version
    if upstream.dialect == "anthropic":
        return version | {"x-api-key": key}
    return {"authorization": f"Bearer {key}"}


def _meaning(upstream: "Upstream", status: int) -> dict[str, object]:
    if status < 400:
        return {"ok": True, "said": f"it answers ({status})."}
    if status in {401, 403} and upstream.key == "passthrough":
        return {"ok": True, "said": f"it answers, and wants the caller's own key ({status})."}
    if status in {401, 403}:
        return {"ok": False, "said": f"it does not take the key ({status})."}
    return {"ok": status == 404, "said": f"it answers with {status}."}
