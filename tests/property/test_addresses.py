"""No address behind a wall is asked, in whichever dress it comes."""

import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import RefusedAddressError
from kg.fetch.addresses import Guard, refusal_of, refusal_of_name

CLOSED_4 = [
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
]
OPEN_4 = ["1.1.1.1", "8.8.8.8", "93.184.215.14", "172.15.255.255", "172.32.0.0", "11.0.0.0",
          "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0", "169.253.255.255",
          "192.167.255.255", "198.17.255.255", "198.20.0.0", "223.255.255.255"]  # fmt: skip
OPEN_6 = [
    "2606:4700:4700::1111",
    "2a00:1450:4001:82a::2004",
    "2001:200::1",
    "2003::1",
    "2620:fe::9",
]

closed_4 = st.sampled_from(CLOSED_4).flatmap(
    lambda net: st.integers(int(net[0]), int(net[-1])).map(IPv4Address)
)
any_4 = st.integers(0, 2**32 - 1).map(IPv4Address)


@given(closed_4)
def test_no_closed_address_is_open(address):
    assert refusal_of(str(address)) is not None


@given(any_4)
def test_ipv4_in_ipv6_is_what_it_is_without_it(address):
    dressed = IPv6Address(int(IPv6Address("::ffff:0:0")) + int(address))
    assert refusal_of(str(dressed)) == refusal_of(str(address))
    assert refusal_of(f"::ffff:{address}") == refusal_of(str(address))


@given(any_4)
def test_every_other_dress_of_ipv4_is_refused(address):
    number = int(address)
    for dressed in (
        number,
        int(IPv6Address("64:ff9b::")) + number,
        int(IPv6Address("64:ff9b:1::")) + number,
        int(IPv6Address("2002::")) + (number << 80),
        int(IPv6Address("2001::")) + (number << 64),
        int(IPv6Address("2001::")) + (number ^ 0xFFFFFFFF),
    ):
        assert refusal_of(str(IPv6Address(dressed))) is not None


@given(st.integers(0, 2**128 - 1).map(IPv6Address))
def test_only_global_unicast_is_open_in_ipv6(address):
    if refusal_of(str(address)) is None and address.ipv4_mapped is None:
        assert address in IPv6Network("2000::/3")
        assert address.is_global


@pytest.mark.parametrize(
    "network", ["fc00::/7", "fe80::/10", "ff00::/8", "2001:db8::/32", "2001::/23", "3fff::/20",
                "2002::/16", "100::/64", "64:ff9b::/96", "64:ff9b:1::/48", "5f00::/16", "fec0::/10"]
)  # fmt: skip
@pytest.mark.parametrize("place", [0, -1])
def test_the_ends_of_closed_networks_are_closed(network, place):
    assert refusal_of(str(IPv6Network(network)[place])) is not None


@pytest.mark.parametrize("address", OPEN_4 + OPEN_6)
def test_the_neighbours_of_closed_networks_are_open(address):
    assert refusal_of(address) is None


@pytest.mark.parametrize(
    "address", ["", "x", "1.2.3", "127.0.0.1 ", "[::1]", "fe80::1%eth0", "::1%1"]
)
def test_what_is_no_address_is_refused(address):
    assert refusal_of(address) is not None


def spellings(address):
    """Ways to write an IPv4 address that systems read, and the usual one."""
    a, b, c, d = address.packed
    number = int(address)
    return st.sampled_from(
        [
            str(number),
            hex(number),
            f"0{number:o}",
            f"{a}.{number & 0xFFFFFF}",
            f"{a}.{b}.{number & 0xFFFF}",
            f"{a:#x}.{b:#x}.{c:#x}.{d:#x}",
            f"0{a:o}.{b}.{c}.{d}",
            f"{a:03d}.{b:03d}.{c:03d}.{d:03d}",
            f"{a}.{b}.{c}.{d:#x}",
        ]
    )


@given(
    any_4.flatmap(lambda a: st.tuples(st.just(a), spellings(a))), st.sampled_from(["", ".", ".."])
)
def test_an_address_in_another_spelling_is_no_name(pair, ending):
    address, words = pair
    if words != str(address):
        assert refusal_of_name(words + ending) is not None


@given(any_4)
def test_an_address_in_the_usual_spelling_is_judged_by_itself(address):
    assert refusal_of_name(str(address)) is None
    assert refusal_of_name(f"{address}.") is None


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST", "localhost.", "a.b.localhost", "", ".", "[]"]
)
def test_names_of_this_machine_are_refused(host):
    assert refusal_of_name(host) is not None


@pytest.mark.parametrize("host", ["news.example", "localhost.news.example", "1and1.example", "a.b"])
def test_other_names_are_judged_by_their_addresses(host):
    assert refusal_of_name(host) is None


@given(closed_4, st.integers(0, 3))
def test_a_name_with_closed_addresses_alone_is_never_connected_to(address, number):
    def resolve(host, port):
        found = [str(address), f"::ffff:{address}", "::1", "fe80::1%2"][: number + 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    with pytest.raises(RefusedAddressError, match="leads to"):
        Guard(resolve=resolve).connect("news.example", 80, 0.01)
