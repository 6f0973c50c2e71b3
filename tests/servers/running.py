"""Two stores to try things on: Oxigraph's server and Virtuoso, on this machine alone.

`python -m tests.servers.running start DIR` starts both with their data below DIR, and prints the
environment to reach them; `stop DIR` ends them. Tests start their own.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import requests

_READY_SECONDS = 90
_INI = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000

[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx

[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
ServerThreads = 10
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
CaseMode = 2
DirsAllowed = {folder}

[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 5

[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 60
"""


@dataclass(frozen=True)
class Server:
    kind: str
    url: str
    process: subprocess.Popen
    user: str = ""
    password: str = ""


def has_oxigraph() -> bool:
    return _oxigraph() is not None


def has_virtuoso() -> bool:
    return shutil.which("virtuoso-t") is not None


@contextmanager
def running_oxigraph() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="kg-oxigraph-") as folder:
        server = start_oxigraph(Path(folder))
        try:
            yield server
        finally:
            _stop(server.process)


@contextmanager
def running_virtuoso(rows: int = 1_000_000) -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="kg-virtuoso-") as folder:
        server = start_virtuoso(Path(folder), rows)
        try:
            yield server
        finally:
            _stop(server.process)


def start_oxigraph(folder: Path) -> Server:
    port = _free_port()
    command = [_oxigraph(), "serve", "--location", str(folder / "data")]
    process = _start([*command, "--bind", f"127.0.0.1:{port}"], folder)
    url = f"http://127.0.0.1:{port}"
    _wait(url, process, folder)
    return Server("oxigraph", url, process)


def start_virtuoso(folder: Path, rows: int = 1_000_000) -> Server:
    port = _free_port()
    ini = _INI.format(port=port, sql_port=_free_port(), folder=folder, rows=rows)
    (folder / "virtuoso.ini").write_text(ini)
    password = secrets.token_hex(8)  # of 24 letters this one takes, but never knows again
    command = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    # A new database has the password "dba" for everybody to know: it is changed before it listens.
    subprocess.run(
        [*command, "+pwdold", "dba", "+pwddba", password],
        cwd=folder,
        check=True,
        timeout=_READY_SECONDS,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    process = _start(command, folder)
    url = f"http://127.0.0.1:{port}"
    _wait(f"{url}/sparql", process, folder)
    return Server("virtuoso", url, process, "dba", password)


def _start(command: list[str], folder: Path) -> subprocess.Popen:
    with (folder / "out.txt").open("wb") as out:
        return subprocess.Popen(
            command, cwd=folder, stdout=out, stderr=out, stdin=subprocess.DEVNULL
        )


def _stop(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)


def _wait(url: str, process: subprocess.Popen, folder: Path) -> None:
    end = time.monotonic() + _READY_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        with suppress(requests.RequestException):
            if requests.get(url, timeout=5).ok:
                return
        time.sleep(0.1)
    _stop(process)
    words = (folder / "out.txt").read_text("utf-8", "replace")[-2000:]
    raise RuntimeError(f"{url} did not start:\n{words}")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _oxigraph() -> str | None:
    beside = Path(sys.executable).with_name("oxigraph")
    return str(beside) if beside.is_file() else shutil.which("oxigraph")


def _start_both(folder: Path) -> None:
    for name in ("oxigraph", "virtuoso"):
        (folder / name).mkdir(parents=True)
    for start, name in ((start_oxigraph, "oxigraph"), (start_virtuoso, "virtuoso")):
        server = start(folder / name)
        (folder / f"{name}.pid").write_text(str(server.process.pid))
        print(f"export KG_TEST_{name.upper()}={server.url}")
        if server.user:
            print(f"export KG_STORE_USER={server.user} KG_STORE_PASSWORD={server.password}")


def _stop_both(folder: Path) -> None:
    for file in folder.glob("*.pid"):
        pid = int(file.read_text())
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
            for _ in range(100):
                os.kill(pid, 0)
                time.sleep(0.1)
            os.kill(pid, signal.SIGKILL)
        file.unlink()


if __name__ == "__main__":
    {"start": _start_both, "stop": _stop_both}[sys.argv[1]](Path(sys.argv[2]).resolve())
