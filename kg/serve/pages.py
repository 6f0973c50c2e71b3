"""Pages for people: plain HTML that needs no script and loads nothing from elsewhere."""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.responses import Response

from kg.serve.negotiate import HTML

if TYPE_CHECKING:
    import jinja2

_FOLDER = "templates"


def render(template: str, **values: object) -> str:
    """Return a page; every value in it is escaped."""
    return _environment().get_template(template).render(**values)


def page(template: str, *, status: int = 200, **values: object) -> Response:
    """Return a page as an answer."""
    headers = {"Cache-Control": "no-cache", "Vary": "Accept"}
    body = render(template, **values).encode("utf-8", "replace")
    return Response(body, status, headers, f"{HTML}; charset=utf-8")


def mark_found(text: str, found: tuple[tuple[int, int], ...]) -> list[tuple[str, bool]]:
    """Return a text in pieces, each with whether it was looked for.

    >>> mark_found("at the border", ((7, 13),))
    [('at the ', False), ('border', True)]
    """
    pieces, last = list[tuple[str, bool]](), 0
    for begin, end in sorted(found):
        pieces += [(text[last:begin], False), (text[begin:end], True)]
        last = end
    pieces.append((text[last:], False))
    return [piece for piece in pieces if piece[0]]


@cache
def style_sheet() -> bytes:
    """Return the style sheet of all pages."""
    return (files("kg.serve") / _FOLDER / "style.css").read_bytes()


@cache
def _environment() -> "jinja2.Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("kg.serve", _FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["mark_found"] = mark_found
    return environment
