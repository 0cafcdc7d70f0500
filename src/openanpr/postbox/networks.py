"""Where a form came from, as coarsely as floods need it and no finer."""

import hmac
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

_IPV4_BITS: Final = 24
_IPV6_BITS: Final = 56


def network_of(address: str) -> str:
    """The network of an address (IPv4 /24, IPv6 /56); what is no address counts as one network."""
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    bits = _IPV4_BITS if found.version == ip_address("0.0.0.0").version else _IPV6_BITS  # noqa: S104
    return str(ip_network(f"{found}/{bits}", strict=False))


def digest_of(network: str, *, key: str, at: datetime) -> str:
    """A name for the network that can't be turned back without the key, and is another each day."""
    return hmac.digest(key.encode(), f"{at:%Y-%m-%d}/{network}".encode(), "sha256").hex()[:32]
