"""What pydantic found, told to an operator: each error at its place in the file, in our words."""

from __future__ import annotations

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from aggregator.config import shape, tree
from aggregator.config.tree import NOTHING, Node, Place
from aggregator.config.values import did_you_mean, printable, quoted
from aggregator.errors import Problem

Loc = tuple[int | str, ...]


def of(error: ValidationError, root: Node, file: str) -> tuple[Problem, ...]:
    """Every error of a validation of `root`, in the order in which pydantic met them."""
    return tuple(_problem(detail, root, file) for detail in error.errors(include_url=False))


def at(place: Place, file: str, message: str) -> Problem:
    """A problem at a place of the file."""
    return Problem(file=file, line=place.line, column=place.column, message=message)


def _problem(detail: ErrorDetails, root: Node, file: str) -> Problem:
    # A union's branch and pydantic's mark for "the key itself" are no keys of the file.
    loc = tuple(part for part in detail["loc"] if part not in (shape.LIST, shape.QUERY, "[key]"))
    key, value = _places(root, loc)
    match detail["type"]:
        case "extra_forbidden":
            return at(key, file, _unknown_key(loc))
        case "missing":
            return at(key, file, _missing(loc))
        case _ if detail["loc"][-1] == "[key]":
            return at(key, file, _fault(detail))
    return at(value, file, _about(loc) + _fault(detail))


def _places(root: Node, loc: Loc) -> tuple[Place, Place]:
    """The places of the last key on the way to `loc`, and of what stands at its end."""
    key, node = root.place, root
    for step in loc:
        if isinstance(step, int):
            node = node.items[step]
        elif step in node.pairs:
            key, node = node.pairs[step].key, node.pairs[step].node
    return key, node.place


def _unknown_key(loc: Loc) -> str:
    key, known = str(loc[-1]), [*_keys(_part(loc))]
    hint = did_you_mean(key, known) or f"; the keys here are {', '.join(known)}"
    return f"unknown key {quoted(key)}{hint}"


def _missing(loc: Loc) -> str:
    key = str(loc[-1])
    example = tree.written(_keys(_part(loc))[key])
    return f"{key} is missing; add it, like {key}: {example}"


def _keys(part: type[shape.Part]) -> dict[str, object]:
    """The keys of a part as the file spells them, each with an example."""
    return {
        field.alias or name: (field.examples or [""])[0]
        for name, field in part.model_fields.items()
    }


def _part(loc: Loc) -> type[shape.Part]:
    """The part whose key is the last step of `loc`."""
    match loc:
        case (_,):
            return shape.FilePart
        case ("service", _):
            return shape.ServicePart
        case ("defaults", _):
            return shape.DefaultsPart
        case ("defaults", _, _):
            return shape.PacePart
        case ("sources", _, _):
            return shape.SourcePart
        case ("agencies", _, _):
            return shape.AgencyPart
        case ("matching", _):
            return shape.MatchingPart
        case ("feeds", _, _):
            return shape.FeedPart
    return shape.QueryPart


def _about(loc: Loc) -> str:
    key = next((step for step in reversed(loc) if isinstance(step, str)), "")
    return f"{printable(key)}: " if key else ""


def _fault(detail: ErrorDetails) -> str:
    written = detail["input"]
    match detail["type"]:
        case "value_error":
            return str(detail["ctx"]["error"])
        case "dict_type" | "model_type" if written is NOTHING:
            return "it is empty; write its keys below it"
        case "dict_type" | "model_type":
            return "write a mapping, one key: value a line"
        case "union_tag_not_found":
            return "write a list of feeds, or a question like {topics: [esteri]}"
        case "tuple_type" if isinstance(written, str):
            return f"write a list, like {tree.written([written])}"
        case "tuple_type":
            return "write a list, like [one, two]"
    return detail["msg"]
