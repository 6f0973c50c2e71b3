"""Open what is wrapped: gzip and ZIP, within bounds, one member at a time."""

import contextlib
import gzip
import io
import lzma
import os
import stat
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from kg.errors import InputError
from kg.model import Failure
from kg.read.kinds import HEAD

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_OTHER_PARTS = ("[Content_Types].xml", "mimetype", "META-INF/container.xml")  # Office, EPUB, ODF
MOST_MEMBERS = 10_000
"""Files in a ZIP archive."""
MOST_UNPACKED = 2_000_000_000
"""Bytes of all files in a ZIP archive; each is bounded by what the archive says of it."""
DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError)
"""What reading a damaged archive raises; bzip2 and gzip use OSError."""
_SPOOL = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One input, unwrapped.

    Attributes:
        name: of the file, or ARCHIVE/MEMBER.
        head: its first bytes.
        stream: at its beginning, unwrapped.
    """

    name: str
    head: bytes
    stream: IO[bytes]


@contextlib.contextmanager
def open_source(path: Path | None) -> Iterator[IO[bytes]]:
    """Open a regular file, or standard input where `path` is None.

    Raises:
        InputError: it is not a file, or cannot be read.
    """
    try:
        with _open(path) as file:
            yield file
    except FileNotFoundError as error:
        gone = "a link to a file that is gone" if path and path.is_symlink() else "the file is gone"
        raise InputError(f"{gone}: put it back, or leave it out") from error
    except PermissionError as error:
        raise InputError("no permission to read it: change its mode (chmod +r)") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"a damaged gzip archive ({error}): fetch it anew") from error
    except zipfile.BadZipFile as error:
        raise InputError(f"a damaged ZIP archive ({error}): fetch it anew") from error
    except OSError as error:
        told = os.strerror(error.errno) if error.errno else str(error)
        raise InputError(f"cannot be read: {told}") from error


def unwrap(name: str, file: IO[bytes]) -> Iterator[Opened | Failure]:
    """Yield what a file holds: itself, what is compressed in it, or the members of a ZIP.

    Archives in archives are not opened.

    Raises:
        OSError, EOFError, zlib.error, BadZipFile: it is damaged.
    """
    head = _head(file)
    if head.startswith(_GZIP):
        with cast("IO[bytes]", gzip.GzipFile(fileobj=file, mode="rb")) as unpacked:
            inner = _head(unpacked)
            if inner.startswith((_GZIP, _ZIP)):
                yield _failure(name, "an archive in an archive: unpack it first")
            else:
                yield Opened(name=name, head=inner, stream=unpacked)
    elif head.startswith(_ZIP):
        yield from _members(name, file)
    else:
        yield Opened(name=name, head=head, stream=file)


def is_archive(content: bytes) -> bool:
    """Return whether bytes are those of gzip or ZIP."""
    return content.startswith((_GZIP, _ZIP))


def read_within(
    stream: IO[bytes], limit: int, advice: str = "split it into one file per article"
) -> bytes:
    """Return all bytes of a stream.

    Raises:
        InputError: there are more than `limit`.
    """
    raw = stream.read(limit + 1)
    if len(raw) > limit:
        raise InputError(f"larger than {limit:,} bytes: {advice}")
    return raw


def _members(name: str, file: IO[bytes]) -> Iterator[Opened | Failure]:
    with zipfile.ZipFile(file) as archive:
        members = [info for info in archive.infolist() if not info.is_dir()]
        names = {info.filename for info in members}
        if names & set(_OTHER_PARTS):
            yield _failure(name, "a Word, EPUB or other document in ZIP form: save it as text")
            return
        if len(members) > MOST_MEMBERS:
            yield _failure(name, f"more than {MOST_MEMBERS:,} files in it: unpack it first")
            return
        if sum(info.file_size for info in members) > MOST_UNPACKED:
            yield _failure(
                name, f"more than {MOST_UNPACKED:,} bytes once unpacked: unpack it first"
            )
            return
        if not members:
            yield _failure(name, "an empty ZIP archive")
        if len({info.header_offset for info in members}) < len(members):
            yield _failure(name, "several files in it are the same bytes: unpack it first")
            return
        for info in members:
            inside = f"{name}/{_plain(info.filename)}"
            if info.flag_bits & 1:
                yield _failure(inside, "it is encrypted: unpack it first")
                continue
            try:
                with archive.open(info) as stream:
                    head = _head(stream)
                    if head.startswith((_GZIP, _ZIP)):
                        yield _failure(inside, "an archive in an archive: unpack it first")
                    else:
                        yield Opened(name=inside, head=head, stream=stream)
            except (*DAMAGE, NotImplementedError) as error:
                yield _failure(inside, f"damaged, or packed in an unknown way: {error}")


def _plain(name: str) -> str:
    """Return a name that can be printed: it is shown, never opened."""
    return "".join(c if c.isprintable() else "\ufffd" for c in name)


@contextlib.contextmanager
def _open(path: Path | None) -> Iterator[IO[bytes]]:
    if path is None:
        with tempfile.SpooledTemporaryFile(max_size=_SPOOL) as kept:
            while piece := sys.stdin.buffer.read(1_048_576):
                kept.write(piece)
            kept.seek(0)
            yield kept
        return
    if not stat.S_ISREG(path.stat().st_mode):
        raise InputError("a pipe, device or folder, not a file: save the text to a file, or use -")
    with path.open("rb") as file:
        yield file


def _head(stream: IO[bytes]) -> bytes:
    """Return the first bytes; of what is damaged, those before the damage."""
    head = bytearray()
    read = getattr(stream, "read1", stream.read)
    try:
        while len(head) < HEAD and (piece := read(HEAD - len(head))):
            head += piece
    except (EOFError, zlib.error):
        if not head:
            raise
    stream.seek(0, io.SEEK_SET)
    return bytes(head)


def _failure(source: str, reason: str) -> Failure:
    return Failure(source=source, step="read", reason=reason)
