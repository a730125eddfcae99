"""Addresses: made absolute for display, folded for comparison.

Two different things on purpose. What is shown stays as the source gave it; `canonical` throws away
all that two addresses of one page may differ in (rules 8, 14, 15), is too lossy to be followed, and
is never applied to guids (rule 10).
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, urljoin, urlsplit

# Longer ones are payloads, not addresses; browsers and CDNs stop near 8,000.
MAX_LENGTH = 4000

_BLANK = re.compile(r"[\x00-\x20\x7f\u00a0\u200b\ufeff]+")
_UNSAFE = re.compile(r'[\x00-\x20\x7f"<>\\^`{|}\u00a0\u2028\u2029\ud800-\udfff]')
_ABSOLUTE = re.compile(r"https?://", re.IGNORECASE)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_DEFAULT_PORTS = frozenset({80, 443})
# Rule 15: doors to the same page for other devices.
_DOOR = re.compile(r"^(?:www\d?|m|mobile|amp|print)\.(?=[^.]+\.[^.])")
_TAIL = re.compile(r"/(?:index\.(?:x?html?|php|aspx?|jsp)|amp)?/*$", re.IGNORECASE)
# Rule 14. Prefixes, then whole names, of parameters that say where a reader came from. Collected
# from the documentation of the analytics products named, and from the addresses of real feeds.
_TRACKING_PREFIX = (
    "utm_",  # Google Analytics
    "mtm_",  # Matomo
    "pk_",  # Matomo, before
    "piwik_",
    "hsa_",  # HubSpot
    "_hs",
    "ns_",  # comScore (BBC, Daily Mail)
    "at_",  # Piano (BBC)
    "fb_",  # Facebook
    "wt_",  # Webtrends
    "wt.",
    "oly_",  # Omeda
    "vero_",
)
# fmt: off
_TRACKING = frozenset((
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid",
    "ttclid", "li_fat_id", "igshid", "igsh", "mc_cid", "mc_eid", "mkt_tok", "s_cid", "ncid",
    "icid", "ocid", "cmp", "cmpid", "intcmp", "xtor", "xtref", "ito", "smid", "emc",
    "campaign_id", "partner", "_ga", "_gl", "trk", "sr_share", "traffic_source", "spm", "taid",
    "sref",
))
# fmt: on
# Names that may be a page's own; they are tracking only where their value says so.
_REFERRER = frozenset({"ref", "referrer", "source", "src", "from", "mod", "via", "rss", "feed"})
_REFERRED = re.compile(r"(?:rss|feeds?|twitter|facebook|newsletter|home)(?:[^a-z]|$)|1?$", re.I)


def absolute(url: str, base: str = "") -> str:
    """The address as an absolute http(s) one, or "" if it cannot be made one.

    White space is dropped around and escaped inside; what a document may not hold is escaped;
    nothing else is changed. Idempotent.
    """
    if len(url.strip()) > MAX_LENGTH:
        return ""
    text = _UNSAFE.sub(_escaped, _BLANK.sub(" ", url).strip())
    if re.match(r"www\.[^/]+\.", text):
        text = f"https://{text}"
    try:
        joined = urljoin(base, text) if base and not _ABSOLUTE.match(text) else text
        parts = urlsplit(joined)
        if not text or parts.scheme not in ("http", "https") or not _is_host(parts):
            return ""
    except ValueError:
        return ""
    return joined if len(joined) <= MAX_LENGTH else ""


def place(url: str) -> str:
    """The base that an address lends to relative ones: without what may hold a secret, which is
    its query and its credentials. "" for what is no http(s) address."""
    shown = absolute(url)
    if not shown:
        return ""
    parts = urlsplit(shown)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def join(base: str, reference: str) -> str:
    """An xml:base inside another one; the outer where the two do not fit together, or are longer
    than any address."""
    try:
        joined = urljoin(base, reference.strip()[: MAX_LENGTH + 1])
    except ValueError:
        return base
    return joined if len(joined) <= MAX_LENGTH else base


def canonical(url: str) -> str:
    """The address folded for comparison, or "" for what is no http(s) address. Idempotent.

    Scheme, `www.`, `m.`, `amp.`, default ports, case of the host, escapes, dot segments, trailing
    slash, index pages, tracking parameters, order of parameters and fragments are folded; a
    fragment that is a route (`#!…`, `#/…`) is kept.
    """
    shown = absolute(url)
    if not shown:
        return ""
    parts = urlsplit(shown)
    host = _host(parts)
    query = _query(parts.query, host)
    fragment = f"#{_escapes(parts.fragment)}" if parts.fragment[:1] in ("!", "/") else ""
    return f"https://{host}{_port(parts)}{_path(parts.path)}{query}{fragment}"


def is_root(canonical_url: str) -> bool:
    """Whether a canonical address is a site's front door, which names no item."""
    return bool(canonical_url) and canonical_url.count("/") == 3 and canonical_url.endswith("/")


def fold_scheme(name: str) -> str:
    """A guid with `http` and `https` made one; no other letter is touched (rules 8 and 10)."""
    return f"https{name[4:]}" if name[:7].lower() == "http://" else name


def _escaped(match: re.Match[str]) -> str:
    return quote(match[0], safe="", errors="ignore")


def _is_host(parts: SplitResult) -> bool:
    return bool((parts.hostname or "").strip(".")) and (parts.port is None or parts.port >= 0)


def _host(parts: SplitResult) -> str:
    name = (parts.hostname or "").rstrip(".")
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            name = quote(name)
    name = name.lower()
    while (shorter := _DOOR.sub("", name)) != name:
        name = shorter
    return f"[{name}]" if ":" in name else name


def _port(parts: SplitResult) -> str:
    return "" if parts.port is None or parts.port in _DEFAULT_PORTS else f":{parts.port}"


def _path(path: str) -> str:
    text = _without_dots(_escapes(path))
    while (shorter := _TAIL.sub("", text)) != text:
        text = shorter
    return text or "/"


def _without_dots(path: str) -> str:
    """RFC 3986, 5.2.4."""
    kept: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    return "".join(f"/{segment}" for segment in kept)


def _query(query: str, host: str) -> str:
    pairs = sorted({pair for pair in _escapes(query).split("&") if _means_page(pair, host)})
    return f"?{'&'.join(pairs)}" if pairs else ""


def _means_page(pair: str, host: str) -> bool:
    """Whether a parameter names the page, not the way to it."""
    name, _, value = pair.lower().partition("=")
    if not name or name in _TRACKING or name.startswith(_TRACKING_PREFIX):
        return False
    if name in _REFERRER:
        return not (_REFERRED.match(value) or host in value)
    return True


def _escapes(text: str) -> str:
    """Percent escapes in one form: unreserved characters bare, all else escaped, upper case."""
    bare = _ESCAPE.sub(_unreserved, _BARE_PERCENT.sub("%25", text))
    return quote(bare, safe="%/:@!$&'()*+,;=?~-._", errors="ignore")


def _unreserved(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()
