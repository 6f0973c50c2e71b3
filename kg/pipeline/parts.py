"""What an interrupted run has done so far: a file beside its output, one line a document.

The first line says which run it is of; a file of another run is not used. A line is JSON about the
document, and, where there is a record, a tab and the record. A torn last line is dropped.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from kg.errors import InputError, WriteError
from kg.model import Article, Failure
from kg.records import dump_record, load_record

SUFFIX = ".part"
_TAB, _END = b"\t", b"\n"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands in the file."""

    start: int
    size: int


@dataclass(slots=True)
class Kept:
    """What the file held when it was opened.

    Attributes:
        sources: names of the documents that are done.
        texts: sha256 of each one's text -> its source.
        failures: of all steps.
        stale: whether there was a file of another run, which is gone.
    """

    sources: set[str] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    stale: bool = False


class Part:
    """The file: opened for one run, closed by it."""

    def __init__(self, output: Path, header: dict[str, Any], *, fresh: bool) -> None:
        """Open the file, made if absent; what it holds of the same run is kept.

        Raises:
            WriteError: it cannot be written.
            InputError: another process writes it.
        """
        self.kept = Kept()
        self.records: dict[str, Place] = {}
        self.sources: dict[str, str] = {}
        self._path = output.with_name(output.name + SUFFIX)
        try:
            self._file: IO[bytes] = os.fdopen(
                os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666), "r+b"
            )
        except OSError as error:
            raise WriteError(error.strerror or str(error), source=str(output)) from None
        try:
            _lock(self._file, output)
            self._end = 0 if fresh else self._load(header)
            self._file.truncate(self._end)
            if not self._end:
                self._write(json.dumps(header, sort_keys=True).encode())
        except BaseException:
            self._file.close()
            raise
        self._first = self._end

    def close(self) -> None:
        """Close the file; it goes where nothing was kept in it."""
        self._file.close()
        if not self.kept.sources and self._end == self._first:
            self.remove()

    def remove(self) -> None:
        """Take the file away."""
        self._file.close()
        self._path.unlink(missing_ok=True)

    def put_failure(self, failure: Failure) -> None:
        """Keep what could not be used, or a warning."""
        self._write(_dump({"failure": asdict(failure)}))

    def put_document(
        self, source: str, text_sha256: str, article: Article | None, failures: list[Failure]
    ) -> None:
        """Keep what came of a document."""
        told = [asdict(failure) for failure in failures]
        head = _dump({"source": source, "text": text_sha256, "failures": told})
        if article is None:
            self._write(head)
            return
        record = dump_record(article).encode("utf-8")
        self._note(article.id, source, Place(self._end + len(head) + 1, len(record)))
        self._write(head + _TAB + record)

    def read(self, article: str) -> Article:
        """Return a record by the id of its article."""
        place = self.records[article]
        self._file.seek(place.start)
        return load_record(self._file.read(place.size).decode("utf-8"), source=str(self._path))

    def _note(self, article: str, source: str, place: Place) -> None:
        self.records[article] = place
        self.sources[article] = source

    def _write(self, line: bytes) -> None:
        try:
            self._file.seek(self._end)
            self._file.write(line + _END)
            self._file.flush()
        except OSError as error:
            raise WriteError(error.strerror or str(error), source=str(self._path)) from None
        self._end += len(line) + 1

    def _load(self, header: dict[str, Any]) -> int:
        """Read what is kept; return where the good lines end: 0 where none of them counts."""
        lines = self._lines()
        first = next(lines, None)
        if first is None:
            return 0
        if _parse(first[1]) != json.loads(json.dumps(header)):
            self.kept.stale = True
            return 0
        end = len(first[1])
        for start, line in lines:
            if not self._take(start, line):
                break
            end = start + len(line)
        return end

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        """Yield where each whole line begins, and the line."""
        self._file.seek(0)
        start = 0
        for line in self._file:
            if not line.endswith(_END):
                return
            yield start, line
            start += len(line)

    def _take(self, start: int, line: bytes) -> bool:
        """Keep what a line says; return whether it can be read."""
        head, tab, record = line.rstrip(_END).partition(_TAB)
        told = _parse(head)
        if not isinstance(told, dict):
            return False
        if "failure" in told:
            self.kept.failures.append(Failure(**told["failure"]))
            return True
        if tab:
            article = _parse(record)
            if not isinstance(article, dict):
                return False
            self._note(article["id"], told["source"], Place(start + len(head) + 1, len(record)))
        self.kept.sources.add(told["source"])
        self.kept.texts[told["text"]] = told["source"]
        self.kept.failures += [Failure(**one) for one in told["failures"]]
        return True


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=True).encode("ascii")


def _parse(line: bytes) -> Any:  # noqa: ANN401
    try:
        return json.loads(line)
    except ValueError:
        return None


def _lock(file: IO[bytes], output: Path) -> None:
    """Let no other process write the file while this one does.

    Raises:
        InputError: another one does.
    """
    try:
        import fcntl
    except ImportError:  # not this system
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise InputError("another process is writing it: wait for it", source=str(output)) from None
