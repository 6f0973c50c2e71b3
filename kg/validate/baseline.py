"""What an earlier report knew already: only what is new makes a build fail.

A result is known again by what it says, not by where it stands: lines move, messages are reworded.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from kg.errors import InputError
from kg.validate.report import Result, Severity, ValidationReport

_KEYS = ("shape", "component", "severity", "focus", "path", "value", "graph")
_WAY_OUT = "write one with `kg validate … --report FILE.json`"


@dataclass(frozen=True, slots=True)
class Baseline:
    """Fingerprints of the results of an earlier report, each as often as it was there."""

    fingerprints: Counter[str]


def fingerprint(result: Result) -> str:
    """Return what a result is known again by: 32 hexadecimal digits.

    Shape, component, severity, focus node, path, value and graph decide; a blank node and a shape
    without a name count as any other, since their labels change from run to run.
    """
    return _digest([getattr(result, name) for name in _KEYS])


def load_baseline(path: str | Path) -> Baseline:
    """Return the baseline of a report in JSON.

    Raises:
        InputError: it cannot be read, or is no such report; says how to write one.
    """
    source = str(path)
    try:
        value = json.loads(Path(path).read_bytes())
    except OSError as error:
        raise InputError(f"{error.strerror or error}; {_WAY_OUT}", source=source) from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"no JSON ({error}); {_WAY_OUT}", source=source) from None
    results = value.get("results") if isinstance(value, dict) else None
    if not isinstance(results, list) or not all(_is_result(item) for item in results):
        raise InputError(f"no report of kg validate; {_WAY_OUT}", source=source)
    digests = (_digest([item.get(name) for name in _KEYS]) for item in results)
    return Baseline(Counter(digests))


def judge_report(
    report: ValidationReport,
    *,
    fail_on: Severity = "Violation",
    baseline: Baseline | None = None,
    unchecked_fails: bool = True,
) -> ValidationReport:
    """Return the report with what makes it fail, and with what was known before.

    Args:
        report: what was found.
        fail_on: the least severity that makes it fail.
        baseline: what was known before; nothing where None.
        unchecked_fails: whether it is a fault that no node is a target of any shape.
    """
    report = replace(report, fail_on=fail_on, unchecked_fails=unchecked_fails)
    if baseline is None:
        return report
    results, gone = mark_known(report.results, baseline)
    return replace(report, results=results, gone=gone, compared=True)


def mark_known(results: Iterable[Result], baseline: Baseline) -> tuple[tuple[Result, ...], int]:
    """Return the results, those that the baseline has marked; and how many of its are gone."""
    left = Counter(baseline.fingerprints)
    marked = []
    for result in results:
        digest = fingerprint(result)
        known = left[digest] > 0
        left[digest] -= known
        marked.append(replace(result, known=known))
    return tuple(marked), sum(left.values())


def _is_result(item: object) -> bool:
    return isinstance(item, dict) and isinstance(item.get("focus"), str) and "component" in item


def _digest(parts: Iterable[object]) -> str:
    text = "\n".join(_stable(part) for part in parts)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _stable(part: object) -> str:
    text = "" if part is None else json.dumps(part, ensure_ascii=False)
    for passing in ("_:", "urn:kg:nameless-shape:"):
        if text.startswith(f'"{passing}'):
            return passing
    return text
