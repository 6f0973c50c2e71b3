"""Which engine validates: the fast one, pySHACL, the one where it can and else the other, or both.

Nothing is exchanged silently: what a reader should know stands in `notices`.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from kg.errors import InputError, ShapesError
from kg.validate.engines.fast import call_safely, run_shacl
from kg.validate.engines.findings import Finding
from kg.validate.engines.oracle import run_pyshacl
from kg.validate.shapes import ShapesGraph

ENGINES = ("auto", "shacl", "pyshacl", "both")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was found in one graph.

    Attributes:
        findings: of the engine; of both engines together where both ran.
        differences: name of an engine, and a finding that the other does not have.
    """

    findings: tuple[Finding, ...]
    differences: tuple[tuple[str, Finding], ...] = ()


class Engine:
    """What validates the graphs of one run, and what is to be said about it.

    Attributes:
        name: shacl, pyshacl or both; pyshacl from the graph on where it took over.
        notices: what the reader should know, one line each, each once.
    """

    def __init__(self, name: str, step: Callable[[ShapesGraph, bytes], Outcome]) -> None:
        self.name = name
        self.notices: tuple[str, ...] = ()
        self._step = step

    def run(self, shapes: ShapesGraph, data: bytes) -> Outcome:
        """Return what is found in N-Triples.

        Raises:
            ShapesError: no engine that may be used can use the shapes.
        """
        return self._step(shapes, data)


class _Auto(Engine):
    """The fast engine, until there is something it cannot do."""

    def __init__(self) -> None:
        super().__init__("shacl", _only_shacl)
        missing = _why_missing()
        if missing is not None:
            self._use_pyshacl(missing)

    def run(self, shapes: ShapesGraph, data: bytes) -> Outcome:
        if self.name == "pyshacl":
            return _only_pyshacl(shapes, data)
        try:
            return _only_shacl(shapes, data)
        except ShapesError as error:
            return self._take_over(shapes, data, error)

    def _take_over(self, shapes: ShapesGraph, data: bytes, reason: ShapesError) -> Outcome:
        try:
            outcome = _only_pyshacl(shapes, data)
        except ShapesError as error:
            raise ShapesError(f"no engine can use these shapes: {reason}; {error}") from None
        self._use_pyshacl(reason)
        return outcome

    def _use_pyshacl(self, reason: ShapesError) -> None:
        self.name = "pyshacl"
        self.notices = (f"{reason}: validated with pyshacl, which is much slower",)


def choose_engine(name: str) -> Engine:
    """Return the engine of that name, for one run.

    Args:
        name: shacl, pyshacl, both, or auto: the fast one, and pyshacl where that one is not
            installed or cannot use the shapes.

    Raises:
        InputError: no such engine, or it is not installed.
    """
    if name not in ENGINES:
        raise InputError(f"no such SHACL engine: {name} ({', '.join(ENGINES)})")
    if name == "auto":
        return _Auto()
    missing = _why_missing() if name != "pyshacl" else None
    if missing is not None:
        raise InputError(f"{missing}: use the engine pyshacl or auto")
    steps = {"shacl": _only_shacl, "pyshacl": _only_pyshacl, "both": _both}
    return Engine(name, steps[name])


def _why_missing() -> ShapesError | None:
    """Return why the fast engine is not there, None where it is."""

    def load() -> None:
        import shacl  # noqa: F401  (a wheel for another machine is found, and does not load)

    try:
        call_safely(load)
    except ShapesError as error:
        return error
    return None


def _only_shacl(shapes: ShapesGraph, data: bytes) -> Outcome:
    return Outcome(findings=tuple(run_shacl(shapes, data)))


def _only_pyshacl(shapes: ShapesGraph, data: bytes) -> Outcome:
    return Outcome(findings=tuple(run_pyshacl(shapes, data)))


def _both(shapes: ShapesGraph, data: bytes) -> Outcome:
    """Return what either engine finds; one that cannot use the shapes makes the run fail."""
    fast, slow = run_shacl(shapes, data), run_pyshacl(shapes, data)
    only_fast, only_slow = _beyond(fast, slow), _beyond(slow, fast)
    return Outcome(
        findings=(*fast, *only_slow),
        differences=(
            *(("shacl", finding) for finding in only_fast),
            *(("pyshacl", finding) for finding in only_slow),
        ),
    )


def _beyond(findings: list[Finding], others: list[Finding]) -> list[Finding]:
    """Return the findings that the others do not have, whatever the messages."""
    left = Counter(finding.key for finding in others)
    beyond = []
    for finding in findings:
        if left[finding.key]:
            left[finding.key] -= 1
        else:
            beyond.append(finding)
    return beyond
