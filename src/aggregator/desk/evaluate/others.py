"""The baselines as methods, by the names that the table gives them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from aggregator.desk.evaluate import baselines
from aggregator.desk.evaluate.baselines import Made, Rule
from aggregator.desk.evaluate.labels import Text
from aggregator.desk.evaluate.methods import (
    ClusterMethod,
    Judge,
    Methods,
    NameMethod,
    PairMethod,
    Verdict,
    together,
)
from aggregator.desk.evaluate.specimens import Specimen
from aggregator.text import agencies, tokens

# The first words that anybody would look for, folded, in five languages.
_NOTICES = {
    "kill": r"kill|withdraw|withhold|annull|annul|retir|anul|zuruckgezogen",
    "correction": r"correct|corregg|corrett|rettific|errata|korrig|bericht",
    "repeat": r"rpt|repeat|ripet",
    "update": r"update|aggiorna|latest|actualiz",
    "embargo": r"embarg|sperrfrist",
}


def _pairs(rule: Callable[[Iterable[Text]], Rule[Made]]) -> PairMethod:
    """A rule on two texts, made with all texts in view."""

    def method(specimens: Sequence[Specimen]) -> Judge:
        made_with = rule([one.text for one in specimens])
        made = {one.text.id: made_with.make(one.text) for one in specimens}

        def judge(a: Specimen, b: Specimen) -> Verdict:
            alike = made_with.alike(made[a.text.id], made[b.text.id])
            return Verdict(said=alike > 0, score=alike)

        return judge

    return method


def _clusters(rule: Callable[[Iterable[Text]], Rule[Made]]) -> ClusterMethod:
    def method(specimens: Sequence[Specimen]) -> Mapping[str, str]:
        texts = [one.text for one in specimens]
        return baselines.joined(texts, rule(texts))

    return method


def _leaders(specimens: Sequence[Specimen]) -> Mapping[str, str]:
    return baselines.leaders([one.text for one in specimens])


def _letters() -> NameMethod:
    """The first agency whose name stands anywhere, as a word of its own."""
    names = {
        spelling: agency.name
        for agency in agencies.TABLE
        for spelling in (agency.name, *agency.spellings, *agency.bracketed)
    }
    longest = sorted(names, key=lambda name: (-len(name), name))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")

    def ask(specimen: Specimen) -> tuple[str | None, str]:
        text = specimen.text
        found = pattern.search(f"{text.title} {text.summary} {text.author}")
        return (names[found[0]], "") if found else (None, "")

    return ask


def _word(specimen: Specimen) -> tuple[str | None, str]:
    """The first kind of notice of which a word stands anywhere."""
    words = tokens.fold(f"{specimen.text.title} {specimen.text.summary}")
    kinds = (kind for kind, pattern in _NOTICES.items() if re.search(rf"\b(?:{pattern})", words))
    return next(kinds, None), ""


def _title_named(texts: Sequence[Specimen], notice: Specimen) -> tuple[str | None, str]:
    """The only text whose whole title stands in the notice."""
    words = tokens.fold(f"{notice.text.title} {notice.text.summary}")
    named = [one.text.id for one in texts if tokens.fold(one.text.title) in words]
    return (named[0], "") if len(named) == 1 else (None, "")


def methods() -> Methods:
    """All baselines; each question has three at least where three are known."""
    exact, half = "exact title", "word Jaccard 0.5"
    pairs: dict[str, PairMethod] = {
        exact: _pairs(lambda texts: baselines.exact_title()),
        half: _pairs(lambda texts: baselines.jaccard()),
        "NewsBlur": _pairs(baselines.newsblur),
    }
    clusters: dict[str, ClusterMethod] = {
        exact: _clusters(lambda texts: baselines.exact_title()),
        half: _clusters(lambda texts: baselines.jaccard()),
        "NewsBlur": _clusters(baselines.newsblur),
    }
    return Methods(
        copies=pairs,
        articles={name: together(cluster) for name, cluster in clusters.items()},
        related={**pairs, "tf-idf leaders": together(_leaders)},
        stories={**clusters, "tf-idf leaders": _leaders},
        credits={"letters anywhere": _letters()},
        notices={"word anywhere": _word},
        targets={"title named": _title_named},
    )
