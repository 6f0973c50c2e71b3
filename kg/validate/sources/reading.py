"""The bytes of a file: unpacked, checked to be UTF-8 and bounded, as they are read."""

import codecs
import gzip
import io
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, cast
from xml.parsers import expat

from kg.errors import InputError
from kg.validate.sources.forms import GZIP, HEAD, foreign_content
from kg.validate.sources.listing import STANDARD_INPUT

Tell = Callable[[str, int, int], None]

_BLOCK = 1_000_000
_BOM = codecs.BOM_UTF8
# Packed RDF grows 5 to 30 times; what grows more, and to that many bytes, was made to fill a disk.
_MOST_GROWTH, _MOST_UNPACKED = 200, 64_000_000
# As much as the parser of Turtle keeps of one statement; that of XML has no bound of its own.
LONGEST = 16_777_216


class ByteStream:
    """What a parser reads from.

    Attributes:
        name: of the file, as in messages.
        head: the first 64 KB, unpacked, without a byte order mark.
        waiting: bytes given out since the last statement; whoever parses sets it back.
    """

    def __init__(
        self, file: str, *, forced: bool, tell: Callable[[int], None], keep: IO[bytes] | None = None
    ) -> None:
        """Open a file, `-` for standard input.

        Args:
            file: its path, or `-`.
            forced: the user named the syntax: the ending says nothing.
            tell: takes the bytes of the file read so far.
            keep: takes a copy of what is read, unpacked.

        Raises:
            InputError: it cannot be read, or its beginning is no RDF text.
        """
        self.name = "standard input" if file == STANDARD_INPUT else file
        self.waiting = 0
        self._tell = tell
        self._keep = keep
        self._raw = self._open(file)
        self._inner: IO[bytes] = self._raw
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._ended = False
        self._xml: expat.XMLParserType | None = None
        self._block, self._at, self._lines, self._unpacked = b"", 0, 0, 0
        self.head = b""
        try:
            self._begin(forced=forced or not Path(file).is_file())
        except InputError:
            self.close()
            raise

    def _begin(self, *, forced: bool) -> None:
        """Read the beginning, which tells what the file is."""
        self._unpack(forced=forced)
        self._block = self._next_block().removeprefix(_BOM)
        self.head = self._block[:HEAD]
        foreign = foreign_content(self.head)
        if foreign is not None:
            raise InputError(f"looks like {foreign}", source=self.name)
        self._check(self._block)

    def watch_xml(self) -> None:
        """Have all that is read checked to be well-formed, which the parser of RDF/XML does not."""
        self._xml = expat.ParserCreate("utf-8")
        self._feed(self._block)

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it but white space."""
        return len(self.head) < HEAD and not self.head.strip()

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, none at the end.

        Raises:
            InputError: they cannot be read or unpacked, or are not UTF-8, with the line.
        """
        if self._at >= len(self._block) and not self._ended:
            self._lines += self._block.count(b"\n")
            self._block, self._at = self._next_block(), 0
            self._ended = not self._block
            self._check(self._block)
            self._feed(self._block)
        end = len(self._block) if size < 0 else self._at + size
        piece = self._block[self._at : end]
        self._at += len(piece)
        self.waiting += len(piece)
        if self._xml is not None and self.waiting > LONGEST:
            raise too_long(self.place())
        return piece

    def read_all(self, limit: int) -> bytes:
        """Return the rest.

        Raises:
            InputError: as `read`, or it is longer than `limit` bytes.
        """
        pieces, length = [], 0
        while piece := self.read():
            pieces.append(piece)
            length += len(piece)
            if length > limit:
                raise InputError(
                    f"a JSON-LD document of more than {limit // 1_000_000} MB, which would have "
                    "to be read whole: convert it to N-Quads, which is read line by line",
                    source=self.name,
                )
        return b"".join(pieces)

    def place(self, words: str | None = None) -> str:
        """Return file and line of words just given out, of what was given out last for None."""
        at = self._block.rfind(words.encode(), 0, self._at) if words else self._at
        line = self._lines + self._block.count(b"\n", 0, self._at if at < 0 else at) + 1
        return f"{self.name}, line {line}"

    def close(self) -> None:
        """Close the file; standard input stays open."""
        if self._inner is not self._raw:
            self._inner.close()
        if self._raw is not getattr(sys.stdin, "buffer", None):
            self._raw.close()

    def _open(self, file: str) -> IO[bytes]:
        if file == STANDARD_INPUT:
            if sys.stdin is None:
                raise InputError("is closed: give it data, or a file", source="standard input")
            buffer = sys.stdin.buffer
            if hasattr(buffer, "peek"):
                return buffer
            return io.BufferedReader(io.BytesIO(buffer.read()))
        try:
            return Path(file).open("rb")
        except OSError as error:
            raise InputError(_why(error), source=file) from None

    def _unpack(self, *, forced: bool) -> None:
        """Put gzip between, where there is some."""
        start = self._first(2)
        named = self.name.lower().endswith(".gz")
        if start == GZIP and not named and not forced:
            raise InputError("is packed with gzip: add .gz to its name", source=self.name)
        if start != GZIP and named and start:
            raise InputError("is not packed with gzip: take .gz off its name", source=self.name)
        if start == GZIP:
            self._inner = cast("IO[bytes]", gzip.GzipFile(fileobj=self._raw))

    def _first(self, count: int) -> bytes:
        try:
            peeked: bytes = self._raw.peek(count)[:count]  # type: ignore[attr-defined]
        except OSError as error:
            raise InputError(_why(error), source=self.name) from None
        return peeked

    def _next_block(self) -> bytes:
        try:
            block = self._inner.read(_BLOCK)
            packed = self._raw.tell() if self._raw.seekable() else self._unpacked
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise InputError(
                f"broken gzip, perhaps cut off ({error}): pack it again", source=self.name
            ) from None
        except OSError as error:
            raise InputError(_why(error), source=self.name) from None
        self._unpacked += len(block)
        if self._unpacked > max(_MOST_UNPACKED, _MOST_GROWTH * packed) and self._raw.seekable():
            raise InputError(
                f"grows more than {_MOST_GROWTH} times when unpacked: unpack it yourself, if you "
                "trust it",
                source=self.name,
            )
        self._tell(packed)
        if self._keep is not None:
            self._keep.write(block)
        return block

    def _check(self, block: bytes) -> None:
        """Raise unless all so far is UTF-8; the end of the file shows by an empty block."""
        try:
            self._decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            line = self._lines + block.count(b"\n", 0, max(0, error.start)) + 1
            raise InputError(
                "not UTF-8, perhaps cp1252: convert it (iconv -f cp1252 -t utf-8)",
                source=f"{self.name}, line {line}",
            ) from None

    def _feed(self, block: bytes) -> None:
        if self._xml is None:
            return
        try:
            self._xml.Parse(block, not block)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            if not block:
                reason = "the file ends before its last element does"
            raise InputError(
                f"not well-formed XML: {reason}; correct it, or get the whole file",
                source=f"{self.name}, line {error.lineno}",
            ) from None


def too_long(place: str) -> InputError:
    """Return the error for a statement that would have to be kept in memory."""
    return InputError(
        f"a literal or statement of more than {LONGEST // 1_048_576} MB: keep such a text in a "
        "file and link to it",
        source=place,
    )


def size_of(file: str) -> int:
    """Return the size of a file in bytes, 0 where it has none, such as a pipe."""
    try:
        return Path(file).stat().st_size if file != STANDARD_INPUT else 0
    except OSError:
        return 0


def _why(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "no permission to read it"
    if isinstance(error, FileNotFoundError):
        return "no such file"
    return " ".join(str(error.strerror or error).split())
