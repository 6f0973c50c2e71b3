"""Every error kg raises. Bad data is a `Failure` value; an exception is a broken tool or call.

KgError
├── InputError       an input, option or file that cannot be used at all
├── ModelError       the language model is missing or not the one that was pinned
├── ShapesError      the shapes graph itself is broken
├── RecordError      a record that does not fit the schema
├── WriteError       an output that cannot be written
├── StoreError       a store that cannot be opened, is in use, or answers wrongly
├── FetchError       a request over the network that failed for good
│   ├── RefusedAddressError  a machine that must not be asked: private, loopback, link-local
│   └── RobotsError          a page that its server does not want to be fetched
├── BusyError        too many queries wait already
└── QueryError       SPARQL that cannot be parsed or run
    ├── RefusedError        SPARQL that would read or write outside the graph
    ├── NotAcceptableError  no form that the client takes fits the answer
    ├── TimeLimitError      a query that takes longer than it may
    ├── MemoryLimitError    a query that needs more memory than it may
    └── ResultLimitError    an answer that is larger than it may be
"""


class KgError(Exception):
    """Base of all errors of kg.

    Attributes:
        source: path or IRI of what was being processed, or None.
    """

    def __init__(self, message: str, *, source: str | None = None) -> None:
        super().__init__(f"{source}: {message}" if source else message)
        self.source = source


class InputError(KgError, ValueError):
    """An input, option or file that cannot be used at all."""


class ModelError(KgError, RuntimeError):
    """The language model is missing or not the one that was pinned."""


class ShapesError(KgError, ValueError):
    """The shapes graph is broken: nothing can be validated with it.

    Attributes:
        problems: what the linter found, warnings included; empty where it could not look.
    """

    def __init__(
        self, message: str, *, source: str | None = None, problems: tuple[object, ...] = ()
    ) -> None:
        super().__init__(message, source=source)
        self.problems = problems


class RecordError(KgError, ValueError):
    """A record that does not fit the schema."""


class WriteError(KgError, OSError):
    """An output that cannot be written."""


class QueryError(KgError, ValueError):
    """SPARQL that cannot be parsed or run."""


class RefusedError(QueryError):
    """SPARQL that would read or write outside the graph: SERVICE, LOAD, FROM a file."""


class StoreError(KgError, RuntimeError):
    """A store that cannot be opened, is in use, or answers wrongly."""


class FetchError(KgError, RuntimeError):
    """A request over the network that failed for good: refused, too slow, too large, cut off.

    Attributes:
        status: HTTP status of the answer, or None where there was none.
    """

    def __init__(
        self, message: str, *, source: str | None = None, status: int | None = None
    ) -> None:
        super().__init__(message, source=source)
        self.status = status


class RefusedAddressError(FetchError):
    """A machine that must not be asked: private, loopback, link-local, or an unusual port."""


class RobotsError(FetchError):
    """A page that its server does not want to be fetched, or whose wish cannot be learned."""


class NotAcceptableError(QueryError):
    """No form that the client takes fits the answer."""


class TimeLimitError(QueryError):
    """A query that takes longer than it may."""


class MemoryLimitError(QueryError):
    """A query that needs more memory than it may."""


class ResultLimitError(QueryError):
    """An answer that is larger than it may be; it is never cut."""


class BusyError(KgError, RuntimeError):
    """Too many queries wait already.

    Attributes:
        retry_after: seconds after which asking again makes sense.
    """

    def __init__(self, message: str, *, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after
