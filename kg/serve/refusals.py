"""What is refused, and the HTTP status that says so."""

from collections.abc import Mapping

from kg.errors import (
    BusyError,
    InputError,
    KgError,
    MemoryLimitError,
    NotAcceptableError,
    QueryError,
    RefusedError,
    ResultLimitError,
    TimeLimitError,
)

_STATUS: tuple[tuple[type[KgError], int], ...] = (
    (BusyError, 503),
    (TimeLimitError, 504),
    (MemoryLimitError, 422),
    (ResultLimitError, 422),
    (NotAcceptableError, 406),
    (RefusedError, 403),
    (QueryError, 400),
    (InputError, 400),
)


class HttpRefusedError(KgError):
    """A request that is answered with a status and one line.

    Attributes:
        status: of HTTP, from 400.
        headers: that the answer has besides the usual ones.
    """

    def __init__(
        self, status: int, message: str, *, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.headers = dict(headers or {})


def refusal_of(error: KgError) -> HttpRefusedError:
    """Return an error of any step as an answer; what is not the client's doing is a 500."""
    if isinstance(error, HttpRefusedError):
        return error
    for kind, status in _STATUS:
        if isinstance(error, kind):
            headers = {}
            if isinstance(error, BusyError):
                headers["Retry-After"] = str(max(1, round(error.retry_after)))
            return HttpRefusedError(status, str(error), headers=headers)
    return HttpRefusedError(500, "the server has a fault; its log says more")
