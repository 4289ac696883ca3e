"""The soaks: one function each, named as it is called, given a count; its text is the report.

A soak raises where something is wrong. What it returns goes into docs/soak/<name>.md.
"""

import os
import platform
import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from deaths import commands, encryption, kills, points, sleep, torn
from explore import explore

REPORTS = Path(__file__).parent.parent / "docs" / "soak"
_FLAT, _OPENED = 8e6, 5  # bytes and descriptors that a daemon may have more of in the end


def invariants(count: int = 10_000) -> str:
    """Random sequences of changes to a store; every invariant is checked after every change."""
    from lives import sequences, survive

    lived: list[int] = []

    def live(sequence: list[tuple[str, int, int, int, int]]) -> None:
        survive(sequence)
        lived.append(len(sequence))

    explore(sequences, live, count)
    return f"{len(lived):,} sequences of {sum(lived):,} changes: no invariant was broken."


def hearings(count: int = 10_000) -> str:
    """Random statements and acts of the owner; every invariant is checked after each of them."""
    from hearings import hear, sequences

    heard: list[int] = []

    def listen(sequence: list[tuple[str, int, int, int]]) -> None:
        hear(sequence)
        heard.append(len(sequence))

    explore(sequences, listen, count)
    return f"{len(heard):,} sequences of {sum(heard):,} turns and acts: no invariant was broken."


def talks(count: int = 3_000) -> str:
    """Conversations of many kinds of client; each request extends the last, and all notes hold."""
    from talks import hold, talks

    held = [0]
    while sum(held) < count:
        explore(talks, lambda sequence: held.append(hold(sequence)), 200)
    return f"{sum(held):,} conversations: no prefix was lost, nothing leaked, nothing was missing."


def isolation(count: int = 10_000) -> str:
    """Random operations of users, agents, scopes and tokens; no belief leaves its place."""
    from wanderings import wander

    looked = wander(count, seed=time.time_ns())
    return f"{count:,} sequences, {looked:,} beliefs shown: each in its place."


def blocks(count: int = 100_000) -> str:
    """Blocks of hostile notes in hostile text; each gives back its notes and ends where it ends."""
    from injection.test_block import SURROUNDED, check

    explore(SURROUNDED, lambda drawn: check(*drawn), count)
    return f"{count:,} blocks: none was closed by what it holds."


def distractors(count: int = 100_000) -> str:
    """The public PrecisionMemBench among other beliefs of the same person and scopes."""
    import tempfile

    from crowds import crowded

    with tempfile.TemporaryDirectory() as home:
        outcomes = crowded(Path(home), count)
    failed = [outcome.case for outcome in outcomes if not outcome.passed]
    if failed:
        raise AssertionError(f"{len(failed)} of {len(outcomes)} cases fail: {failed}")
    times = sorted(outcome.ms for outcome in outcomes)
    return (
        f"{len(outcomes)} of {len(outcomes)} cases pass among {count:,} beliefs; "
        f"p50 {times[len(times) // 2]:.2f} ms, p95 {times[int(len(times) * 0.95)]:.2f} ms."
    )


def probes_distractors(count: int = 100_000) -> str:
    """Every developed probe, alone and among other beliefs of the same person and scopes."""
    from mindhold.cli.lives import lives
    from mindhold.cli.restraint import ALL, compared, variants

    found = lives([Path(__file__).parent.parent / "tests" / "probes" / "developed"])
    alone, crowded = (compared(found, variants([]), among=among)[ALL] for among in (0, count))
    changed = [
        f"{one.life}: {one.probe.text[:60]!r}: {other.got} instead of {one.got}"
        for one, other in zip(alone, crowded, strict=True)
        if (set(one.got), one.faults) != (set(other.got), other.faults)
    ]
    if changed:
        raise AssertionError("\n".join([f"{len(changed)} answers change:", *changed]))
    times = sorted(outcome.ms for outcome in crowded)
    return (
        f"{len(crowded):,} answers of {len(found)} lives are the same among {count:,} beliefs; "
        f"p50 {times[len(times) // 2]:.2f} ms, p95 {times[int(len(times) * 0.95)]:.2f} ms."
    )


def lies(count: int = 100_000) -> str:
    """An extractor that lies in every way, and one that says the same in honest words."""
    import random

    from homes import passing_home
    from lying import trial

    with passing_home() as home:
        found = trial(home, random.Random(time.time_ns()), count, honest=count // 4)
    if found.believed:
        raise AssertionError("\n".join([f"{len(found.believed)} are believed:", *found.believed]))
    return found.report()


def secrets(count: int = 20_000) -> str:
    """Credentials that are made at run time, and lines that hold none: what is found in them."""
    import random

    from confiding import figures

    return figures(random.Random(time.time_ns()), count)


def outside(count: int = 1) -> str:
    """OWASP's bench for agents' memories, installed for this run."""
    import tempfile

    from outside import bench, install

    with tempfile.TemporaryDirectory() as home:
        if not install(Path(home) / "installed"):
            raise SystemExit("SKIPPED: agent-memory-guard cannot be installed here.")
        return "\n\n".join(bench(Path(home) / f"run-{number}") for number in range(count))


def keys(count: int = 10_000) -> str:
    """Calls of every shape, full of keys, to ten upstreams with a key each: who hears which."""
    import random
    import tempfile

    from canaries import watch

    with tempfile.TemporaryDirectory() as place:
        found = watch(Path(place), count, random.Random(time.time_ns()))
    if found.wrong:
        raise AssertionError("\n".join([f"{len(found.wrong)} are wrong:", *found.wrong[:9]]))
    return found.report()


def sieges(count: int = 200) -> str:
    """Clients that are silent, slow or greedy, held before a real daemon while others call it."""
    import tempfile

    from sieges import MOST, besiege

    with tempfile.TemporaryDirectory() as home:
        found = list(besiege(Path(home) / "home", count))
    peace, *noticed = found
    if wrong := [one for one in found if one.errors or one.grown > MOST]:
        raise AssertionError(f"{wrong}")
    rows = [f"| {one.siege} | {one.p99_ms:.1f} ms | {one.grown:.1f} MiB |" for one in noticed]
    return "\n".join(
        [
            f"{count} clients of each kind; in peace p99 is {peace.p99_ms:.1f} ms.",
            "",
            "| siege | p99 of others | memory grown by |",
            "|---|---|---|",
            *rows,
        ]
    )


def streams(count: int = 500) -> str:
    """Streaming chats of four dialects, open at once, with memory on; each must come whole."""
    import tempfile

    from burden import BELIEFS, burdened, streams

    with tempfile.TemporaryDirectory() as home, burdened(Path(home)) as running:
        before = running.rss()
        spread = streams(running, count, pause=0.2, within=5.0)
        at_once = streams(running, count, pause=0.2)
    return (
        f"{count:,} streams at a time and {BELIEFS:,} beliefs: no stream was cut, none was answered"
        f" with an error. The daemon had {before / 1e6:.0f} MB before.\n\n"
        f"- Begun within five seconds: {spread.told()}.\n"
        f"- Begun in the same moment: {at_once.told()}."
    )


def requests(count: int = 200_000) -> str:
    """Calls of every kind with memory on; the daemon's memory and descriptors stay flat."""
    from burden import burdened, requests
    from curve import drawn
    from homes import passing_home

    within = 500  # ms: other work of this machine must not put memory to rest
    with passing_home() as home, burdened(home, deadline_ms=within) as running:
        borne = requests(running, count)
        kept = (home / "store.db").stat().st_size
    rise, opened = borne.rise(), borne.opened()
    megabytes = [size / 1e6 for size in borne.rss]
    plot = drawn(
        "Memory and descriptors of the daemon", "calls", borne.done,
        ("MB", megabytes), ("descriptors", borne.descriptors),
    )  # fmt: skip
    REPORTS.mkdir(parents=True, exist_ok=True)
    (REPORTS / "requests.svg").write_text(plot)
    told = f"memory rises by {rise / 1e6:+.1f} MB, descriptors by {opened:+.0f}"
    if rise > _FLAT or abs(opened) > _OPENED:
        raise AssertionError(f"Over the last two thirds {told}: {borne.told()}.")
    return (
        f"![Memory and descriptors](requests.svg)\n\nEach of {borne.asked()} ended as it must."
        f" Over the last two thirds, when every cache is full, {told} (a line through"
        f" {len(megabytes):,} looks; {_FLAT / 1e6:.0f} MB and {_OPENED} are allowed). What grows by"
        f" design is on the disk: the store with its log of 30 days, to {kept / 1e6:,.0f} MB."
        f"\n\n{borne.told()}."
    )


def million(count: int = 1_000_000) -> str:
    """A daemon over that many beliefs: how soon it serves, what it holds, how long it takes."""
    import tempfile

    from vast import measured

    with tempfile.TemporaryDirectory() as home:  # unless they are to be kept for the next time
        found = measured(Path(os.environ.get("MINDHOLD_SOAK_HOME", home)), count)
    return f"{count:,} beliefs.\n\n{found.table()}"


SOAKS: dict[str, Callable[..., str]] = {
    soak.__name__.replace("_", "-"): soak
    for soak in (
        invariants,
        hearings,
        talks,
        isolation,
        blocks,
        distractors,
        probes_distractors,
        lies,
        secrets,
        outside,
        kills,
        points,
        torn,
        sleep,
        commands,
        encryption,
        keys,
        sieges,
        streams,
        requests,
        million,
    )
}


def main(arguments: list[str]) -> int:
    """Runs the soak that is named, with the count if one is given, and writes its report."""
    if not arguments or arguments[0] not in SOAKS:
        for name, soak in SOAKS.items():
            print(f"{name}: {soak.__doc__}")
        return bool(arguments) * 2
    soak, counts = SOAKS[arguments[0]], [int(count) for count in arguments[1:2]]
    started = time.monotonic()
    found = soak(*counts)
    report = (
        f"# Soak: {arguments[0]}\n\n{soak.__doc__}\n\n{found}\n\n"
        f"{datetime.now(UTC):%Y-%m-%d}, {time.monotonic() - started:,.0f} s, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"{platform.system()} {platform.machine()}.\n"
    )
    REPORTS.mkdir(parents=True, exist_ok=True)
    (REPORTS / f"{arguments[0]}.md").write_text(report)
    print(report)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
