"""Compressed answers, unfolded no further than their limit."""

import zlib

from kg.errors import FetchError

_ACCEPTED = frozenset({"gzip", "x-gzip", "deflate"})
_GZIP = b"\x1f\x8b"
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
        self._head = b""

    def take(self, piece: bytes) -> bytes:
        """Return what comes out of a piece, at most as much as is left of the limit.

        Raises:
            FetchError: not what it says it is.
        """
        found = self._unfold(piece) if self._name else piece[: self._left]
        self._left -= len(found)
        return found

    def _unfold(self, piece: bytes) -> bytes:
        found = bytearray()
        while piece and len(found) < self._left:
            if self._inner is None or self._inner.eof:
                piece = self._next_member(piece)
                continue
            try:
                found += self._inner.decompress(piece, self._left - len(found))
            except zlib.error:
                raise FetchError("the compressed answer is broken") from None
            piece = self._inner.unconsumed_tail or self._inner.unused_data
        return bytes(found)

    def _next_member(self, piece: bytes) -> bytes:
        """Begin to unfold, or begin anew where another gzip member follows.

        Returns:
            What is to be unfolded now; nothing where that cannot be told yet, or nothing follows.
        """
        first = self._inner is None
        self._head += piece
        if len(self._head) < len(_GZIP):
            return b""
        if not first and (self._name == "deflate" or not self._head.startswith(_GZIP)):
            self._head = self._head[:2]  # padding
            return b""
        self._inner, begun = _decompressor(self._name, self._head), self._head
        self._head = b""
        return begun

    def end(self) -> None:
        """Say that nothing follows.

        Raises:
            FetchError: the compressed answer is not whole.
        """
        begun = self._inner is None and self._head
        if self._left > 0 and (begun or (self._inner is not None and not self._inner.eof)):
            raise FetchError("the compressed answer broke off")


def _decompressor(name: str, begun: bytes) -> "zlib._Decompress":
    """Return what unfolds; deflate is sent with a head of zlib, and by some servers without.

    Source: https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1
    """
    if name != "deflate":
        return zlib.decompressobj(31)
    return zlib.decompressobj(15 if begun[0] & 15 == 8 else -15)
