"""The files that paths stand for."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.errors import InputError
from kg.validate.sources.forms import ENDINGS, HEAD, form_by_ending, is_linked

STANDARD_INPUT = "-"
_OUTPUT = "graph.trig"
_COMMON = (".json", ".xml")


def list_files(paths: Iterable[str | Path]) -> list[str]:
    """Return the files of paths; a folder gives its `graph.trig`, else all RDF in it and below.

    Of a folder's `.json` and `.xml`, which may be anything, only those that look like RDF are
    taken; names with a leading dot are passed over.

    Raises:
        InputError: no such file, or a folder without RDF.
    """
    files: list[str] = []
    for path in paths:
        if str(path) == STANDARD_INPUT:
            files.append(STANDARD_INPUT)
        elif Path(path).is_dir():
            files += _of_folder(Path(path))
        elif not os.path.lexists(path):
            raise InputError("no such file", source=str(path))
        else:
            files.append(str(Path(path)))
    return list(dict.fromkeys(files))


def _of_folder(folder: Path) -> list[str]:
    try:
        found = [str(file) for file in _walk(folder)]
    except PermissionError as error:
        raise InputError("no permission to read this folder", source=str(error.filename)) from None
    if not found:
        endings = " ".join(ENDINGS)
        raise InputError(
            f"no RDF file in this folder (endings: {endings}, each also with .gz)",
            source=str(folder),
        )
    return found


def _walk(folder: Path) -> Iterator[Path]:
    if (folder / _OUTPUT).is_file():
        yield folder / _OUTPUT
        return
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        elif path.is_file() and _is_rdf(path):
            yield path


def _is_rdf(path: Path) -> bool:
    form = form_by_ending(path.name)
    if form is None or path.suffix.lower() not in _COMMON:
        return form is not None
    with path.open("rb") as stream:
        return is_linked(stream.read(HEAD), form)
