"""The bytes and characters of a file, packed or not, in pieces."""

import codecs
import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import IO

_PACKED = b"\x1f\x8b"
_PIECE = 1 << 18
# The parser takes no longer tokens either, so none of a file that it read is lost by this.
_LONGEST = 1 << 26


@contextmanager
def open_file(path: str | Path) -> Iterator[IO[bytes]]:
    """Give the file open for reading, unpacked where it is gzip, without a byte order mark.

    Raises:
        OSError: it cannot be read.
    """
    with Path(path).open("rb") as file:
        packed = file.read(2) == _PACKED
        file.seek(0)
        if not packed:
            yield _past_mark(file)
            return
        with gzip.open(file) as unpacked, BufferedReader(unpacked) as buffered:
            yield _past_mark(buffered)


def _past_mark(file: IO[bytes]) -> IO[bytes]:
    if file.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
        file.seek(0)
    return file


class Pieces:
    """The characters of a file, of which only the part in work is kept.

    Attributes:
        text: what is at hand.
        ended: whether nothing comes after it.
    """

    __slots__ = ("_decoder", "_file", "_piece", "ended", "text")

    def __init__(self, file: IO[bytes]) -> None:
        """Begin to read."""
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._piece = _PIECE
        self.text = ""
        self.ended = False

    def read_on(self, start: int) -> bool:
        """Drop what stands before `start` and read on; return False where nothing more is taken.

        Raises:
            OSError: the file cannot be read to its end.
        """
        if self.ended or len(self.text) - start > _LONGEST:
            return False
        # A token longer than a piece is tried again each time: doubling keeps that cheap.
        self._piece = self._piece * 2 if start == 0 and self.text else _PIECE
        data = self._file.read(self._piece)
        self.ended = not data
        self.text = self.text[start:] + self._decoder.decode(data, final=self.ended)
        return True
