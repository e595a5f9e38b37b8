"""Quick queries don't wait for slow ones, and what kills an engine costs nobody else an answer."""

from __future__ import annotations

import asyncio
import os
import signal

import pyoxigraph as ox
import pytest

from kg.engine.job import Form, Options, pack_job
from kg.engine.pool import BrokenEngineError, BusyError, Pool, TimeUpError
from kg.engine.process import Settings

HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    folder = tmp_path_factory.mktemp("database")
    store = ox.Store(str(folder))
    store.bulk_extend(
        ox.Quad(ox.NamedNode(f"urn:s{i}"), ox.NamedNode("urn:p"), ox.Literal(str(i))) for i in range(2_000)
    )
    store.flush()
    return str(folder)


def run(database, work, **settings):
    async def whole():
        pool = Pool(Settings(database, ""), **{"engines": 1, "queue": 4, "timeout": 30, **settings})
        await pool.start()
        try:
            return await work(pool)
        finally:
            pool.close()

    return asyncio.run(whole())


def test_a_quick_query_overtakes_a_slow_one_on_the_only_engine(database):
    async def work(pool):
        slow = asyncio.create_task(pool.ask(pack_job(HEAVY, Options())))
        await asyncio.sleep(0)
        quick = await pool.ask(pack_job("ASK {}", Options()))
        return slow.done(), quick

    done, quick = run(database, work)
    assert not done
    assert quick.form is Form.BOOLEAN


def test_a_text_known_to_be_slow_takes_no_place_of_quick_ones(database):
    async def work(pool):
        frame = pack_job(HEAVY, Options())
        with pytest.raises(TimeUpError):
            await pool.ask(frame)
        slow = [asyncio.create_task(pool.ask(frame)) for _ in range(3)]
        await asyncio.sleep(0)
        quick = [await pool.ask(pack_job(f"ASK {{}} #{n}", Options())) for n in range(20)]
        still = [task.done() for task in slow]
        ends = await asyncio.gather(*slow, return_exceptions=True)
        return quick, still, ends

    quick, still, ends = run(database, work, timeout=2)
    assert len(quick) == 20
    assert not any(still)
    assert all(isinstance(end, TimeUpError) for end in ends)


def test_more_than_the_queue_holds_is_refused(database):
    async def work(pool):
        tasks = [asyncio.create_task(pool.ask(pack_job(f"{HEAVY} #{n}", Options()))) for n in range(12)]
        return await asyncio.gather(*tasks, return_exceptions=True)

    ends = run(database, work, timeout=1)
    assert {type(end) for end in ends} == {BusyError, TimeUpError}


def test_a_pool_gets_over_the_loss_of_its_nursery(database):
    async def work(pool):
        lost = {*pool._idle}
        pool._nursery._process.kill()
        while lost & {*pool._idle}:  # they die with it
            await asyncio.sleep(0.01)
        return [await pool.ask(pack_job(f"ASK {{}} #{n}", Options())) for n in range(3)]

    assert len(run(database, work)) == 3


def test_a_long_text_is_counted_in_an_engine(database):
    async def work(pool):
        long = "SELECT * { VALUES ?x { " + "1 " * 60_000 + "} }"
        fine = "ASK { ?s ?p ?o } #" + "x" * 30_000
        options = Options(guarded=False)
        return [await pool.ask(pack_job(text, options)) for text in (long, fine)]

    refused, passed = run(database, work)
    assert refused.status == 403
    assert b"VALUES" in refused.body
    assert passed.status == 200


def test_everybody_gets_the_answer_to_what_they_asked(database):
    async def work(pool):
        numbers = range(300)
        asked = [
            pool.ask(pack_job(f"SELECT ?s {{ ?s <urn:p> '{n}' }}", Options(solutions="csv"))) for n in numbers
        ]
        return await asyncio.gather(*asked)

    answers = run(database, work, engines=2, queue=300)
    assert [a.body for a in answers] == [b"s\r\nurn:s%d\r\n" % n for n in range(300)]


def test_what_an_engine_was_sent_ahead_is_answered_though_it_is_busy_for_long(database):
    async def work(pool):
        await pool.ask(pack_job("ASK {}", Options()))
        slow = asyncio.create_task(pool.ask(pack_job(HEAVY, Options())))
        await asyncio.sleep(0)
        quick = [asyncio.create_task(pool.ask(pack_job(f"ASK {{}} #{n}", Options()))) for n in range(6)]
        await asyncio.sleep(0)
        ahead = [len(engine.more) for engine in pool._busy]
        answers = await asyncio.gather(*quick)
        return ahead, slow.done(), answers

    ahead, done, answers = run(database, work, queue=8)
    assert ahead == [4]
    assert not done
    assert [a.form for a in answers] == [Form.BOOLEAN] * 6


def test_the_end_of_an_engine_costs_those_behind_the_first_nothing(database):
    async def work(pool):
        slow = asyncio.create_task(pool.ask(pack_job(HEAVY, Options())))
        await asyncio.sleep(0)
        quick = [asyncio.create_task(pool.ask(pack_job(f"ASK {{}} #{n}", Options()))) for n in range(6)]
        await asyncio.sleep(0)
        os.kill(next(iter(pool._busy)).pid, signal.SIGKILL)
        return await asyncio.gather(slow, *quick, return_exceptions=True)

    first, *others = run(database, work, queue=8)
    assert isinstance(first, BrokenEngineError)
    assert [a.form for a in others] == [Form.BOOLEAN] * 6


def test_a_pool_that_ends_answers_what_it_was_sent_ahead(database):
    async def work(pool):
        asked = [
            asyncio.create_task(pool.ask(pack_job(f"SELECT * {{ ?s ?p ?o }} #{n}", Options())))
            for n in range(40)
        ]
        await asyncio.sleep(0)
        await pool.drain(20)
        return await asyncio.gather(*asked)

    assert {a.status for a in run(database, work, engines=2, queue=40)} == {200}


def test_slow_queries_that_wait_are_answered_though_their_pool_is_ending(database, monkeypatch):
    monkeypatch.setattr("kg.engine.pool._LONG", 0.0)  # so that each engine ends with its query

    async def work(pool):
        text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"
        await asyncio.gather(*(pool.ask(pack_job(f"{text} #{n}", Options())) for n in range(4)))
        again = [asyncio.create_task(pool.ask(pack_job(f"{text} #{n}", Options()))) for n in range(4)]
        await asyncio.sleep(0)
        await pool.drain(30)
        return await asyncio.gather(*again)

    assert [a.status for a in run(database, work, queue=8)] == [200] * 4


def test_an_engine_that_is_killed_leaves_no_part_of_an_answer_behind(database):
    async def work(pool):
        large = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
        asked = asyncio.create_task(pool.ask(pack_job(large, Options(size=1 << 40))))
        while not any(pool.spool.iterdir()) and not asked.done():
            await asyncio.sleep(0.01)
        assert any(pool.spool.iterdir())
        with pytest.raises(TimeUpError):
            await asked
        for _ in range(500):
            if not any(pool.spool.iterdir()):
                return True
            await asyncio.sleep(0.01)
        return False

    assert run(database, work, timeout=2)
