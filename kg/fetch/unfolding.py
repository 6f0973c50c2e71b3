"""Compressed answers, unfolded no further than their limit."""

import zlib

from kg.errors import FetchError

_ACCEPTED = frozenset({"gzip", "x-gzip", "deflate"})
_WHAT_FITS = "gzip, deflate"
"""What a request says that it takes."""


class Unfolding:
    """Unfolds an answer piece by piece; what is not compressed passes through.

    Attributes:
        accepted: value for the header Accept-Encoding.
    """

    accepted = _WHAT_FITS

    def __init__(self, coding: str, limit: int) -> None:
        """Begin.

        Args:
            coding: value of Content-Encoding.
            limit: bytes that may come out; one more is given, so that it shows.

        Raises:
            FetchError: compressed in another way than was asked for, or several times.
        """
        names = [name.strip().lower() for name in coding.split(",")]
        names = [name for name in names if name not in {"", "identity"}]
        if len(names) > 1 or not _ACCEPTED.issuperset(names):
            raise FetchError(f"compressed as {coding[:40]!r}, which was not asked for")
        self._left = limit + 1
        self._name = names[0] if names else ""
        self._inner: zlib._Decompress | None = None

    def take(self, piece: bytes) -> bytes:
        """Return what comes out of a piece, at most as much as is left of the limit.

        Raises:
            FetchError: not what it says it is.
        """
        found = self._unfold(piece) if self._name else piece[: self._left]
        self._left -= len(found)
        return found

    def _unfold(self, piece: bytes) -> bytes:
        inner = self._inner
        found = bytearray()
        while piece and len(found) < self._left:
            if inner is None or (inner.eof and piece.startswith(b"\x1f\x8b")):
                inner = _decompressor(self._name, piece)  # one gzip member may follow another
            if inner.eof:
                break
            try:
                found += inner.decompress(piece, self._left - len(found))
            except zlib.error:
                raise FetchError("the compressed answer is broken") from None
            piece = inner.unconsumed_tail or inner.unused_data
        self._inner = inner
        return bytes(found)

    def end(self) -> None:
        """Say that nothing follows.

        Raises:
            FetchError: the compressed answer is not whole.
        """
        if self._inner is not None and not self._inner.eof and self._left > 0:
            raise FetchError("the compressed answer broke off")


def _decompressor(name: str, begun: bytes) -> "zlib._Decompress":
    """Return what unfolds; deflate is sent with a head of zlib, and by some servers without.

    Source: https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1
    """
    if name != "deflate":
        return zlib.decompressobj(31)
    return zlib.decompressobj(15 if begun[0] & 15 == 8 else -15)
