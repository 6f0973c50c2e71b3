"""Connections that end when their time is over, even while headers drip in byte by byte.

A time limit of a socket is for one piece; a server that sends a byte a second never meets it. So a
timer cuts the socket when the time of the whole request is over. A later guard against addresses
that must not be asked belongs into `_connect` below, where the address is known.
"""

import socket
import threading
import time
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection


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
        """Take the socket that is in use now."""
        with self._lock:
            self._socket = connection

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

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        super().__init__(max_retries=0, pool_connections=4, pool_maxsize=2)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Make the pools, with connections of our own kind."""
        super().init_poolmanager(*args, **kwargs)
        deadline = self._deadline

        def watch(connection: HTTPConnection) -> None:
            if isinstance(connection.sock, socket.socket):
                deadline.watch(connection.sock)

        class Plain(HTTPConnection):
            def request(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
                if self.sock is None:
                    self.connect()
                watch(self)
                super().request(*args, **kwargs)

        class Secure(HTTPSConnection):
            def request(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
                if self.sock is None:
                    self.connect()
                watch(self)
                super().request(*args, **kwargs)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
