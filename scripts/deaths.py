"""Soaks of what befalls processes: kills, torn logs, sleep, and others that write at once."""

import time
from pathlib import Path


def kills(count: int = 200) -> str:
    """A real daemon killed by SIGKILL while it learns, by its rules and by a model behind them."""
    import random
    import tempfile

    from kills import ACKNOWLEDGED, survive

    with tempfile.TemporaryDirectory() as home:
        found = survive(Path(home), count, random.Random(time.time_ns()), background=True)
    return (
        f"{found.killed} kills, {len(found.sent):,} turns sent: each of the"
        f" {len(found.answered):,} answered {ACKNOWLEDGED * 1000:.0f} ms before a kill has taught"
        f" the rules and the model's reading once, none twice, and nothing was left waiting."
    )


def points(times: int = 20) -> str:
    """A real daemon killed by SIGKILL so often at each of many named points of its work."""
    import random
    import tempfile

    from points import survive

    held = 10_000
    rng = random.Random(time.time_ns())
    with tempfile.TemporaryDirectory() as home:
        found = survive(Path(home) / "home", times, rng, held=held, after=1.0)
    rows = [f"| {point} | {killed} |" for point, killed in found.killed.items()]
    told = (
        f"{sum(found.killed.values())} kills, {found.sent:,} turns sent to a store of {held:,}"
        f" beliefs: each left the first of what was said, and none of the {len(found.answered):,}"
        " turns answered a second before a kill was lost or learned twice. The index then took"
        f" {max(found.caught_up):.2f} s of work at most to know all that was held."
    )
    return "\n".join([told, "", "| where it died | kills |", "|---|---|", *rows])


def torn(count: int = 600) -> str:
    """A write-ahead log cut short or turned at any byte; what is left stood after a commit."""
    import random
    import tempfile

    from tearing import COMMITS, tear

    with tempfile.TemporaryDirectory() as home:
        left = tear(Path(home), count, random.Random(time.time_ns()))
    return (
        f"{count:,} damaged logs of {COMMITS} commits: each left the commits before the damage,"
        f" {sum(left) / count:.0f} on average, whole and none after a missing one."
    )


def encryption(count: int = 50) -> str:
    """A store encrypted, rekeyed and decrypted by processes that die by SIGKILL midway."""
    import random
    import tempfile

    from encrypting import survive

    with tempfile.TemporaryDirectory() as place:
        found = survive(Path(place), count, random.Random(time.time_ns()))
    return (
        f"{found.killed} kills, each leaving a whole store, {found.changed} times the new one;"
        " once it was encrypted, a canary was in no file."
    )


def sleep(seconds: int = 120) -> str:
    """A real daemon that is stopped for minutes with a chat on its way, and goes on."""
    import tempfile

    from sleeping import sleep

    with tempfile.TemporaryDirectory() as home:
        took = sleep(Path(home) / "home", seconds)
    return (
        f"Stopped for {seconds} s: the stream that was open came whole, a pause that ended"
        f" meanwhile was over, memory was given to a chat {took:.2f} s after waking, what was said"
        " was learned, and it ended with 0."
    )


def commands(count: int = 10_000) -> str:
    """Four command lines that write at once beside a daemon that learns from chats."""
    import tempfile

    from commanding import command

    with tempfile.TemporaryDirectory() as home:
        found = command(Path(home) / "home", count)
    if found.told:
        raise AssertionError(f"{len(found.told)} were turned away: {found.told[:3]}")
    return (
        f"{count:,} operations, {found.chats:,} chats beside them: none was turned away, none was"
        f" lost; the longest operation took {found.worst:.2f} s."
    )
