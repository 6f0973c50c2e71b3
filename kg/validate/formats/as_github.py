"""Annotations on the lines of a pull request, as GitHub's runner reads them from the log.

GitHub shows ten annotations of each level for a step; the worst come first, and a last line says
how many there are in all.

Source: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from kg.validate.formats.as_text import to_text
from kg.validate.formats.names import Names, from_here
from kg.validate.report import Place, Problem, Result, ValidationReport

_LEVELS = {"Violation": "error", "Warning": "warning", "Info": "notice"}
_SHOWN = 10


def to_github(report: ValidationReport, limit: int | None = None) -> str:
    """Return the annotations, then the verdict for the log.

    Args:
        report: what was found.
        limit: most annotations of one level; ten, as many as GitHub shows, where None or more.
    """
    most = _SHOWN if limit is None else min(limit, _SHOWN)
    waiting: dict[str, list[str]] = {level: [] for level in _LEVELS.values()}
    for level, line in _annotations(report):
        waiting[level].append(line)
    lines = [line for found in waiting.values() for line in found[:most]]
    lines.append(to_text(report, 0).partition("\n")[0])
    hidden = sum(max(0, len(found) - most) for found in waiting.values())
    if hidden:
        lines.append(f"{hidden} more are not shown as annotations: GitHub takes {_SHOWN} of each")
    return "\n".join(lines) + "\n"


def _annotations(report: ValidationReport) -> Iterator[tuple[str, str]]:
    names = Names(dict(report.prefixes))
    for problem in report.problems:
        yield _problem(problem)
    for difference in report.differences:
        text = f"only {difference.engine} finds: {_message(difference.result, names)}"
        yield "error", _command("error", difference.result.place, "engines disagree", text)
    if report.unchecked:
        text = to_text(report, 0).partition("\n")[0]
        level = "error" if report.unchecked_fails else "notice"
        yield level, _command(level, None, "nothing was checked", text)
    for result in _in_turn(report.new_results):
        level, title = _LEVELS[result.severity], names.title(result)
        yield level, _command(level, result.place, title, _message(result, names))


def _in_turn(results: Iterable[Result]) -> list[Result]:
    """Return results so that each kind has its first before any has its second."""
    seen: Counter[tuple[str, str, str]] = Counter()
    ranked = []
    for result in results:
        kind = (result.shape, result.component, result.message)
        ranked.append((seen[kind], result))
        seen[kind] += 1
    return [result for _, result in sorted(ranked, key=lambda pair: pair[0])]


def _problem(problem: Problem) -> tuple[str, str]:
    level = _LEVELS[problem.severity]
    return level, _command(
        level, problem.place, f"{problem.about}: {problem.code}", problem.message
    )


def _message(result: Result, names: Names) -> str:
    parts = [result.message, f"node {names.of_node(result.focus, result.article)}"]
    if result.path:
        parts.append(f"path {names.of_path(result.path)}")
    if result.value and result.value != result.focus:
        parts.append(f"value {names.of_node(result.value, result.article)}")
    if result.headline:
        parts.append(f"in “{result.headline}”")
    text = result.sentence or result.words
    if text:
        parts.append(f"“{text}”")
    if result.shape_place:
        parts.append(f"shape at {result.shape_place}")
    return "\n".join(parts)


def _command(level: str, place: Place | None, title: str, message: str) -> str:
    properties = [("title", title)]
    if place is not None and place.file != "-":
        properties = [
            ("file", from_here(place.file).as_posix()),
            ("line", str(place.line)),
            *properties,
        ]
    told = ",".join(f"{name}={_escape_property(value)}" for name, value in properties)
    return f"::{level} {told}::{_escape(message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
