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
        seconds: from the file to the report, shapes already loaded, modules imported.
        megabytes: peak of the resident memory of the whole process.
    """

    seconds: float
    megabytes: float
    graphs: int
    results: int
    found: tuple[tuple[str | None, ...], ...] = ()


def measure_validation(path: Path, shapes: Path | None = None) -> Measured:
    """Return what `validate_graph` takes on a file, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.measure", str(path)]
    command += [str(shapes)] if shapes else []
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)
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

    loaded = load_shapes(shapes)
    start = time.perf_counter()
    report = validate_graph(path, shapes=loaded)
    seconds = time.perf_counter() - start
    rows = [(r.graph, r.focus, r.path, r.component, r.value, r.severity) for r in report.results]
    found = tuple(sorted(rows, key=str))
    done = Measured(seconds, peak_megabytes(), report.graphs, len(rows), found)
    print(json.dumps(asdict(done)))


if __name__ == "__main__":
    _main(*sys.argv[1:])
