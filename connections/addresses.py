"""Which texts are addresses of machines that can be reached. Pure."""

from ipaddress import ip_address


def is_usable(address: str) -> bool:
    """Say whether it is one address of a machine that can be reached."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    # With a zone, as in fe80::1%eth0, it names a cable of one machine.
    has_zone = "%" in address
    return not (
        has_zone or found.is_unspecified or found.is_loopback or found.is_multicast
    )
