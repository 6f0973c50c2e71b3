"""A worker process as the pool sees it: started, asked, moved to the slow lane, killed."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from kg.errors import StoreError
from kg.serve.frames import Job, Reply, pack_job, read_reply

_LAST_WORDS = 4000  # bytes of standard error that are remembered
_CHUNK = 65536  # bytes
_LOW = 10  # of nice(1): a tenth of the time beside one that is not slow; 19 would starve it


class WorkerProcess:
    """One worker; it does one job at a time.

    Attributes:
        slow: whether it is in the slow lane.
        dismissed: whether it was ended so that others come to their turn.
        failed: whether it died of no fault of a query that we know.
        since: when its job began, by the monotonic clock.
    """

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.slow = False
        self.dismissed = False
        self.failed = False
        self.since = 0.0
        self._worked_before = 0.0
        self._process = process
        self._said = bytearray()
        self._listener = asyncio.create_task(self._listen())

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.returncode is None

    async def do(self, job: Job) -> Reply:
        """Return the reply to a job; that of a worker that died says why, as far as is known."""
        stdin = self._process.stdin
        assert stdin is not None
        self.since, self._worked_before = time.monotonic(), self._processor_seconds()
        try:
            stdin.write(pack_job(job))
            await stdin.drain()
            return await self.read()
        except (ConnectionError, asyncio.IncompleteReadError):
            await self.end()
            reply = self._obituary()
            self.failed = reply.outcome == "failed" and not self.dismissed
            return reply

    @property
    def worked(self) -> float:
        """Seconds of processor time that its job has taken; since it began, where unknown.

        On a busy machine a short query lasts long, and is short all the same.
        """
        now = self._processor_seconds()
        return now - self._worked_before if now else time.monotonic() - self.since

    def _processor_seconds(self) -> float:
        """Return the processor time of the process so far, seconds; 0 where the system is mute.

        Source: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
        """
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text("utf-8", "replace")
            user, system = fields.rpartition(")")[2].split()[11:13]
            return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
        except (OSError, ValueError):
            return 0.0

    async def read(self) -> Reply:
        """Return the next reply.

        Raises:
            IncompleteReadError: the worker is gone.
        """
        stdout = self._process.stdout
        assert stdout is not None
        return await read_reply(stdout)

    def slow_down(self) -> None:
        """Let everything else go first."""
        self.slow = True
        with contextlib.suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PROCESS, self.pid, _LOW)

    def dismiss(self) -> None:
        """End it so that others come to their turn."""
        self.dismissed = True
        self.kill()

    def kill(self) -> None:
        """End it at once."""
        if self.alive:  # asked of the system: Popen.kill would reap what asyncio waits for
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    async def end(self) -> None:
        """End it and wait until it is gone."""
        self.kill()
        await self._process.wait()
        stdout = self._process.stdout
        assert stdout is not None
        with contextlib.suppress(RuntimeError):  # who still reads will see the end itself
            while await stdout.read(_CHUNK):
                pass
        with contextlib.suppress(asyncio.CancelledError):
            await self._listener

    async def _listen(self) -> None:
        stderr = self._process.stderr
        assert stderr is not None
        while data := await stderr.read(4096):
            self._said += data
            del self._said[:-_LAST_WORDS]

    def _obituary(self) -> Reply:
        said = self._said.decode("utf-8", "replace")
        if "overflowed its stack" in said:
            return Reply(outcome="bad", message="nested too deep to be run")
        if "memory allocation" in said or "MemoryError" in said or "bad_alloc" in said:
            return Reply(outcome="memory", message="the query needs more memory than it may")
        if self._process.returncode == -11:  # a stack that overflowed without a last word
            return Reply(outcome="bad", message="nested too deep to be run")
        last = said.strip().splitlines()[-1:] or [f"exit code {self._process.returncode}"]
        return Reply(outcome="failed", message=f"the worker of this query died: {last[0][:300]}")


async def start_worker(module: str, arguments: Sequence[str]) -> WorkerProcess:
    """Start `python -m MODULE ARGUMENTS`.

    Raises:
        StoreError: the process cannot be started.
    """
    package = str(Path(__file__).parents[2])
    paths = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH", ""))))
    secrets = {name for name in os.environ if name.startswith("KG_")}
    known = {name: value for name, value in os.environ.items() if name not in secrets}
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            module,
            *arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={**known, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1"},
        )
    except OSError as error:
        raise StoreError(f"no worker can be started: {error}") from None
    return WorkerProcess(process)
