"""Statements of one file; whatever is wrong with it is told with its line and a way out."""

import json
import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from kg.errors import InputError
from kg.validate.sources.forms import (
    ENDINGS,
    FORMS,
    better_form,
    form_by_ending,
    guess_form,
    is_linked,
    marked_form,
    reached_line,
)
from kg.validate.sources.listing import STANDARD_INPUT
from kg.validate.sources.reading import ByteStream, too_long

_LARGEST_JSON = 256_000_000
_PLACE = re.compile(
    r"Parser error (?:between line \d+ column \d+ and line \d+ column \d+|at line \d+ "
    r"(?:column \d+|between columns \d+ and \d+)): "
)
_IRI = re.compile(r"IRI '([^']*)'")
_BAD_IRI = re.compile(r"[\s<>\"{}|\\^`]")
_STARTS = {"rdfxml": re.compile(rb"\s*(<|$)"), "jsonld": re.compile(rb"\s*([{\[]|$)")}
_ALIAS = re.compile(rb'"([^"@]+)"\s*:\s*"@(?:id|type)"')


def base_of(file: str) -> str:
    """Return the IRI that relative IRIs of a file are resolved against: where the file is.

    Source: https://www.rfc-editor.org/rfc/rfc3986#section-5.1.3
    """
    return "file:///" if file == STANDARD_INPUT else Path(file).absolute().as_uri()


@dataclass(slots=True)
class FileNotes:
    """What is learned of a file by reading it.

    Attributes:
        form: the syntax it was read as; None of an empty file.
        prefixes: namespaces by their prefixes, as the file declares them.
        keep: takes a copy of what is read, unpacked; none is made where None.
    """

    form: str | None = None
    prefixes: dict[str, str] = field(default_factory=dict)
    keep: IO[bytes] | None = None


def parse_file(
    file: str,
    form: str | None = None,
    *,
    tell: Callable[[int], None] = lambda _: None,
    notes: FileNotes | None = None,
) -> Iterator[ox.Quad]:
    """Yield the statements of a file in its order; blank nodes keep the labels of the parser.

    Args:
        file: path, or `-` for standard input.
        form: name of the syntax (`FORMS`); by the ending for None, and by the content for standard
            input, and for a pipe without an ending.
        tell: takes the bytes of the file read so far.
        notes: filled in while the file is read, whole when it ended.

    Raises:
        InputError: it cannot be read or does not parse; names file, line, reason and way out.
    """
    known = form or form_by_ending(file)
    if known is None and file != STANDARD_INPUT and Path(file).is_file():
        ending = Path(file).suffix or "(none)"
        raise InputError(
            f"unknown ending {ending}: one of {' '.join(ENDINGS)}, or say --input-format",
            source=file,
        )
    if known is not None and known not in FORMS:
        raise InputError(f"no such syntax: {known} ({', '.join(FORMS)})")
    notes = notes or FileNotes()
    stream = ByteStream(file, forced=form is not None, tell=tell, keep=notes.keep)
    try:
        if not stream.empty:
            notes.form = known or _widest(guess_form(stream.head))
            _refuse_other_content(stream, notes.form)
            yield from _statements(stream, notes, base_of(file))
    finally:
        stream.close()


def _widest(form: str) -> str:
    """Return the syntax that takes in a guessed one: graphs may come after the beginning."""
    return "trig" if form == "turtle" else form


def _refuse_other_content(stream: ByteStream, form: str) -> None:
    other = marked_form(stream.head)
    if other is None and _is_no(form, stream.head):
        other = guess_form(stream.head)
    if other not in (None, form):
        raise _other_form(stream.name, FORMS[form].title, str(other))


def _is_no(form: str, head: bytes) -> bool:
    """Return whether a beginning without the marks of XML or JSON cannot be such a syntax."""
    if form not in _STARTS:
        return False
    return not _STARTS[form].match(head) or (form == "rdfxml" and reached_line(head, "trig") > 1)


def _other_form(name: str, title: str, other: str) -> InputError:
    better = FORMS[other]
    return InputError(
        f"is read as {title} and looks like {better.title}: rename it to {better.ending}, or say "
        f"--input-format {other}",
        source=name,
    )


def _statements(stream: ByteStream, notes: FileNotes, base: str) -> Iterator[ox.Quad]:
    source: Any = stream
    form = notes.form or ""
    if form == "jsonld":
        source = _checked_json(stream)
    elif form == "rdfxml":
        stream.watch_xml()
    try:
        quads = ox.parse(input=source, format=FORMS[form].format, base_iri=base)
        yield from quads if form != "rdfxml" else _watched(quads, stream)
        notes.prefixes.update(quads.prefixes)
    except SyntaxError as error:
        raise _explained(error, stream, form) from None
    except MemoryError:
        raise too_long(stream.place()) from None
    except InputError:
        raise
    except (OSError, ValueError) as error:
        raise InputError(_one_line(error), source=stream.place()) from None


def _watched(quads: Iterator[ox.Quad], stream: ByteStream) -> Iterator[ox.Quad]:
    for quad in quads:
        stream.waiting = 0
        yield quad
    while stream.read(65_536):  # the parser may stop before the end, where the file may be cut off
        stream.waiting = 0


def _explained(error: SyntaxError, stream: ByteStream, form: str) -> InputError:
    """Return what is wrong in words that help, with the line."""
    reason = _PLACE.sub("", _one_line(error.msg))
    line = error.lineno
    other = better_form(stream.head, form, line) if line and form != "jsonld" else None
    if other is not None:
        return _other_form(f"{stream.name}, line {line}", FORMS[form].title, other)
    named = _IRI.search(reason)
    place = f"{stream.name}, line {line}" if line else stream.place(named[1] if named else None)
    if "LoadDocumentCallback" in reason:
        reason = "it names a JSON-LD context on the web, and nothing is fetched here: put it inline"
        return InputError(reason, source=stream.name)
    return InputError(f"{reason}; {_way_out(reason)}", source=place)


def _way_out(reason: str) -> str:
    if "Unexpected end" in reason:
        return "the file ends inside a statement: get the whole of it"
    if "Invalid IRI code point" in reason:
        return "write such a character of an IRI in percent, a space as %20"
    if "dot" in reason:
        return "put it, or get the whole file if this one was cut off"
    return "correct it there"


def _checked_json(stream: ByteStream) -> bytes:
    """Return a JSON-LD document, which is read whole, with what its parser passes over refused."""
    data = stream.read_all(_LARGEST_JSON)
    try:
        document = json.loads(data)
    except json.JSONDecodeError as error:
        raise InputError(
            f"not JSON: {error.msg}; correct it, or get the whole file",
            source=f"{stream.name}, line {error.lineno}",
        ) from None
    except RecursionError:
        raise InputError("JSON nested too deeply to be read", source=stream.name) from None
    if document and not is_linked(data, "jsonld"):
        raise InputError(
            'JSON without "@context" or "@id": not JSON-LD; give it a context', source=stream.name
        )
    keys = {"@id", "@type", *(alias.decode() for alias in _ALIAS.findall(data))}
    for name in _names(document, keys):
        if _BAD_IRI.search(name):
            at = max(data.find(json.dumps(name).encode()), data.find(name.encode()), 0)
            raise InputError(
                f"IRI {name!r} has a character that no IRI may have: write it in percent, a space "
                "as %20",
                source=f"{stream.name}, line {data.count(bytes([10]), 0, at) + 1}",
            )
    return data


def _names(document: object, keys: Container[str]) -> Iterator[str]:
    """Yield the texts that stand for IRIs, at any depth: with a bad one the parser drops all."""
    waiting = [document]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            for key, value in node.items():
                values = value if isinstance(value, list) else [value]
                yield from (v for v in values if key in keys and isinstance(v, str))
            waiting += [value for key, value in node.items() if key != "@context"]
        elif isinstance(node, list):
            waiting += node


def _one_line(error: object) -> str:
    return " ".join(str(error).split())
