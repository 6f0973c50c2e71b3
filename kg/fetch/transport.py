"""Connections that end when their time is over, even while headers drip in byte by byte.

A time limit of a socket is for one piece; a server that sends a byte a second never meets it. So a
timer cuts the socket when the time of the whole request is over. Where a guard is given, it makes
the connections, so that no address is connected to which it has not checked.
"""

import socket
import threading
import time
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from kg.fetch.addresses import Guard


class Deadline:
    """The moment at which a request must be over, and the socket to cut then."""

    def __init__(self) -> None:
        self._end = 0.0
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self.passed = False

    def start(self, seconds: float) -> None:
        """Begin to count."""
        self.stop()
        self.passed = False
        self._end = time.monotonic() + seconds
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        """Count no longer."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        with self._lock:
            self._socket = None

    def left(self) -> float:
        """Return the seconds that are left; 0 when the time is over."""
        return max(0.0, self._end - time.monotonic())

    def watch(self, connection: socket.socket) -> None:
        """Take the socket that is in use now; cut it at once where the time is over."""
        with self._lock:
            self._socket = connection
        if self.passed:
            self._cut()

    def _cut(self) -> None:
        with self._lock:
            self.passed = True
            if self._socket is None:
                return
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:  # closed by the other side in the same moment
                self._socket = None


class WatchedAdapter(HTTPAdapter):
    """Transport of requests whose sockets a deadline watches; it never tries again by itself."""

    def __init__(self, deadline: Deadline, guard: Guard | None = None) -> None:
        """Set up the transport.

        Args:
            deadline: ends every request.
            guard: makes the connections; None where every address may be asked.
        """
        self._deadline = deadline
        self._guard = guard
        super().__init__(max_retries=0, pool_connections=4, pool_maxsize=2)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Make the pools, with connections of our own kind."""
        super().init_poolmanager(*args, **kwargs)
        deadline, guard = self._deadline, self._guard

        class Watched(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                if guard is None:
                    return super()._new_conn()
                return _connect(self, guard, deadline)

            def request(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
                if self.sock is None:
                    self.connect()
                if isinstance(self.sock, socket.socket):
                    deadline.watch(self.sock)
                super().request(*args, **kwargs)

        class Plain(Watched):
            pass

        class Secure(Watched, HTTPSConnection):
            pass

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}


def _connect(connection: HTTPConnection, guard: Guard, deadline: Deadline) -> socket.socket:
    """Return a connection that the guard has made, its errors as urllib3 says them."""
    asked = connection.timeout
    seconds = float(asked) if isinstance(asked, int | float) else deadline.left()
    try:
        return guard.connect(connection.host, connection.port, seconds, deadline.left)
    except socket.gaierror as error:
        raise NameResolutionError(connection.host, connection, error) from error
    except TimeoutError as error:
        raise ConnectTimeoutError(connection, "no connection in time") from error
    except (OSError, UnicodeError) as error:  # a label of the name that is empty or too long
        raise NewConnectionError(connection, str(error)) from error
