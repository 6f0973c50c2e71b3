"""Time and memory of one validation, in a process of its own so that the peak is its alone.

Run as `python -m tests.bench.measure FILE [SHAPES]`, it prints a `Measured` as JSON.
"""

import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Measured:
    """What a validation took and found.

    Attributes:
        seconds: from the file to the report, modules imported and shapes loaded.
        cpu: the seconds of it that a core worked, which nothing else on the machine prolongs.
        loading: seconds that reading, linting and compiling the shapes took before.
        megabytes: peak of the resident memory of the whole process.
    """

    seconds: float
    cpu: float
    loading: float
    megabytes: float
    graphs: int
    results: int
    found: tuple[tuple[str | None, ...], ...] = ()


def measure_validation(
    path: Path, shapes: Path | None = None, *, limit: float | None = None
) -> Measured:
    """Return what `validate_graph` takes on a file, in a process of its own.

    Raises:
        TimeoutExpired: it took longer than `limit` seconds.
    """
    command = [sys.executable, "-m", "tests.bench.measure", str(path)]
    command += [str(shapes)] if shapes else []
    done = subprocess.run(
        command, cwd=_ROOT, capture_output=True, text=True, check=False, timeout=limit
    )
    assert done.returncode == 0, done.stderr[-2000:]
    fields = json.loads(done.stdout)
    return Measured(**{**fields, "found": tuple(tuple(row) for row in fields["found"])})


def peak_megabytes() -> float:
    """Peak of this process alone.

    Linux hands the peak of the parent on to `ru_maxrss` of what it starts; VmHWM begins anew.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        (line,) = (w for w in status.read_text().splitlines() if w.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _main(path: str, shapes: str | None = None) -> None:
    from kg.validate import load_shapes, validate_graph

    start = time.perf_counter()
    load_shapes(shapes)  # read, linted and kept for the same files
    ready, busy = time.perf_counter(), time.process_time()
    report = validate_graph(path, shapes=shapes)
    done, worked = time.perf_counter(), time.process_time()
    rows = [(r.graph, r.focus, r.path, r.component, r.value, r.severity) for r in report.results]
    found = tuple(sorted(rows, key=str))
    measured = Measured(
        seconds=done - ready,
        cpu=worked - busy,
        loading=ready - start,
        megabytes=peak_megabytes(),
        graphs=report.graphs,
        results=len(rows),
        found=found,
    )
    print(json.dumps(asdict(measured)))


if __name__ == "__main__":
    _main(*sys.argv[1:])
