"""What one scalar of feeds.yaml means: the text as written in, a value out or a `ValueError`.

The error's text is what the operator reads: it says what to write instead. Pure, and free of YAML
and pydantic, so that each is a table in its test.
"""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import timedelta
from difflib import get_close_matches
from enum import StrEnum
from typing import Protocol, Self, TypeVar
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

import re2

from aggregator.text import language as languages
from aggregator.text import secrets, tokens, topics, urls

SLUG_PATTERN = "[a-z0-9][a-z0-9-]{0,63}"
DURATION_PATTERN = "(?=.)(?:([0-9]{1,6})d)?(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?"
SIZE_PATTERN = "([0-9]{1,9})(B|kB|KB|MB|GB|KiB|MiB|GiB)"
LANGUAGE_PATTERN = "[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*"

_BYTES = {
    "B": 1,
    "kB": 1_000,
    "KB": 1_000,
    "MB": 1_000_000,
    "GB": 1_000_000_000,
    "KiB": 1_024,
    "MiB": 1_048_576,
    "GiB": 1_073_741_824,
}
# Escapes can write these into a double-quoted text; XML cannot carry them.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ufffe\uffff]")

_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}

# ISO 639-1, all of it: a two-letter code that is not here is a slip, mostly a country's.
_ISO_639_1 = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy"
    " da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu"
    " hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb"
    " lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om"
    " or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw"
    " ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
_LANGUAGES = frozenset(_ISO_639_1.split())

# Query parameters that hold a secret beyond doubt; `key` or `auth` alone are often harmless.
_SECRET_PARAMETER = re.compile(
    r"(?i)pass(?:word|wd|wort)?|pwd|secret|(?:access_|auth_)?token|api[_-]?key"
)

# Headers that the fetch sets itself, or that belong to one connection (RFC 9110 §7.6.1).
_CONNECTION = (
    "host content-length connection keep-alive te trailer upgrade transfer-encoding"
    " proxy-connection expect range accept-encoding"
)
_REMOVE = "the connection needs its own; remove it"
_OWN_HEADERS = {
    **dict.fromkeys(
        _CONNECTION.split(),
        _REMOVE,
    ),
    **dict.fromkeys(
        ("if-none-match", "if-modified-since"), "conditions come from the last answer; remove it"
    ),
    **dict.fromkeys(
        ("proxy-authorization", "proxy-authenticate"), "write the login into the address of proxy"
    ),
    "user-agent": "write the key user_agent instead",
}

T = TypeVar("T", bound="_Ordered")
Choice = TypeVar("Choice", bound=StrEnum)


class _Ordered(Protocol):
    def __lt__(self, other: Self, /) -> bool: ...


def printable(written: str) -> str:
    """A text of the operator's for a message: cut, on one line, harmless on a terminal."""
    short = written if len(written) <= 60 else written[:59] + "…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in short)


def quoted(written: str) -> str:
    """The same in quotes."""
    return f'"{printable(written)}"'


def did_you_mean(name: str, choices: Iterable[str]) -> str:
    """`; did you mean "it"?` if one of the choices is close, else nothing."""
    folded = {choice.casefold(): choice for choice in choices}
    close = get_close_matches(name.casefold(), folded, n=1)
    return f"; did you mean {quoted(folded[close[0]])}?" if close else ""


def text(written: str) -> str:
    """Words on one line; white space folded. Refuses nothing at all, and control characters."""
    line = " ".join(written.split())
    if not line:
        raise ValueError("it is empty; write a value or leave the key out")
    if _CONTROL.search(line):
        raise ValueError(f"{quoted(line)} has a control character in it; remove it")
    return line


def spelling(written: str) -> str:
    """A name as texts write it: two characters at least, and a letter among them."""
    line = text(written)
    if len(line) < 2 or len(line) > 60 or not any(c.isalpha() for c in line):
        raise ValueError(f"{quoted(line)} cannot name an agency; write 2 to 60 characters")
    return line


def duration(written: str) -> timedelta:
    """`90s`, `10m`, `2h`, `30d`, or several from the largest: `1h30m`."""
    if found := re.fullmatch(DURATION_PATTERN, written):
        days, hours, minutes, seconds = (int(count or 0) for count in found.groups())
        return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if re.fullmatch("[0-9]+", written):
        raise ValueError(f"{quoted(written)} has no unit; add s, m, h or d")
    raise ValueError(
        f"{quoted(written)} is not a duration; write it like 90s, 10m, 2h, 30d or 1h30m"
    )


def size(written: str) -> int:
    """`512kB`, `10MB` or `1GiB`, in bytes."""
    if found := re.fullmatch(SIZE_PATTERN, written):
        return int(found[1]) * _BYTES[found[2]]
    if re.fullmatch("[0-9]+", written):
        raise ValueError(f"{quoted(written)} has no unit; add B, kB, MB or GB")
    raise ValueError(f"{quoted(written)} is not a size; write it like 512kB, 10MB or 1GiB")


def whole(written: str) -> int:
    """A whole number in decimal; never octal, never sexagesimal."""
    if not re.fullmatch("0|-?[1-9][0-9]{0,8}", written):
        raise ValueError(f"{quoted(written)} is not a whole number; write digits only, like 50")
    return int(written)


def hours(written: str) -> int:
    """How many hours a clock counts."""
    if written not in ("12", "24"):
        raise ValueError(f"{quoted(written)} is no clock; write 12 or 24")
    return int(written)


def within(read: Callable[[str], T], least: str, most: str) -> Callable[[str], T]:
    """The same reading, with bounds (both allowed) in the words that the operator would write."""
    low, high = read(least), read(most)

    def bounded(written: str) -> T:
        value = read(written)
        if value < low or high < value:
            raise ValueError(f"{quoted(written)} is out of bounds; write {least} to {most}")
        return value

    return bounded


def flag(written: str) -> bool:
    """`true` or `false`; YAML 1.1's other words for them are understood."""
    value = _FLAGS.get(written.lower())
    if value is None:
        raise ValueError(f"{quoted(written)} is neither true nor false")
    return value


def one_of(choices: type[Choice]) -> Callable[[str], Choice]:
    """One of an enum's values."""

    def choose(written: str) -> Choice:
        names = [choice.value for choice in choices]
        if written not in names:
            raise ValueError(
                f"{quoted(written)} is not one of {', '.join(names)}" + did_you_mean(written, names)
            )
        return choices(written)

    return choose


def slug(written: str) -> str:
    """A name that stands in addresses: `a-z`, `0-9`, `-`; at most 64; no `-` in front."""
    if re.fullmatch(SLUG_PATTERN, written):
        return written
    better = re.sub("[^a-z0-9]+", "-", tokens.fold(written)).strip("-")[:64]
    hint = f", like {quoted(better)}" if better else ""
    raise ValueError(
        f"{quoted(written)} cannot be a name in an address;"
        f" use a-z, 0-9 and - (64 characters at most){hint}"
    )


def known(written: str, what: str, names: Collection[str], otherwise: str) -> str:
    """A name that is defined somewhere in the file; `otherwise` says what to do if it is not."""
    if written in names:
        return written
    hint = did_you_mean(written, names) or f"; {otherwise}"
    raise ValueError(f"no {what} is called {quoted(written)}{hint}")


def language(written: str) -> str:
    """The primary language of a BCP 47 tag, in lower case: `it-IT` is `it`."""
    primary = languages.normalise(written) or ""
    if not re.fullmatch(LANGUAGE_PATTERN, written):
        hint = f"did you mean {quoted(primary)}?" if primary else "write one like it, en or de"
        raise ValueError(f"{quoted(written)} is not a language tag; {hint}")
    if not primary or (len(primary) == 2 and primary not in _LANGUAGES):
        raise ValueError(f"{quoted(written)} is no language code; write one like it, en or de")
    return primary


def timezone(written: str) -> str:
    """An IANA time zone's name."""
    try:
        zoneinfo.ZoneInfo(written)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        hint = _zones_like(written) or "; write an IANA name like Europe/Rome"
        raise ValueError(f"{quoted(written)} is not a time zone{hint}") from None
    return written


def _zones_like(written: str) -> str:
    """A suggestion; people write a city without its continent."""
    zones = sorted(zoneinfo.available_timezones())
    cities = [zone for zone in zones if zone.lower().endswith(f"/{written.lower()}")]
    return did_you_mean(cities[0] if cities else written, zones)


def topic(written: str) -> str:
    """A topic, folded as the topics of items are."""
    folded = topics.fold(written)
    if not folded:
        raise ValueError("it is empty; write a topic or remove it")
    return folded


def sentence(written: str) -> str:
    """Words that stand in texts, on one line."""
    line = text(written)
    if not tokens.words(line):
        raise ValueError(f"{quoted(line)} has no letter or figure in it; no text would match")
    return line


def item(written: str) -> str:
    """The name of an item: its address, folded for comparison, or `source/key` as written."""
    if re.match("https?://", written):
        http(written)
        return urls.canonical(written) or written
    if re.fullmatch(f"{SLUG_PATTERN}/[^\\s].*", written):
        return written
    raise ValueError(
        f"{quoted(written)} names no item; write its address, or source/key as `aggregator explain`"
        " tells it"
    )


def word(written: str) -> str:
    """Words to look for, as written; `/…/` is an RE2 pattern, and is one that compiles."""
    if len(written) > 1 and written.startswith("/") and written.endswith("/"):
        _check_pattern(written[1:-1])
    elif not tokens.words(written):
        raise ValueError(f"{quoted(written)} has no letter or figure in it; no text would match")
    return written


def _check_pattern(pattern: str) -> None:
    if not pattern:
        raise ValueError("the pattern // is empty and would match everything; remove it")
    folded_away = next((c for c in pattern if tokens.fold(c) not in (c.lower(), "")), None)
    if folded_away:
        raise ValueError(
            f"{quoted(folded_away)} never matches, because patterns are held against texts without"
            f" accents; write {quoted(tokens.fold(folded_away))}"
        )
    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)
    except re2.error as error:
        cause = error.args[0].decode(errors="replace")
        raise ValueError(f"{quoted(f'/{pattern}/')} is not an RE2 pattern: {cause}") from None


def address(written: str) -> str:
    """A source's http(s) address, as written. Secrets in it must stand as `${NAME}`."""
    if re.search(r"\$\{(?![A-Za-z_][A-Za-z0-9_]*\})", written):
        raise ValueError("a secret is written ${NAME}: letters, figures and _ between the braces")
    if written.startswith("${"):
        return written
    parts = http(written)
    if parts.password and not secrets.names(parts.password):
        raise ValueError(_written_out("the password"))
    for name, value in parse_qsl(parts.query):
        if _SECRET_PARAMETER.fullmatch(name) and not secrets.names(value):
            raise ValueError(_written_out(f"the parameter {name}"))
    return written


def source_address(written: str) -> str:
    """A source's address: http(s), or the files of a folder."""
    return files(written) if written.startswith("file:") else address(written)


def files(written: str) -> str:
    """`file:///folder/pattern`: an absolute path, whose last part may have `*` and `[...]`."""
    if not re.fullmatch(r"file:///[^?#]*[^?#/]", written) or secrets.names(written):
        raise ValueError("write it like file:///var/wires/ansa/*.xml: a whole path, nothing else")
    *folders, _ = unquote(written.removeprefix("file://")).split("/")
    if ".." in folders or written.endswith("/.."):
        raise ValueError("its path has .. in it; write where it leads")
    if any(set(folder) & set("*[") for folder in folders):
        raise ValueError("only the last part of its path may have * or [ in it")
    return written


def _written_out(what: str) -> str:
    return f"{what} is written out; put ${{NAME}} there and set NAME in the environment"


def base_address(written: str) -> str:
    """The service's own address, without a slash at its end."""
    if secrets.names(written):
        raise ValueError("${NAME} is put in for a source's url only; write the address out")
    parts = http(written)
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("write it without user, ? and #, like https://news.example.org")
    return written.rstrip("/")


def header_name(written: str) -> str:
    """A header that an operator may set; those that the fetch itself sets are refused."""
    if not re.fullmatch("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}", written):
        raise ValueError(f"{quoted(written)} is no header's name; write it like X-Api-Key")
    if written.lower() in _OWN_HEADERS:
        hint = _OWN_HEADERS[written.lower()]
        raise ValueError(f"{quoted(written)} cannot be set here; {hint}")
    return written


def header_value(written: str) -> str:
    """What a header says; a secret in it stands as `${NAME}`."""
    line = text(written)
    if re.search(r"\$\{(?![A-Za-z_][A-Za-z0-9_]*\})", line):
        raise ValueError("a secret is written ${NAME}: letters, figures and _ between the braces")
    return line


def headers(found: Mapping[str, str]) -> Mapping[str, str]:
    """Headers of which none is written twice, and none is a secret written out."""
    lower = [name.lower() for name in found]
    twice = next((name for name in found if lower.count(name.lower()) > 1), None)
    if twice:
        raise ValueError(f"{quoted(twice)} is there twice; remove one")
    for name, value in found.items():
        if secrets.is_secret_header(name) and not secrets.names(value):
            raise ValueError(_written_out(f"the header {name}"))
    return found


def http(written: str) -> SplitResult:
    """The parts of an http(s) address; its error never shows it, for it may hold a secret."""
    if re.search(r"\s", written) or _CONTROL.search(written):
        raise ValueError("there is a space in it; write %20 or remove it")
    try:
        parts = urlsplit(written)
        _ = parts.port  # refuses what is no number
    except ValueError:
        raise ValueError(
            "its host or port cannot be read; write it like https://www.example.org/rss.xml"
        ) from None
    if parts.scheme in ("http", "https") and parts.hostname:
        return parts
    if re.match(r"[\w-]+(\.[\w-]+)+(/|$)", written):
        better = quoted(secrets.redact(f"https://{written}"))
        raise ValueError(f"it has no https:// in front; did you mean {better}?")
    raise ValueError("it must begin with http:// or https:// and a host")


def path(written: str) -> str:
    """A file's path; the service's processes share it, so it must be a file."""
    if secrets.names(written):
        raise ValueError("${NAME} is put in for a source's url only; write the path out")
    if written == ":memory:" or written.endswith("/") or not text(written):
        raise ValueError(f"{quoted(written)} is not a file; write one like aggregator.db")
    return written
