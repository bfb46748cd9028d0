"""Addresses: whether a host may be called, and by whom a request was really sent.

How to use::

    session = guarded_session(allowed=("sms.intranet:8443",))
    session.post("https://gateway.example/send", …)   # raises NotAllowed for loopback and the like
    caller("10.0.0.5", "203.0.113.7, 10.0.0.9", networks("10.0.0.0/8"))   # "203.0.113.7"

The guard sits where the connection is made: the name is resolved, every address it has must be
public, and the socket goes to an address that was looked at. A name that answers otherwise a
moment later (DNS rebinding) or a redirect gains nothing: each connection is judged anew.
"""

import ipaddress
import socket
from contextlib import suppress
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

PORTS = {80, 443, 8080, 8443}  # others only where the administrator has named them


class NotAllowed(ValueError):  # no OSError: urllib3 would wrap it
    """The address is inside the house, and the administrator has not allowed it."""


def is_public(address):
    """Whether an IP address (text) is one of the open network.

    >>> [is_public(a) for a in ("8.8.8.8", "127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:10.0.0.1")]
    [True, False, False, False, False, False]
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = [getattr(ip, name, None) for name in ("ipv4_mapped", "sixtofour")]
    teredo = getattr(ip, "teredo", None)
    inner += list(teredo or ())
    if ip in ipaddress.ip_network("64:ff9b::/96"):
        inner.append(ipaddress.ip_address(int(ip) & 0xFFFFFFFF))
    return all(each.is_global and not each.is_multicast for each in (ip, *filter(None, inner)))


def is_named(host, port, allowed):
    """Whether the administrator has allowed a host: "host" (ports 80 and 443), "host:port" or "host:*".

    >>> is_named("gw.lan", 443, ["gw.lan"]), is_named("gw.lan", 22, ["gw.lan"]), is_named("gw.lan", 22, ["gw.lan:*"])
    (True, False, True)
    """
    host = (host or "").strip("[]").lower()
    for entry in allowed:
        parts = urlsplit(f"//{entry.strip().lower().removesuffix(':*')}")
        try:
            wanted = parts.port
        except ValueError:
            continue
        if parts.hostname != host:
            continue
        if entry.strip().endswith(":*") or port == wanted or wanted is None and port in (80, 443):
            return True
    return False


def looks_inside(address):
    """Whether a URL names the house at first sight (nothing is resolved).

    >>> [looks_inside(u) for u in ("http://localhost/x", "http://[::1]/", "http://0x7f.1/", "https://gw.example/")]
    [True, True, True, False]
    """
    host = (urlsplit(address).hostname or "").rstrip(".").lower()
    if not host or host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    with suppress(ValueError):
        return not is_public(host)
    try:
        return not is_public(socket.inet_ntoa(socket.inet_aton(host)))  # 127.1, 0x7f000001, 2130706433
    except (OSError, UnicodeError):
        return "." not in host


def networks(text):
    """Networks of a setting ("10.0.0.0/8, 192.168.1.4"); what is none is left out."""
    found = []
    for entry in (text or "").replace(";", ",").split(","):
        try:
            found.append(ipaddress.ip_network(entry.strip(), strict=False))
        except ValueError:
            continue
    return found


def caller(peer, forwarded, trusted):
    """Return who sent a request: the peer, or whom trusted proxies name, read from the right.

    >>> caller("203.0.113.7", "8.8.8.8", networks("127.0.0.0/8"))
    '203.0.113.7'
    >>> caller("127.0.0.1", "6.6.6.6, 203.0.113.7", networks("127.0.0.0/8"))
    '203.0.113.7'
    """
    address = peer or ""
    for named in reversed([peer or "", *(forwarded or "").split(",")][1:]):
        if not _is_in(address, trusted):
            break
        named = named.strip()
        try:
            ipaddress.ip_address(named)
        except ValueError:
            break
        address = named
    return address


def counted_as(address):
    """The unit that is counted: an IPv4 address, a /64 of IPv6 (one line has so many).

    >>> counted_as("203.0.113.7"), counted_as("2001:db8:1:2:3:4:5:6")
    ('203.0.113.7', '2001:db8:1:2::/64')
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "?"
    if ip.version == 6 and ip.ipv4_mapped:
        return str(ip.ipv4_mapped)
    return str(ip) if ip.version == 4 else str(ipaddress.ip_network((ip, 64), strict=False))


def _is_in(address, trusted):
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(ip.version == network.version and ip in network for network in trusted)


def _connect(connection):
    """Open the socket of a urllib3 connection to an address that was looked at."""
    host, port = connection.host.strip("[]"), connection.port
    allowed = is_named(host, port, connection.dcrc_allowed)
    if not allowed and port not in PORTS:
        raise NotAllowed("port")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NewConnectionError(connection, "NameResolution") from error
    if not allowed and not all(is_public(entry[4][0]) for entry in found):
        raise NotAllowed("address")
    problem = None
    for family, kind, protocol, _name, address in found:
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(connection.timeout if isinstance(connection.timeout, (int, float)) else None)
            sock.connect(address)
            return sock
        except OSError as error:
            sock.close()
            problem = error
    raise NewConnectionError(connection, str(problem)) from problem


def guarded_session(allowed=()):
    """A requests session that calls public addresses only, and hosts named in ``allowed``.

    Proxies of the environment are left aside: they would be called instead of what was checked.
    """

    class Plain(HTTPConnection):
        dcrc_allowed = tuple(allowed)

        def _new_conn(self):
            return _connect(self)

    class Secure(HTTPSConnection):
        dcrc_allowed = tuple(allowed)

        def _new_conn(self):
            return _connect(self)

    pools = {
        "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": Plain}),
        "https": type("SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": Secure}),
    }
    session = requests.Session()
    session.trust_env = False
    for scheme in pools:
        adapter = HTTPAdapter(max_retries=0)
        adapter.poolmanager.pool_classes_by_scheme = pools
        session.mount(f"{scheme}://", adapter)
    return session
