"""Addresses: which URLs an upstream may have, and which hosts are this machine."""

import ipaddress
import socket
from urllib.parse import urlsplit

_METADATA = frozenset({"metadata.google.internal", "metadata.goog", "instance-data"})
_METADATA_IPS = frozenset(
    {"fd00:ec2::254", "fd20:ce::254", "100.100.100.200", "192.0.0.192", "168.63.129.16"}
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052

IP = ipaddress.IPv4Address | ipaddress.IPv6Address


class BadAddress(Exception):
    """Why a URL may not be called, as the end of a sentence that begins with its key."""


def loopback(host: str) -> bool:
    """Whether the host is this machine and nobody else's."""
    ip = _ip(host)
    return ip.is_loopback if ip else host.lower().rstrip(".") == "localhost"


def check_upstream(url: str, *, local: bool) -> None:
    """Raise `BadAddress` unless calls may go there: https, or http to loopback or `local` hosts.

    Link-local and metadata addresses are refused however they are spelled; a name that leads to
    one only shows when it is called (`attention`).
    """
    scheme, host = check_url(url)
    if scheme == "http" and not local and not loopback(host):
        raise BadAddress("must begin with https://; add `local: true` if the host is your own.")


def check_url(url: str) -> tuple[str, str]:
    """The scheme and host of an http(s) URL that holds nothing secret; raises `BadAddress`.

    Also for a proxy's: neither may be where nobody's API is.
    """
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        raise BadAddress("must be a URL such as https://host/v1.") from None
    if parts.scheme not in {"http", "https"} or not host or port == 0 or _odd(url, host):
        raise BadAddress("must be a URL such as https://host/v1.")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise BadAddress("must be a bare URL: no user, password, query or fragment.")
    if _forbidden(host):
        raise BadAddress("must not be a link-local, unspecified or cloud metadata address.")
    return parts.scheme, host


def _odd(url: str, host: str) -> bool:
    spaced = any(ch.isspace() or not ch.isprintable() for ch in url)
    return spaced or "\\" in url or "%" in host or not host.strip(".")


def _forbidden(host: str) -> bool:
    """Whether no URL may name this host: metadata, link-local, unspecified, multicast."""
    ip = _ip(host)
    return _metadata(host) or bool(
        ip and (ip.is_link_local or ip.is_unspecified or ip.is_multicast)
    )


def check_peer(ip: str) -> None:
    """Raise `BadAddress` for where a name has led, if that is no place for anybody's API."""
    if _metadata(ip):
        raise BadAddress("its name leads to a cloud metadata address")


def _metadata(host: str) -> bool:
    """Whether a cloud's metadata service is there, or may be.

    All of IPv4's link-local addresses; those of IPv6 are what a neighbour's name leads to (mDNS).
    """
    ip = _ip(host)
    if ip is None:
        return host.lower().rstrip(".") in _METADATA
    return str(ip) in _METADATA_IPS or (ip.version == 4 and ip.is_link_local)


def _ip(host: str) -> IP | None:
    """The address that a host is, in any spelling that the system's resolver takes."""
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return _loose(host)
    return (_within(ip) or ip) if ip.version == 6 else ip


def _within(ip: ipaddress.IPv6Address) -> IP | None:
    """The IPv4 address that an IPv6 address leads to: mapped, 6to4, or through a NAT64."""
    if ip in _NAT64:
        return ipaddress.IPv4Address(ip.packed[-4:])
    return ip.ipv4_mapped or ip.sixtofour


def _loose(host: str) -> IP | None:
    """Decimal, octal, hexadecimal and short forms: 2852039166 is 169.254.169.254."""
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host.rstrip(".")))
    except (OSError, ValueError):
        return None
