"""The worker: order, deadlines, bounds."""

import asyncio
import threading
import time

import pytest

from mindhold.proxy.thread import Busy, Late, Stuck, Worker


def test_results_and_errors_come_back_to_the_caller() -> None:
    async def main() -> None:
        assert await worker.run(divmod, 7, 2) == (3, 1)
        with pytest.raises(ZeroDivisionError):
            await worker.run(divmod, 7, 0)

    worker = Worker("test")
    asyncio.run(main())
    assert worker.stop()


def test_a_late_call_ends_at_its_deadline_and_those_behind_it_are_skipped() -> None:
    ran: list[str] = []

    async def main() -> None:
        began = time.perf_counter()
        slow = asyncio.ensure_future(worker.run(time.sleep, 2, deadline=0.05))
        behind = asyncio.ensure_future(worker.run(ran.append, "behind", deadline=0.05))
        results = await asyncio.gather(slow, behind, return_exceptions=True)
        assert [type(result) for result in results] == [Late, Stuck]
        assert time.perf_counter() - began < 1.5

    worker = Worker("test")
    asyncio.run(main())
    assert worker.stop()
    assert ran == []


def test_a_call_waits_for_its_turn_behind_quick_ones_only_so_long() -> None:
    async def main() -> list[type]:
        calls = [worker.run(time.sleep, 0.05, deadline=0.5, patience=1) for _ in range(40)]
        results = await asyncio.gather(*calls, return_exceptions=True)
        return [type(result) for result in results]

    worker = Worker("test")
    told = asyncio.run(main())
    answered = told.count(type(None))
    assert 5 <= answered <= 22
    assert told == [type(None)] * answered + [Busy] * (40 - answered)
    assert worker.stop()


def test_a_full_queue_refuses_and_counts() -> None:
    worker, gate = Worker("test", size=1), threading.Event()
    assert worker.post(gate.wait)
    while worker.waiting:
        time.sleep(0.001)
    assert worker.post(print)
    assert not worker.post(print)
    assert worker.refused == 1
    with pytest.raises(Busy):
        asyncio.run(worker.run(print))
    gate.set()
    assert worker.stop()


def test_posted_calls_run_in_order_and_one_that_raises_stops_nothing() -> None:
    worker = Worker("test")
    ran: list[int] = []
    worker.post(ran.append, 1)
    worker.post(divmod, 1, 0)
    worker.post(ran.append, 2)
    assert worker.drain(5)
    assert (ran, worker.failed) == ([1, 2], 1)
    assert worker.stop()


def test_stopping_finishes_what_waits_and_takes_nothing_more() -> None:
    worker = Worker("test")
    ran: list[int] = []
    for number in range(50):
        worker.post(ran.append, number)
    assert worker.stop()
    assert ran == list(range(50))
    assert not worker.post(ran.append, 50)


def test_a_result_for_a_loop_that_has_closed_is_dropped() -> None:
    async def leave() -> None:
        with pytest.raises(Late):
            await worker.run(time.sleep, 0.1, deadline=0.01)

    worker = Worker("test")
    asyncio.run(leave())
    assert worker.drain(5)
    assert worker.failed == 0
    assert worker.stop()
