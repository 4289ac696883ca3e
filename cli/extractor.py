"""The background extractor as its owner sees it: what it costs, and why it rests."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

import typer

from mindhold.cli.options import local_zone
from mindhold.cli.places import Places
from mindhold.cli.terminal import data, table
from mindhold.cli.trouble import Trouble

if TYPE_CHECKING:
    from mindhold.beliefs.learning.background.budget import Model
    from mindhold.beliefs.learning.background.calls import Call

_SHOWN = 10  # calls that are listed one by one

Row = dict[str, Any]


def look(places: Places) -> Row | None:
    """How it stands today; None where the config names none, or nobody can tell."""
    from mindhold.beliefs.errors import StoreError
    from mindhold.beliefs.store import Store
    from mindhold.proxy.settings import ConfigError

    try:
        chosen = places.settings().learn
        if chosen.background is None or chosen.mode == "off":
            return None
        with Store.open(places.home, create=False, readonly=True) as store:
            return _standing(store, chosen.background, places)
    except (ConfigError, StoreError):
        return None  # status and doctor tell these themselves


def _standing(store: Any, model: "Model", places: Places) -> Row:
    from mindhold.beliefs.learning.background import calls
    from mindhold.beliefs.learning.background.waiting import count, dropped
    from mindhold.proxy.opened import day

    now, zone = datetime.now(UTC), local_zone(places)
    since = day(now, zone)
    circuit = calls.breaker(store.database, model, now)
    full = calls.full(store.database, since)
    return {
        "upstream": model.upstream,
        "model": model.model,
        "daily_tokens": model.daily_tokens,
        "daily_cost": model.daily_cost,
        "waiting": count(store.database),
        "today": _sum(call for call in calls.recent(store.database) if call.at >= since),
        "dropped": dropped(store.database, since),
        "full_since": full and full.astimezone(zone),
        "circuit": asdict(circuit)
        | {
            "since": circuit.since and circuit.since.astimezone(zone),
            "until": circuit.until and circuit.until.astimezone(zone),
        },
    }


def troubles(found: Row) -> Iterator[Trouble]:
    """What keeps it from working."""
    if found["circuit"]["until"]:
        todo, circuit = f"mindhold upstreams test {found['upstream']}", found["circuit"]
        yield Trouble(part="background", said=_resting(circuit), todo=todo, since=circuit["since"])
    if since := found["full_since"]:
        more = "For more, raise learn.background.daily_tokens or daily_cost in the config."
        yield Trouble(
            part="background", said=_used_up(found), todo=more, since=since, weight="note"
        )
    if dropped := found["dropped"]:
        told = "; ".join(f"{count}: {reason}" for reason, count in dropped.items())
        sentence = (
            f"The background extractor let go of {sum(dropped.values())} turns today ({told})."
        )
        todo = "mindhold learn --costs"
        yield Trouble(part="background", said=sentence, todo=todo, weight="note")


def _resting(circuit: Row) -> str:
    again = f"at {circuit['until']:%H:%M}" if circuit["open"] else "with the next turn that is due"
    return (
        f"The background extractor rests: its last {circuit['failures']} calls have failed."
        f" {circuit['reason']} It tries again {again}; until then the rules learn alone."
    )


def _used_up(found: Row) -> str:
    spent = f"{found['today']['tokens']:,} of {found['daily_tokens']:,} tokens"
    return (
        f"The background extractor's day is used up: what is left is not enough for another call"
        f" ({spent}{_money(found)}). What waits is asked about tomorrow."
    )


def summary(found: Row) -> str:
    """Its day in one line."""
    today = found["today"]
    calls = f"{today['calls']} call{'' if today['calls'] == 1 else 's'} to {found['model']} today"
    tokens = f"{today['tokens']:,} of {found['daily_tokens']:,} tokens"
    return f"{calls}, {tokens}{_money(found)}; {found['waiting']} turns wait"


def costs(places: Places, *, as_json: bool) -> None:
    """List what each day, and the last calls one by one, have cost."""
    from mindhold.beliefs.learning.background import calls
    from mindhold.beliefs.store import Store

    zone = local_zone(places)
    with Store.open(places.home, create=False, readonly=True) as store:
        every = calls.recent(store.database)
    days = [
        {"day": day.isoformat(), **_sum(of_day)}
        for day, of_day in groupby(every, key=lambda call: call.at.astimezone(zone).date())
    ]
    if as_json:
        data({"days": days, "calls": [asdict(call) for call in every]})
        return
    table(days, none="The background extractor has not asked its model yet.")
    if every:
        typer.echo("\nThe last calls:\n")
        table([_line(call, zone) for call in every[:_SHOWN]], none="")


def _sum(every: Iterable["Call"]) -> Row:
    found = list(every)
    prices = [call.cost for call in found if call.cost is not None]
    return {
        "calls": len(found),
        "failed": sum(call.outcome == "failed" for call in found),
        "turns": sum(call.turns for call in found if call.outcome == "answered"),
        "tokens": sum(call.tokens_in + call.tokens_out for call in found),
        "cost": round(sum(prices), 6) if prices else None,
    }


def _line(call: "Call", zone: Any) -> Row:
    return {
        "time": f"{call.at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
        "model": call.model,
        "turns": call.turns,
        "in": call.tokens_in,
        "out": call.tokens_out,
        "cost": "" if call.cost is None else f"{call.cost:.6f}",
        "ms": call.ms,
        "outcome": " ".join(filter(None, (call.outcome, call.reason))),
    }


def _money(found: Row) -> str:
    cost, most = found["today"]["cost"], found["daily_cost"]
    if cost is None:
        return ""
    return f", {cost:.4f}" + (f" of {most:g}" if most is not None else "")
