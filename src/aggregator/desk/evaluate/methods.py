"""The one seam of the evaluation: how anybody, we or a baseline, answers about a set's texts.

A method sees all texts of a set before it is asked about any, as upkeep does when it learns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from aggregator.desk.evaluate.specimens import Specimen


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether two texts belong together, how surely (0..1), and why, in words.

    `by_name` says that an address joined them, and no likeness.
    """

    said: bool
    score: float = 0.0
    why: str = ""
    by_name: bool = False


Judge = Callable[[Specimen, Specimen], Verdict]
PairMethod = Callable[[Sequence[Specimen]], Judge]
# The cluster of each text, by the texts' ids.
ClusterMethod = Callable[[Sequence[Specimen]], Mapping[str, str]]
# What a text is, or None if it is nothing of the kind; and why.
NameMethod = Callable[[Specimen], tuple[str | None, str]]
# Which of some texts a notice means, by its id, or None; and why.
TargetMethod = Callable[[Sequence[Specimen], Specimen], tuple[str | None, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Methods:
    """All that is compared, by name and in the order of the table.

    `copies` judge whether two texts are one, `articles` whether they come to stand in one article;
    `related` whether they are on one event, and `stories` group them. `credits` name the agency
    whose text one is, `notices` the kind of notice that it is, `targets` the text that it means.
    """

    copies: Mapping[str, PairMethod] = field(default_factory=dict)
    articles: Mapping[str, PairMethod] = field(default_factory=dict)
    related: Mapping[str, PairMethod] = field(default_factory=dict)
    stories: Mapping[str, ClusterMethod] = field(default_factory=dict)
    credits: Mapping[str, NameMethod] = field(default_factory=dict)
    notices: Mapping[str, NameMethod] = field(default_factory=dict)
    targets: Mapping[str, TargetMethod] = field(default_factory=dict)

    def beside(self, others: Methods) -> Methods:
        """These, and the others below them."""
        return Methods(
            copies={**self.copies, **others.copies},
            articles={**self.articles, **others.articles},
            related={**self.related, **others.related},
            stories={**self.stories, **others.stories},
            credits={**self.credits, **others.credits},
            notices={**self.notices, **others.notices},
            targets={**self.targets, **others.targets},
        )


def together(cluster: ClusterMethod) -> PairMethod:
    """The method that finds two texts together if they are in one cluster."""

    def method(specimens: Sequence[Specimen]) -> Judge:
        clusters = cluster(specimens)

        def judge(a: Specimen, b: Specimen) -> Verdict:
            said = clusters[a.text.id] == clusters[b.text.id]
            return Verdict(said=said, score=float(said), why="in one cluster" if said else "")

        return judge

    return method
