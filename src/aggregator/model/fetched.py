"""The three results of a poll's fetch: `Fetched`, `NotModified`, `Refused(why)`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Why(StrEnum):
    """The stable names of refusals: the same in the log, the metric, the status page and the tests.

    Never rename one; other people's alerts depend on them.
    """

    FORBIDDEN_ADDRESS = "forbidden-address"  # not public: loopback, private, link-local, multicast
    UNREACHABLE = "unreachable"  # no name, no route, connection refused or reset
    TLS = "tls"  # certificate or handshake
    TIMEOUT = "timeout"
    TOO_LARGE = "too-large"  # after decompression
    TOO_MANY_REDIRECTS = "too-many-redirects"
    BAD_REDIRECT = "bad-redirect"  # no Location, or not to http(s)
    BAD_ENCODING = "bad-encoding"  # Content-Encoding does not match the bytes
    SECRET_MISSING = "secret-missing"  # ${NAME} is not in the environment
    UNAUTHORIZED = "unauthorized"  # 401, 407
    FORBIDDEN = "forbidden"  # 403, 451
    NOT_FOUND = "not-found"  # 404
    GONE = "gone"  # 410
    RATE_LIMITED = "rate-limited"  # 429
    SERVER_ERROR = "server-error"  # 5xx
    BAD_STATUS = "bad-status"  # anything else that is neither 200, 304 nor a redirect
    EMPTY_BODY = "empty-body"
    CHALLENGE = "challenge"  # a page that wants proof of a person or a browser
    CONSENT = "consent-wall"  # a page that wants consent before it shows anything
    LOGIN = "login-page"  # a page that wants a login
    HTML_PAGE = "html-page"  # 200 with any other page for people
    NOT_A_FEED = "not-a-feed"
    TOO_COMPLEX = "too-complex"  # deeper, or more to read, than any feed needs
    OWN_OUTPUT = "own-output"  # a feed that this service itself made (rule 99)
    INTERNAL_ERROR = "internal-error"  # a fault of ours; the log has its traceback


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave us to ask "anything new?" with, byte for byte, uncut (rule 48)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How long the server asks us to wait, relative to `at`; None where it said nothing usable."""

    max_age: timedelta | None = None
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of a folder. `signature` changes with the file; `modified` is when it last changed;
    `fault` says why it could not be read, and is "" if it could."""

    name: str
    signature: str
    modified: datetime
    body: bytes = b""
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A body. `url` is the address that answered after redirects, `moved_to` the end of a chain of
    301/308 answers alone. `body` is decompressed. `charset` is the Content-Type's parameter.
    `cut`: the connection broke, or the compression ended, before the body did. `adopted`: the
    address that was asked is `SourceState.moved_to`, not the configured one.
    `parts` are the files of a source that is a folder, oldest first; `body` is empty then."""

    source_id: str
    at: datetime
    url: str
    body: bytes
    media_type: str | None = None
    charset: str | None = None
    moved_to: str | None = None
    validators: Validators = Validators()
    freshness: Freshness = Freshness()
    cut: bool = False
    adopted: bool = False
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """304: nothing new. New validators in the answer replace the old ones (rule 48)."""

    source_id: str
    at: datetime
    moved_to: str | None = None
    adopted: bool = False
    validators: Validators = Validators()
    freshness: Freshness = Freshness()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """No usable answer: `why` is the stable name, `detail` words for the operator, redacted."""

    source_id: str
    at: datetime
    why: Why
    detail: str
    status: int | None = None
    freshness: Freshness = Freshness()


FetchResult = Fetched | NotModified | Refused
