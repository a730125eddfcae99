"""YAML text in, a tree of values with their places out; every scalar stays as it was written.

Events are read one by one instead of composing nodes: libyaml's composer recurses in C, so a few
thousand open brackets end the process; here depth and growth are bounded before they cost anything.
Scalars are not resolved, because YAML 1.1 would read `no` (Norwegian) as false, `10:30` as 630 and
`010` as 8: what a value means is decided by the key that it stands under.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import yaml

from aggregator.config.values import printable, quoted
from aggregator.errors import Problem

_MAX_DEPTH = 32  # feeds.yaml itself needs six levels
_ROOM_PER_CHARACTER = 8  # aliases may repeat a file's text this often: a bomb does it a billionfold
_ROOM_AT_LEAST = 10_000

# What YAML does not allow in a stream (YAML 1.1, 5.1); looked for here to have its line and column.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NULLS = ("", "~", "null", "Null", "NULL")
_CORE_TAG = re.compile(r"tag:yaml\.org,2002:(?:str|int|float|bool|null|timestamp|seq|map)")

# What libyaml says -> what to do; the first that occurs in its message counts.
_SYNTAX = (
    ("tab character", "a tab stands here; indent with spaces"),
    (
        "mapping values are not allowed",
        "a colon cannot stand here; put quotes around a text that holds one,"
        " or add the one that the line above lacks",
    ),
    ("found unexpected end of stream", "this quote is never closed; close it"),
    ("did not find expected ',' or ']'", "this list is not closed, or lacks a comma; close it"),
    ("did not find expected ',' or '}'", "this mapping is not closed, or lacks a comma; close it"),
    ("could not find expected ':'", "this key lacks its colon; write a colon and a space"),
    (
        "did not find expected",
        "begin all keys of a mapping, and all items of a list, in one column",
    ),
    ("cannot start any token", "no value begins with this character; put the text in quotes"),
    ("incompatible YAML document", "remove this directive"),
)
# For these, where it was opened tells more than where the text ended.
_OPENED = ("found unexpected end of stream", "did not find expected ','")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """Where something stands, both counted from 1."""

    line: int
    column: int


class Nothing(Enum):
    """A key with no value after it; not None, so that no optional field takes it for an answer."""

    NOTHING = "nothing"


NOTHING = Nothing.NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One value: a scalar as written, nothing, a list, or a mapping.

    `size` counts the values in it, `depth` its levels, both with aliases written out.
    """

    place: Place
    value: str | Nothing | tuple[Node, ...] | Mapping[str, Pair]
    size: int = 1
    depth: int = 1

    @property
    def text(self) -> str | None:
        """The scalar as written, or None if this is no scalar."""
        return self.value if isinstance(self.value, str) else None

    @property
    def items(self) -> tuple[Node, ...]:
        """The list's items; none if this is no list."""
        return self.value if isinstance(self.value, tuple) else ()

    @property
    def pairs(self) -> Mapping[str, Pair]:
        """The mapping's pairs by key; none if this is no mapping."""
        return self.value if isinstance(self.value, Mapping) else {}

    def at(self, key: str) -> Node:
        """The value under a key; nothing, if it is not there."""
        pair = self.pairs.get(key)
        return pair.node if pair else _ABSENT

    def plain(self) -> Any:
        """The same as str, `NOTHING`, list and dict, for a validator to read."""
        if isinstance(self.value, Mapping):
            return {key: pair.node.plain() for key, pair in self.value.items()}
        if isinstance(self.value, tuple):
            return [item.plain() for item in self.value]
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A value and the place of its key."""

    key: Place
    node: Node


_ABSENT = Node(place=Place(line=1, column=1), value=NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """What a text said; `root` is None if it could not be read to its end or said nothing."""

    root: Node | None
    problems: tuple[Problem, ...]


class _Stop(Exception):
    """The rest of the text cannot be read."""

    def __init__(self, place: Place, message: str) -> None:
        super().__init__(message)
        self.place = place


def read(text: str, file: str) -> Tree:
    """Read one YAML document. Never raises for anything that the text says."""
    reader = _Reader(file=file, room=_ROOM_AT_LEAST + _ROOM_PER_CHARACTER * len(text))
    try:
        _refuse_unprintable(text)
        for event in _events(text):
            reader.take(event)
    except _Stop as stop:
        reader.complain(stop.place, str(stop))
        return Tree(root=None, problems=tuple(reader.problems))
    return Tree(root=reader.root, problems=tuple(reader.problems))


def written(value: object) -> str:
    """A value as YAML on one line, for a reader to copy."""
    line = yaml.safe_dump(
        value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=1_000
    )
    return line.removesuffix("...\n").strip()


def place_at(before: str) -> Place:
    """The place that follows a stretch of text."""
    return Place(line=before.count("\n") + 1, column=len(before) - before.rfind("\n"))


def _refuse_unprintable(text: str) -> None:
    found = _UNPRINTABLE.search(text)
    if found:
        code = f"U+{ord(found[0]):04X}"
        raise _Stop(
            place_at(text[: found.start()]), f"the character {code} is not allowed; remove it"
        )


def _events(text: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(error, text) from None
    except yaml.YAMLError as error:
        raise _Stop(Place(line=1, column=1), f"not YAML: {printable(str(error))}") from None


def _syntax_error(error: yaml.MarkedYAMLError, text: str) -> _Stop:
    problem = error.problem or "it cannot be read"
    mark = error.problem_mark or error.context_mark
    if any(sign in problem for sign in _OPENED) and error.context_mark:
        mark = error.context_mark
    if _character_at(text, mark) == "\t":
        problem = "tab character"
    told = (message for sign, message in _SYNTAX if sign in problem)
    return _Stop(_place(mark), next(told, f"not YAML: {problem}"))


def _character_at(text: str, mark: Any) -> str:
    return text[mark.index : mark.index + 1] if mark else ""


def _place(mark: Any) -> Place:
    return Place(line=mark.line + 1, column=mark.column + 1) if mark else Place(line=1, column=1)


@dataclass(slots=True, kw_only=True)
class _Open:
    """A list or mapping that is not closed yet; a mapping's children are key, value, key, ..."""

    place: Place
    anchor: str | None
    is_mapping: bool
    children: list[Node] = field(default_factory=list)

    @property
    def at_key(self) -> bool:
        return self.is_mapping and len(self.children) % 2 == 0


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Builds the tree from events; remembers anchors, and how much room is left."""

    file: str
    room: int
    root: Node | None = None
    problems: list[Problem] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)
    _anchors: dict[str, Node | None] = field(default_factory=dict)  # None: still open

    def complain(self, place: Place, message: str) -> None:
        self.problems.append(
            Problem(file=self.file, line=place.line, column=place.column, message=message)
        )

    def take(self, event: yaml.Event) -> None:
        place = _place(event.start_mark)
        match event:
            case yaml.ScalarEvent():
                self._check_tag(place, event.tag)
                self._add(Node(place=place, value=self._scalar(event)), event.anchor)
            case yaml.AliasEvent():
                self._add(self._aliased(place, event.anchor), None)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._check_tag(place, event.tag)
                self._enter(place, event.anchor, isinstance(event, yaml.MappingStartEvent))
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._leave()
            case yaml.DocumentStartEvent() if self.root is not None:
                raise _Stop(place, "a second document starts here; remove this ---")

    def _scalar(self, event: yaml.ScalarEvent) -> str | Nothing:
        plain = not event.style and event.tag is None
        if plain and event.value in _NULLS and not self._at_key():
            return NOTHING
        return str(event.value)

    def _at_key(self) -> bool:
        return bool(self._open) and self._open[-1].at_key

    def _check_tag(self, place: Place, tag: str | None) -> None:
        if tag is not None and tag != "!" and not _CORE_TAG.fullmatch(tag):
            self.complain(place, f"the tag {quoted(tag)} has no meaning here; remove it")

    def _aliased(self, place: Place, anchor: str | None) -> Node:
        if anchor is None or anchor not in self._anchors:
            raise _Stop(place, f"*{anchor} refers to nothing; write &{anchor} at a value above it")
        node = self._anchors[anchor]
        if node is None:
            raise _Stop(place, f"*{anchor} stands inside &{anchor} itself; remove it")
        return node

    def _enter(self, place: Place, anchor: str | None, is_mapping: bool) -> None:
        if len(self._open) == _MAX_DEPTH:
            raise _Stop(
                place, f"nested more than {_MAX_DEPTH} levels deep; nothing here needs that"
            )
        if anchor:
            self._anchors[anchor] = None
        self._open.append(_Open(place=place, anchor=anchor, is_mapping=is_mapping))

    def _leave(self) -> None:
        closed = self._open.pop()
        size = 1 + sum(child.size for child in closed.children)
        depth = 1 + max((child.depth for child in closed.children), default=0)
        if size > self.room or depth > _MAX_DEPTH:
            raise _Stop(closed.place, "aliases make this far too large; write the values out")
        value = self._mapping(closed.children) if closed.is_mapping else tuple(closed.children)
        self._add(Node(place=closed.place, value=value, size=size, depth=depth), closed.anchor)

    def _add(self, node: Node, anchor: str | None) -> None:
        if anchor:
            self._anchors[anchor] = node
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node

    def _mapping(self, children: list[Node]) -> dict[str, Pair]:
        own: dict[str, Pair] = {}
        merged: dict[str, Pair] = {}
        for key, node in zip(children[::2], children[1::2], strict=True):
            name = key.text
            if name is None:
                self.complain(key.place, "a key must be one word, not a list or a mapping")
            elif name == "<<":
                for pairs in self._merges(node):
                    merged = {**pairs, **merged}
            elif name in own:
                self.complain(key.place, _duplicate(name, own[name].key))
            else:
                own[name] = Pair(key=key.place, node=node)
        return {**merged, **own} if merged else own

    def _merges(self, node: Node) -> Iterable[Mapping[str, Pair]]:
        """What `<<:` brings in: a mapping, or several of which the first wins."""
        for part in node.items or (node,):
            if not isinstance(part.value, Mapping):
                self.complain(part.place, "<< takes a mapping, for example <<: *defaults")
            yield part.pairs


def _duplicate(name: str, first: Place) -> str:
    return f"the key {quoted(name)} stands twice, first on line {first.line}; remove one of them"
