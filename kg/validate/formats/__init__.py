"""A validation report in the forms that people, programs and build servers read."""

from collections.abc import Callable
from pathlib import Path

from kg.errors import InputError
from kg.validate.formats.as_github import to_github
from kg.validate.formats.as_json import to_json
from kg.validate.formats.as_junit import to_junit
from kg.validate.formats.as_sarif import to_sarif
from kg.validate.formats.as_text import to_text
from kg.validate.formats.as_turtle import to_turtle
from kg.validate.report import ValidationReport

__all__ = ["FORMATS", "form_of", "render_report"]

_RENDERERS: dict[str, Callable[[ValidationReport, int | None], str]] = {
    "text": to_text,
    "json": to_json,
    "turtle": to_turtle,
    "sarif": to_sarif,
    "junit": to_junit,
    "github": to_github,
}
FORMATS = tuple(_RENDERERS)
_ENDINGS = {".txt": "text", ".json": "json", ".ttl": "turtle", ".sarif": "sarif", ".xml": "junit"}


def render_report(report: ValidationReport, form: str, *, limit: int | None = None) -> str:
    """Return a report in one form; the same report gives the same bytes.

    Args:
        report: what was found.
        form: one of `FORMATS`.
        limit: most results that are spelled out, where the form is read by people (text, github);
            they are counted all the same. The other forms have all results.

    Raises:
        InputError: no such form.
    """
    if form not in _RENDERERS:
        raise InputError(f"no such form of a report: {form} ({', '.join(FORMATS)})")
    return _RENDERERS[form](report, limit)


def form_of(path: str | Path) -> str:
    """Return the form that the ending of a file's name asks for.

    Raises:
        InputError: an ending that no form has.

    >>> form_of("report.sarif.json"), form_of("report.xml")
    ('sarif', 'junit')
    """
    name = Path(path).name.lower()
    if name.endswith(".sarif.json"):
        return "sarif"
    for ending, form in _ENDINGS.items():
        if name.endswith(ending):
            return form
    raise InputError(f"unknown ending: one of {' '.join(_ENDINGS)}", source=str(path))
