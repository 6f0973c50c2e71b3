"""Queries side by side in worker processes, each within its limits.

A query waits for a free worker, first come, first served. One that runs longer than a moment goes
to the slow lane: it has a low priority from then on, and a fresh worker takes its place, so
that short queries stay quick beside long ones. One that runs over its time is killed with its
worker, as is one whose client has gone.
"""

import asyncio
import time
from collections import deque
from types import TracebackType
from typing import Any, Self

from kg.errors import (
    BusyError,
    KgError,
    MemoryLimitError,
    NotAcceptableError,
    QueryError,
    RefusedError,
    ResultLimitError,
    StoreError,
    TimeLimitError,
)
from kg.serve.frames import Job, Reply
from kg.serve.limits import Answer, Limits, Question
from kg.serve.metrics import PoolMetrics, Tally
from kg.serve.process import WorkerProcess, start_worker
from kg.store.guard import check_dataset
from kg.store.location import Location

__all__ = ["Answer", "Limits", "Pool", "Question"]

_ERRORS: dict[str, type[KgError]] = {
    "bad": QueryError,
    "refused": RefusedError,
    "unacceptable": NotAcceptableError,
    "result": ResultLimitError,
    "memory": MemoryLimitError,
    "failed": StoreError,
}
_START = 30.0  # seconds that a worker may take to be ready
_PAUSE = 0.2  # seconds before a worker that died at once is started again; doubled each time
_LONGEST_PAUSE = 10.0
_LOOK = 0.2  # seconds between looks for room in the slow lane


class Pool:
    """Answers questions about one graph. Use it in an `async with`.

    Args:
        location: where to read.
        limits: what a query may take; the usual ones where None.
        update: whether updates are made; the location must be a store folder.
    """

    def __init__(
        self, location: Location, limits: Limits | None = None, *, update: bool = False
    ) -> None:
        self.location = location
        self.limits = limits or Limits()
        self.updates = update
        self._tally = Tally()
        self._free: deque[WorkerProcess] = deque()
        self._all: set[WorkerProcess] = set()
        self._waiting: deque[asyncio.Future[WorkerProcess]] = deque()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._deaths = 0
        self._closed = False
        self._writer: WorkerProcess | None = None
        self._writing = asyncio.Lock()

    @property
    def generation(self) -> int:
        """Number of the publication that is asked now."""
        self.location.refresh()
        return self.location.generation

    @property
    def metrics(self) -> PoolMetrics:
        """The state of the pool."""
        busy = len(self._all) - len(self._free)
        return PoolMetrics(
            outcomes=tuple(sorted(self._tally.outcomes.items())),
            buckets=self._tally.buckets,
            asked=self._tally.outcomes.total(),
            seconds=self._tally.seconds,
            workers=sum(worker.alive for worker in self._all),
            busy=busy,
            slow=sum(worker.slow for worker in self._all),
            waiting=len(self._waiting),
            restarts=self._tally.restarts,
            generation=self.location.generation,
        )

    async def __aenter__(self) -> Self:
        try:
            for _ in range(self.limits.workers):
                await self._start()
            if self.updates:
                await self._open_writer()
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """End every worker; what waits is told."""
        self._closed = True
        for task in self._tasks:
            if task.get_name() == "start":
                task.cancel()
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_exception(BusyError("the server is stopping", retry_after=5.0))
        await asyncio.gather(*self._tasks, return_exceptions=True)
        workers = [*self._all, *((self._writer,) if self._writer else ())]
        for worker in workers:
            worker.kill()
        for worker in workers:
            await worker.end()
        self._all.clear()
        self._free.clear()

    async def ask(self, question: Question) -> Answer:
        """Return the answer to a query, or to an update once it is published.

        Cancelling it ends the query.

        Raises:
            QueryError: it cannot be run.
            RefusedError: it would read or write outside the graph; or updates are off.
            NotAcceptableError: no form that the client takes fits.
            TimeLimitError, MemoryLimitError, ResultLimitError: it asks too much.
            BusyError: too many wait already.
            StoreError: the store cannot be read or written.
        """
        clock, outcome = time.monotonic(), "gone"
        try:
            answer = await (
                self._write(question) if question.kind == "update" else self._read(question)
            )
            outcome = "ok"
        except KgError as error:
            outcome = type(error).__name__.removesuffix("Error").lower()
            raise
        else:
            return answer
        finally:
            self._tally.note(outcome, time.monotonic() - clock)

    async def _read(self, question: Question) -> Answer:
        self._check(question)
        worker = await self._take()
        try:
            generation = self.generation
        except StoreError:
            self._give_back(worker, whole=True)
            raise
        job = Job(
            sparql=question.sparql,
            accept=question.accept,
            default_graphs=question.default_graphs,
            named_graphs=question.named_graphs,
            base=question.base,
            database=str(self.location.path),
            result_bytes=self.limits.result_bytes,
        )
        reply = await self._run(worker, job)
        if reply.outcome != "ok":
            raise _ERRORS[reply.outcome](reply.message)
        return Answer(body=reply.body, media_type=reply.media_type, generation=generation)

    def _check(self, question: Question) -> None:
        """Refuse what needs no reading; the text itself is checked by the worker, in its time."""
        size = len(question.sparql.encode("utf-8", "surrogatepass"))
        if size > self.limits.request_bytes:
            raise RefusedError(f"a query of more than {self.limits.request_bytes:,} bytes")
        check_dataset((*(question.default_graphs or ()), *(question.named_graphs or ())))

    async def _run(self, worker: WorkerProcess, job: Job) -> Reply:
        """Return the reply to a job, in the slow lane if it takes long."""
        task, start, age = asyncio.create_task(worker.do(job)), time.monotonic(), 0.0
        try:
            while not task.done():
                if age >= self.limits.seconds:
                    told = f"the query took longer than {self.limits.seconds:g} seconds"
                    raise TimeLimitError(told)
                if age >= self.limits.slow_seconds and not worker.slow:
                    self._slow_down(worker)
                await asyncio.wait({task}, timeout=self._next_look(worker, age) - age)
                age = time.monotonic() - start
            if worker.dismissed and task.result().outcome != "ok":
                told = f"ended after {age:.1f} seconds: other queries wait, and long ones give way"
                raise TimeLimitError(told)
            return task.result()
        finally:
            whole = task.done()
            if not whole:
                worker.kill()
                task.cancel()
            self._give_back(worker, whole=whole)

    def _next_look(self, worker: WorkerProcess, age: float) -> float:
        """Return the age at which to look after a query again, seconds."""
        if worker.slow:
            return self.limits.seconds
        return min(self.limits.seconds, max(self.limits.slow_seconds, age + _LOOK))

    def _slow_down(self, worker: WorkerProcess) -> None:
        """Move a worker that has had its moment to the slow lane; another takes its place.

        Where it has none and others wait, the oldest in it gives way if half its time is over.

        Raises:
            BusyError: nothing gives way, and this one has had its time.
        """
        lane = [one for one in self._all if one.slow]
        if (worked := worker.worked) < self.limits.slow_seconds:
            return
        if len(lane) < self.limits.workers:
            worker.slow_down()
            self._start_later()
        elif self._waiting and not any(one.dismissed for one in lane):
            oldest = min(lane, key=lambda one: one.since)
            if time.monotonic() - oldest.since >= self.limits.seconds / 2:
                oldest.dismiss()
            elif worked >= 2 * self.limits.slow_seconds:
                told = f"{len(lane)} long queries run already: ask again later"
                raise BusyError(told, retry_after=max(1.0, self.limits.seconds / 2))

    # -- workers ---------------------------------------------------------------------------------

    async def _take(self) -> WorkerProcess:
        """Return a free worker, first come, first served."""
        while self._free and not self._waiting:
            worker = self._free.popleft()
            if worker.alive:
                return worker
            self._tally.restarts += 1
            self._lose(worker)
        if len(self._waiting) >= self.limits.waiting:
            raise self._busy()
        future: asyncio.Future[WorkerProcess] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        taken = False
        try:
            await asyncio.wait({future}, timeout=self.limits.wait_seconds)
            if not future.done():
                raise self._busy()
            taken = True
            return future.result()
        finally:
            if future in self._waiting:
                self._waiting.remove(future)
            if future.done() and not taken and future.exception() is None:
                self._give_back(future.result(), whole=True)  # nobody is there to take it
            future.cancel()

    def _busy(self) -> BusyError:
        told = f"{len(self._waiting)} queries wait already: ask again in a moment"
        return BusyError(told, retry_after=max(1.0, self.limits.wait_seconds))

    def _give_back(self, worker: WorkerProcess, *, whole: bool) -> None:
        """Let the next question have a worker, or see to it that there is another."""
        if not whole or not worker.alive or worker.slow:
            self._tally.restarts += not whole or not worker.alive
            self._lose(worker)  # one that was slowed down cannot be made quick again
            return
        self._deaths = 0
        self._offer(worker)

    def _offer(self, worker: WorkerProcess) -> None:
        while self._waiting:
            future = self._waiting.popleft()
            if not future.done():
                future.set_result(worker)
                return
        self._free.append(worker)

    def _lose(self, worker: WorkerProcess) -> None:
        """Forget a worker; start another where there are too few."""
        self._deaths += worker.failed
        self._all.discard(worker)
        worker.kill()
        ending = asyncio.get_running_loop().create_task(worker.end())
        self._keep(ending)
        quick = sum(not one.slow for one in self._all) + self._pending
        if not self._closed and quick < self.limits.workers:
            self._start_later()

    @property
    def _pending(self) -> int:
        return sum(task.get_name() == "start" for task in self._tasks)

    def _start_later(self) -> None:
        pause = 0.0 if self._deaths < 3 else _PAUSE * 2 ** min(self._deaths, 10)
        started = asyncio.get_running_loop().create_task(self._start_after(pause), name="start")
        self._keep(started)

    async def _start_after(self, pause: float) -> None:
        """Start a worker after so many seconds; as long as the system has none, try again."""
        while True:
            await asyncio.sleep(min(pause, _LONGEST_PAUSE))
            try:
                return await self._start()
            except StoreError:
                pause = 2 * (pause or _PAUSE)

    def _keep(self, task: asyncio.Task[Any]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._forget)

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # who waits for it has it; where nobody does, it is nobody's

    async def _start(self) -> None:
        worker = await start_worker("kg.serve.worker", (str(self.limits.memory_bytes),))
        self._all.add(worker)
        self._offer(worker)

    # -- updates ---------------------------------------------------------------------------------

    async def _write(self, question: Question) -> Answer:
        if not self.updates:
            raise RefusedError("updates are off: start the server with --update")
        self._check(question)
        job = Job(
            sparql=question.sparql,
            accept=question.accept,
            default_graphs=question.default_graphs,
            named_graphs=question.named_graphs,
            base=question.base,
        )
        if sum(task.get_name() == "update" for task in self._tasks) > self.limits.waiting:
            raise self._busy()
        task = asyncio.create_task(self._make_update(job), name="update")
        self._keep(task)
        # one whose client goes is finished all the same, within its time: others wait for its end
        reply = await asyncio.shield(task)
        if reply.outcome != "ok":
            raise _ERRORS[reply.outcome](reply.message)
        return Answer(body=b"", media_type="text/plain", generation=reply.generation)

    async def _make_update(self, job: Job) -> Reply:
        """Return the writer's reply; updates are made one after another."""
        async with self._writing:
            if self._writer is None or not self._writer.alive:
                await self._open_writer()
            assert self._writer is not None
            task = asyncio.create_task(self._writer.do(job))
            done, _ = await asyncio.wait({task}, timeout=self.limits.seconds)
            if not done:
                self._writer.kill()
                self._tally.restarts += 1
                await task
                raise TimeLimitError(
                    f"the update took longer than {self.limits.seconds:g} seconds: it is made "
                    "wholly or not at all; ask which before you send it again"
                )
            return task.result()

    async def _open_writer(self) -> None:
        if not self.location.keeps:
            raise StoreError(
                "only a store of kg add can be updated", source=str(self.location.source)
            )
        self._writer = await start_worker("kg.serve.writer", (str(self.location.source),))
        try:
            reply = await asyncio.wait_for(self._writer.read(), _START)
        except (TimeoutError, asyncio.IncompleteReadError):
            reply = Reply(outcome="failed", message="the writer did not start")
        if reply.outcome != "ok":
            await self._writer.end()
            self._writer = None
            raise StoreError(reply.message)
