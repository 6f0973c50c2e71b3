"""Which addresses of the network a URL that we did not choose may lead to.

A page, feed or redirect can name a machine behind our own firewall, or the address at which a cloud
hands out passwords. A check of the name is worth nothing: the name is resolved again when the
connection is made, and may then answer otherwise. So the guard resolves a name once, connects to
the very address that it has checked, and looks at the other end before a byte is sent.

Source: https://www.iana.org/assignments/iana-ipv4-special-registry/
Source: https://www.iana.org/assignments/iana-ipv6-special-registry/
"""

import re
import socket
from collections import Counter
from collections.abc import Callable, Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Any

from kg.errors import RefusedAddressError

_Place = tuple[int, int, int, tuple[Any, ...]]
Resolve = Callable[[str, int], Sequence[tuple[Any, ...]]]

_WAY_OUT = "--allow-private fetches from there all the same"
_MOST_TRIED = 4  # addresses of one name
_LAST_NUMERIC = re.compile(r"(?:\d+|0[xX][0-9a-fA-F]*)\Z")
_QUAD = re.compile(r"(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}\Z")

_CLOSED_4: tuple[tuple[str, str], ...] = (
    ("0.0.0.0/8", "unspecified"),
    ("10.0.0.0/8", "private"),
    ("100.64.0.0/10", "shared by a provider"),
    ("127.0.0.0/8", "loopback"),
    ("168.63.129.16/32", "a cloud's own"),
    ("169.254.0.0/16", "link-local"),
    ("172.16.0.0/12", "private"),
    ("192.0.0.0/24", "reserved"),
    ("192.0.2.0/24", "for documentation"),
    ("192.88.99.0/24", "reserved"),
    ("192.168.0.0/16", "private"),
    ("198.18.0.0/15", "for measurements"),
    ("198.51.100.0/24", "for documentation"),
    ("203.0.113.0/24", "for documentation"),
    ("224.0.0.0/4", "multicast"),
    ("240.0.0.0/4", "reserved"),
)
_CLOSED_6: tuple[tuple[str, str], ...] = (
    ("::/128", "unspecified"),
    ("::1/128", "loopback"),
    ("::/96", "an IPv4 address in old dress"),
    ("64:ff9b::/96", "NAT64"),
    ("64:ff9b:1::/48", "NAT64"),
    ("100::/64", "discarded"),
    ("2001::/32", "Teredo"),
    ("2001::/23", "reserved"),
    ("2001:db8::/32", "for documentation"),
    ("2002::/16", "6to4"),
    ("3fff::/20", "for documentation"),
    ("fc00::/7", "private"),
    ("fe80::/10", "link-local"),
    ("ff00::/8", "multicast"),
)
_NETWORKS: tuple[tuple[IPv4Network | IPv6Network, str], ...] = tuple(
    (ip_network(network), words) for network, words in (*_CLOSED_4, *_CLOSED_6)
)
_UNICAST = IPv6Network("2000::/3")
"""The only part of IPv6 that is given out for machines on the open network."""


def refusal_of(address: str) -> str | None:
    """Return why an address must not be asked, in a word or two; None for one on the open network.

    IPv4 in IPv6 (`::ffff:…`) is taken out first. NAT64, 6to4 and Teredo are refused whole: behind
    each of their addresses stands another one, and no publisher is reached by them alone.

    >>> refusal_of("127.0.0.1"), refusal_of("::ffff:10.0.0.1"), refusal_of("1.1.1.1")
    ('loopback', 'private', None)
    """
    try:
        found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return "not an address"
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    for network, words in _NETWORKS:
        if found in network:
            return words
    if isinstance(found, IPv6Address) and found not in _UNICAST:
        return "reserved"
    return None if found.is_global else "reserved"


def refusal_of_name(host: str) -> str | None:
    """Return why a host must not be asked by this name; None where its addresses decide.

    Numbers in any but the usual spelling are refused even where they mean an open address: they
    are written so to be misread.

    >>> refusal_of_name("localhost."), refusal_of_name("news.example")
    ('this machine', None)
    >>> refusal_of_name("0x7f.1"), refusal_of_name("192.168.0.1")
    ('a number that is not an address', None)
    """
    name = _plain(host)
    if not name:
        return "no name"
    if name == "localhost" or name.endswith((".localhost", ".localdomain")):
        return "this machine"
    if ":" in name or _QUAD.match(name):
        return None
    if _LAST_NUMERIC.match(name.rpartition(".")[2]):
        return "a number that is not an address"
    return None


def _plain(host: str) -> str:
    return host.strip("[]").rstrip(".").lower()


def _resolve(host: str, port: int) -> Sequence[tuple[Any, ...]]:
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


def _by_turns(places: list[_Place]) -> list[_Place]:
    """Return places so that the families take turns: one of the two often leads nowhere.

    Source: https://www.rfc-editor.org/rfc/rfc8305#section-4
    """
    count: Counter[int] = Counter()
    turns: list[tuple[int, _Place]] = []
    for place in places:
        turns.append((count[place[0]], place))
        count[place[0]] += 1
    return [place for _, place in sorted(turns, key=lambda one: one[0])]


class Guard:
    """Makes connections, to open addresses alone."""

    def __init__(
        self,
        *,
        resolve: Resolve = _resolve,
        exceptions: frozenset[tuple[str, int]] = frozenset(),
        ports: frozenset[int] = frozenset({80, 443}),
    ) -> None:
        """Set up a guard.

        Args:
            resolve: gives what `socket.getaddrinfo` gives for a host and port.
            exceptions: addresses with a port that are let through.
            ports: that every host may be asked at.
        """
        self._resolve = resolve
        self._exceptions = exceptions
        self._ports = ports
        self._named: set[tuple[str, int]] = set()

    def name(self, host: str, port: int) -> None:
        """Let a host be asked at a port that is not one of the usual: the user named it."""
        self._named.add((_plain(host), port))

    def check_name(self, host: str, port: int) -> None:
        """Refuse what can be refused without a question to the network.

        Raises:
            RefusedAddressError: a name or port that must not be asked.
        """
        if port not in self._ports and (_plain(host), port) not in self._named:
            raise RefusedAddressError(
                f"port {port} is not asked, only 80 and 443: {_WAY_OUT}", source=f"{host}:{port}"
            )
        words = refusal_of_name(host)
        if words is not None:
            raise RefusedAddressError(f"the host is {words}: {_WAY_OUT}", source=host)

    def connect(
        self, host: str, port: int, seconds: float, left: Callable[[], float] | None = None
    ) -> socket.socket:
        """Return a connection to an open address of a host.

        A name may have closed addresses beside open ones: these are passed over.

        Args:
            host: name or address.
            port: number.
            seconds: for each address that is tried; at most four are, of both families by turns.
            left: gives the seconds that are left for all of them.

        Raises:
            RefusedAddressError: the host has no open address.
            OSError: no answer from any of them; `socket.gaierror` for a name that nobody knows.
        """
        self.check_name(host, port)
        found = self._resolve(host.strip("[]"), port)
        places = [
            (family, kind, protocol, place)
            for family, kind, protocol, _, place in found
            if self._is_open(place)
        ]
        if not places:
            self._refuse(host, [str(place[0]) for *_, place in found])
        failure: OSError | None = None
        for family, kind, protocol, place in _by_turns(places)[:_MOST_TRIED]:
            patience = seconds if left is None else min(seconds, left())
            if patience <= 0:
                break
            try:
                return self._reach(host, (family, kind, protocol), place, patience)
            except OSError as error:
                failure = error
        raise failure or TimeoutError("no time is left")

    def _reach(
        self, host: str, kind: tuple[int, int, int], place: tuple[Any, ...], seconds: float
    ) -> socket.socket:
        connection = socket.socket(*kind)
        try:
            connection.settimeout(seconds)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.connect(place)
            peer = connection.getpeername()
            if not self._is_open(peer):  # a network that leads us elsewhere by itself
                self._refuse(host, [str(peer[0])])
        except BaseException:
            connection.close()
            raise
        return connection

    def _is_open(self, place: tuple[Any, ...]) -> bool:
        return (place[0], place[1]) in self._exceptions or refusal_of(str(place[0])) is None

    def _refuse(self, host: str, addresses: list[str]) -> None:
        words = ", ".join(f"{a} ({refusal_of(a)})" for a in dict.fromkeys(addresses[:3]))
        raise RefusedAddressError(
            f"the host leads to {words or 'no address'}: {_WAY_OUT}", source=host
        )
