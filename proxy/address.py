"""Addresses: which URLs an upstream may have, and which hosts are this machine."""

import ipaddress
import socket
from urllib.parse import urlsplit

_METADATA = frozenset({"metadata.google.internal", "metadata.goog", "instance-data"})
_METADATA_IPS = frozenset({"fd00:ec2::254", "100.100.100.200", "192.0.0.192", "168.63.129.16"})

IP = ipaddress.IPv4Address | ipaddress.IPv6Address


class BadAddress(Exception):
    """Why a URL may not be called, as the end of a sentence that begins with its key."""


def loopback(host: str) -> bool:
    """Whether the host is this machine and nobody else's."""
    ip = _ip(host)
    return ip.is_loopback if ip else host.lower().rstrip(".") == "localhost"


def check_upstream(url: str, *, local: bool) -> None:
    """Raise `BadAddress` unless calls may go there: https, or http to loopback or `local` hosts.

    Link-local and metadata addresses are refused however they are spelled.
    """
    scheme, host = check_url(url)
    if _forbidden(host):
        raise BadAddress("must not be a link-local, unspecified or cloud metadata address.")
    if scheme == "http" and not local and not loopback(host):
        raise BadAddress("must begin with https://; add `local: true` if the host is your own.")


def check_url(url: str) -> tuple[str, str]:
    """The scheme and host of an http(s) URL that holds nothing secret; raises `BadAddress`."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        raise BadAddress("must be a URL such as https://host/v1.") from None
    if parts.scheme not in {"http", "https"} or not host or port == 0 or _odd(url, host):
        raise BadAddress("must be a URL such as https://host/v1.")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise BadAddress("must be a bare URL: no user, password, query or fragment.")
    return parts.scheme, host


def _odd(url: str, host: str) -> bool:
    spaced = any(ch.isspace() or not ch.isprintable() for ch in url)
    return spaced or "\\" in url or "%" in host or not host.strip(".")


def _forbidden(host: str) -> bool:
    ip = _ip(host)
    if ip is None:
        return host.lower().rstrip(".") in _METADATA
    return ip.is_link_local or ip.is_unspecified or ip.is_multicast or str(ip) in _METADATA_IPS


def _ip(host: str) -> IP | None:
    """The address that a host is, in any spelling that the system's resolver takes."""
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return _loose(host)
    mapped = ip.ipv4_mapped if ip.version == 6 else None
    return mapped or ip


def _loose(host: str) -> IP | None:
    """Decimal, octal, hexadecimal and short forms: 2852039166 is 169.254.169.254."""
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host.rstrip(".")))
    except (OSError, ValueError):
        return None
