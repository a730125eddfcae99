"""What only shows between the parts of a file: circles, crossed bounds, one address or name twice.

Works on the tree rather than on validated parts, so that a slip elsewhere in a source or feed does
not hide these until the next run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from graphlib import CycleError, TopologicalSorter
from itertools import combinations, islice

from aggregator.config import problems, values
from aggregator.config.tree import Node
from aggregator.config.values import quoted
from aggregator.errors import Problem
from aggregator.model.source import Kind
from aggregator.text import secrets, urls

# Feeds that are all made of all others hold a circle for each set of them.
_CIRCLES_TOLD = 20
# Each of a feed's questions is asked of each entry; nested unions multiply them.
_QUESTIONS = 100


def of(root: Node, file: str, environ: Mapping[str, str]) -> tuple[Problem, ...]:
    """Every problem that lies between parts, or between the file and its environment."""
    return (
        *_same_addresses(root, file),
        *_secrets(root, file, environ),
        *_files(root, file),
        *_crossed_bounds(root, file),
        *(_circles(root, file) or _too_wide(root, file)),
        *_former_names(root, file),
        *_pairs(root, file),
    )


def _same_addresses(root: Node, file: str) -> Iterator[Problem]:
    """One feed configured twice under two names would be two voices (rule 16)."""
    first: dict[str, tuple[str, int]] = {}
    for name, url in _urls(root):
        folded = urls.canonical(url.text or "") or url.text or ""
        if folded in first:
            other, line = first[folded]
            yield problems.at(
                url.place,
                file,
                f"url: source {quoted(other)} has this address already, on line {line};"
                " remove one of the two",
            )
        else:
            first[folded] = (name, url.place.line)


def _urls(root: Node) -> Iterator[tuple[str, Node]]:
    for name, pair in root.at("sources").pairs.items():
        url = pair.node.at("url")
        if url.text:
            yield name, url


def _files(root: Node, file: str) -> Iterator[Problem]:
    """A path is an address only where the operator says so twice."""
    sources = root.at("sources").pairs
    for name, url in _urls(root):
        allowed = _is_on(sources[name].node.at("allow_files"))
        if (url.text or "").startswith("file:") and not allowed:
            yield problems.at(url.place, file, "url: files are read only with allow_files: true")


def _secrets(root: Node, file: str, environ: Mapping[str, str]) -> Iterator[Problem]:
    """What the environment lacks for the sources that are polled."""
    sources = root.at("sources").pairs
    for name, url in _urls(root):
        if not _is_off(sources[name].node.at("enabled")):
            for fault in _secret_faults(url.text or "", environ):
                yield problems.at(url.place, file, f"url: {fault}")
            yield from _more_secrets(sources[name].node, file, environ)


def _more_secrets(source: Node, file: str, environ: Mapping[str, str]) -> Iterator[Problem]:
    proxy = source.at("proxy")
    for fault in _secret_faults(proxy.text or "", environ):
        yield problems.at(proxy.place, file, f"proxy: {fault}")
    for name, pair in source.at("headers").pairs.items():
        for fault in _missing(pair.node.text or "", environ):
            yield problems.at(pair.node.place, file, f"{name}: {fault}")


def _missing(text: str, environ: Mapping[str, str]) -> Iterator[str]:
    for name in secrets.names(text):
        if not environ.get(name):
            yield f"{name} is not set in the environment; set it, or write enabled: false"


def _secret_faults(url: str, environ: Mapping[str, str]) -> Iterator[str]:
    wanted, missing = secrets.names(url), tuple(_missing(url, environ))
    yield from missing
    if wanted and not missing:
        try:
            values.http(secrets.expand(url, environ))
        except ValueError:
            names = ", ".join(wanted)
            yield f"with the value of {names} put in, this is no http(s) address; correct the value"


def _is_on(flag: Node) -> bool:
    try:
        return values.flag(flag.text or "false")
    except ValueError:
        return False


def _is_off(enabled: Node) -> bool:
    try:
        return not values.flag(enabled.text or "true")
    except ValueError:
        return False


def _crossed_bounds(root: Node, file: str) -> Iterator[Problem]:
    """Where min_interval ≤ interval ≤ max_interval does not hold; each told where it arises."""
    defaults = root.at("defaults")
    scopes: list[tuple[Node, ...]] = [(defaults,)]
    scopes += [(defaults.at(kind), defaults) for kind in Kind]
    for pair in root.at("sources").pairs.values():
        scopes.append((pair.node, defaults.at(pair.node.at("kind").text or ""), defaults))
    for scope in scopes:
        yield from islice(_crossed(scope, file), 1)


def _crossed(scope: tuple[Node, ...], file: str) -> Iterator[Problem]:
    """The pairs of a scope, the nearest mapping first, that are in the wrong order."""
    own = scope[0]
    for less, more in combinations(("min_interval", "interval", "max_interval"), 2):
        low, high = _nearest(scope, less), _nearest(scope, more)
        if low is None or high is None or _span(low) <= _span(high):
            continue
        if own.at(less) is low:
            words = f"{less}: {quoted(low.text or '')} is longer than {more},"
            yield problems.at(low.place, file, f"{words} {high.text}; write at most that")
        elif own.at(more) is high:
            words = f"{more}: {quoted(high.text or '')} is shorter than {less},"
            yield problems.at(high.place, file, f"{words} {low.text}; write at least that")


def _nearest(scope: tuple[Node, ...], key: str) -> Node | None:
    """The duration that counts for a key, if one is said and can be read."""
    said = next((of.at(key) for of in scope if of.at(key).text), None)
    return said if said and re.fullmatch(values.DURATION_PATTERN, said.text or "") else None


def _span(node: Node) -> timedelta:
    return values.duration(node.text or "")


def _circles(root: Node, file: str) -> tuple[Problem, ...]:
    """Feeds that are made of each other; each circle once, at its first feed in the file."""
    feeds = root.at("feeds").pairs
    graph = _graph(root)
    found: list[Problem] = []
    while len(found) < _CIRCLES_TOLD and (circle := _circle(graph)):
        first = min(circle, key=list(graph).index)
        start = circle.index(first)
        way = [*circle[start:], *circle[:start], first]
        message = f"from: these feeds are made of each other: {' -> '.join(way)}; take one out"
        found.append(problems.at(_parts(feeds[first].node)[way[1]].place, file, message))
        graph[first].remove(way[1])
    return tuple(found)


def _too_wide(root: Node, file: str) -> Iterator[Problem]:
    """Unions of unions that come to more questions than a feed may ask; needs a tree of feeds."""
    width: dict[str, int] = {}
    graph = _graph(root)
    for slug in TopologicalSorter(graph).static_order():
        width[slug] = min(_QUESTIONS + 1, sum(width[part] for part in graph[slug]) or 1)
        if width[slug] > _QUESTIONS:
            place = root.at("feeds").at(slug).at("from").place
            yield problems.at(
                place,
                file,
                f"from: these unions multiply to more than {_QUESTIONS}"
                " questions; ask them in one mapping instead",
            )


def _graph(root: Node) -> dict[str, list[str]]:
    """Which feeds each feed is made of."""
    feeds = root.at("feeds").pairs
    return {
        slug: [part for part in _parts(pair.node) if part in feeds] for slug, pair in feeds.items()
    }


def _parts(feed: Node) -> dict[str, Node]:
    """The feeds that a feed is the union of, each with the place where it is named."""
    return {item.text: item for item in feed.at("from").items if item.text}


def _circle(graph: Mapping[str, list[str]]) -> list[str] | None:
    """A circle of the graph, from a feed to what it is made of, or None."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        nodes: list[str] = error.args[1]
        return nodes[:0:-1]  # graphlib names them the other way round, the first one twice
    return None


def _former_names(root: Node, file: str) -> Iterator[Problem]:
    """A former name must lead to one feed, and must not be a feed's name today."""
    feeds = root.at("feeds").pairs
    taken: dict[str, str] = {}
    for slug, pair in feeds.items():
        for item in pair.node.at("was").items:
            name = item.text or ""
            if name in feeds:
                yield problems.at(
                    item.place, file, f"was: {quoted(name)} is a feed of this file; remove one"
                )
            elif taken.setdefault(name, slug) != slug:
                yield problems.at(
                    item.place,
                    file,
                    f"was: {quoted(name)} is a former name of feed {quoted(taken[name])} as well;"
                    " remove one",
                )


def _pairs(root: Node, file: str) -> Iterator[Problem]:
    """Pairs that are none, name what is not there, or say the opposite of others."""
    said = {name: root.at("matching").at(name).items for name in ("never", "always")}
    for name, pairs in said.items():
        for pair in pairs:
            if fault := _no_pair(pair):
                yield problems.at(pair.place, file, f"{name}: {fault}")
        yield from _unknown_sources(root, file, name, pairs)
    one_text = _Joined(map(_items, said["always"]))
    for pair in said["never"]:
        both = _items(pair)
        if len(both) == 2 and one_text.holds(*both):
            message = "never: the pairs under always make these one article; remove one of them"
            yield problems.at(pair.place, file, message)


def _items(pair: Node) -> list[str]:
    """The items that a pair names, as far as they can be read."""
    found = []
    for node in pair.items:
        with suppress(ValueError):
            found.append(values.item(node.text or ""))
    return found


def _no_pair(pair: Node) -> str:
    if isinstance(pair.value, tuple) and len(pair.items) != 2:
        return f"a pair names two items, and here stand {len(pair.items)}; write [one, other]"
    items = _items(pair)
    if len(items) == 2 and items[0] == items[1]:
        return "both are the same item; write two, or remove the pair"
    return ""


def _unknown_sources(root: Node, file: str, name: str, pairs: Iterable[Node]) -> Iterator[Problem]:
    sources = root.at("sources").pairs
    for node in (node for pair in pairs for node in pair.items):
        source, slash, _ = (node.text or "").partition("/")
        if slash and re.fullmatch(values.SLUG_PATTERN, source) and source not in sources:
            hint = values.did_you_mean(source, sources) or "; write the item's address"
            message = f"{name}: no source is called {quoted(source)}{hint}"
            yield problems.at(node.place, file, message)


class _Joined:
    """Items that are one by pairs, by however many of them."""

    def __init__(self, pairs: Iterable[Sequence[str]]) -> None:
        self._home: dict[str, set[str]] = {}
        for pair in pairs:
            whole = set(pair).union(*(self._home.get(item, ()) for item in pair))
            self._home.update(dict.fromkeys(whole, whole))

    def holds(self, one: str, other: str) -> bool:
        return one != other and other in self._home.get(one, ())
