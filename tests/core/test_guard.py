"""Which addresses are of the public internet (rule 56)."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.polling.fetch import guard


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("93.184.216.34", id="v4"),
        pytest.param("172.32.0.1", id="just-behind-a-private-range"),
        pytest.param("2606:2800:220:1::1", id="v6"),
        pytest.param("::ffff:93.184.216.34", id="v4-mapped"),
        pytest.param("64:ff9b::5db8:d822", id="nat64"),
        pytest.param("2002:5db8:d822::1", id="6to4"),
    ],
)
def test_a_public_address_may_be_asked(address: str) -> None:
    assert guard.is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("127.0.0.1", id="loopback"),
        pytest.param("127.8.8.8", id="all-of-loopback"),
        pytest.param("10.1.2.3", id="private-10"),
        pytest.param("172.16.0.1", id="private-172"),
        pytest.param("192.168.1.1", id="private-192"),
        pytest.param("169.254.169.254", id="metadata-of-clouds"),
        pytest.param("100.64.0.1", id="carrier-nat"),
        pytest.param("0.0.0.0", id="this-host"),
        pytest.param("192.0.2.1", id="documentation"),
        pytest.param("198.18.0.1", id="benchmarks"),
        pytest.param("224.0.0.251", id="multicast"),
        pytest.param("240.0.0.1", id="reserved"),
        pytest.param("255.255.255.255", id="broadcast"),
        pytest.param("::1", id="v6-loopback"),
        pytest.param("::", id="v6-unspecified"),
        pytest.param("::127.0.0.1", id="v4-compatible"),
        pytest.param("::ffff:127.0.0.1", id="v4-mapped-loopback"),
        pytest.param("::ffff:10.0.0.1", id="v4-mapped-private"),
        pytest.param("::ffff:169.254.169.254", id="v4-mapped-metadata"),
        pytest.param("64:ff9b::7f00:1", id="nat64-loopback"),
        pytest.param("64:ff9b::a00:1", id="nat64-private"),
        pytest.param("64:ff9b:1::a00:1", id="nat64-of-a-local-network"),
        pytest.param("2002:7f00:1::", id="6to4-loopback"),
        pytest.param("2002:a00:1::", id="6to4-private"),
        pytest.param("2001:0:4136:e378:8000:63bf:3fff:fdd2", id="teredo"),
        pytest.param("2001:db8::1", id="v6-documentation"),
        pytest.param("fe80::1", id="link-local"),
        pytest.param("fe80::1%eth0", id="link-local-with-its-zone"),
        pytest.param("fec0::1", id="site-local"),
        pytest.param("fd00::1", id="unique-local"),
        pytest.param("ff02::1", id="v6-multicast"),
        pytest.param("ff0e::1", id="v6-multicast-global"),
    ],
)
def test_rule_056_an_address_that_is_not_public_is_refused(address: str) -> None:
    assert not guard.is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_is_no_more_public_in_another_dress(ip: IPv4Address) -> None:
    public = guard.is_public(str(ip))
    dressed = [IPv6Address(start << 32 | int(ip)) for start in (0xFFFF, 0x64FF9B << 64)]
    dressed.append(IPv6Address(0x2002 << 112 | int(ip) << 80))

    assert [guard.is_public(str(one)) for one in dressed] == [public] * 3


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("localhost", True),
        ("demo.localhost", True),
        ("127.0.0.1", True),
        ("10.0.0.1", True),
        ("::1", True),
        ("93.184.216.34", False),
        ("www.example.org", False),
        ("localhost.example.org", False),
    ],
)
def test_a_host_of_ones_own_network_is_known_by_how_it_is_written(host: str, own: bool) -> None:
    assert guard.is_own(host) is own
