"""What bounds a request, and when it is tried again."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

AGAIN = frozenset({429, 502, 503, 504})
"""Statuses after which the same request may succeed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of a request.

    Attributes:
        connect_seconds: until the connection stands.
        read_seconds: between two pieces of the answer.
        total_seconds: for the answer, with every redirect and every further try.
        response_bytes: of the body of an answer.
        redirects: that are followed, one after another.
        tries: of a request that may be repeated.
        first_wait: seconds before the second try; doubled before each further one.
        longest_wait: seconds; a server that wants more (Retry-After) is given up.
    """

    connect_seconds: float = 10
    read_seconds: float = 120
    total_seconds: float = 600
    response_bytes: int = 100_000_000
    redirects: int = 5
    tries: int = 5
    first_wait: float = 0.5
    longest_wait: float = 60

    def wait_before(self, tries: int) -> float:
        """Return the seconds to wait when so many tries have failed.

        >>> [Limits().wait_before(n) for n in (1, 2, 3, 9)]
        [0.5, 1.0, 2.0, 60.0]
        """
        return float(min(self.first_wait * 2 ** (tries - 1), self.longest_wait))


def read_retry_after(value: str | None, now: datetime | None = None) -> float | None:
    """Return the seconds that a server asks to wait; None where it says nothing readable.

    Source: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after

    >>> read_retry_after("7")
    7.0
    >>> read_retry_after("soon")
    """
    if not value:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())
