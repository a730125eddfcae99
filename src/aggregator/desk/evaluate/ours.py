"""We, as a method: the very functions that the service calls, on texts that were read as any."""

from __future__ import annotations

from collections.abc import Sequence

from aggregator.desk.evaluate import our_articles, our_stories
from aggregator.desk.evaluate.methods import Methods
from aggregator.desk.evaluate.report import OURS
from aggregator.desk.evaluate.specimens import Specimen
from aggregator.matching import notices
from aggregator.matching.notices import Candidate


def methods() -> Methods:
    """What the service does, for every question."""
    return Methods(
        copies={OURS: our_articles.judge},
        articles={OURS: our_articles.joined},
        related={OURS: our_stories.together, "ours, pair alone": our_stories.odds},
        stories={OURS: our_stories.clusters},
        credits={OURS: _credit},
        notices={OURS: _notice},
        targets={OURS: _target},
    )


def _credit(specimen: Specimen) -> tuple[str | None, str]:
    credit = specimen.entry.credit
    return (credit.name, f"{credit.form}: {credit.words}") if credit else (None, "")


def _notice(specimen: Specimen) -> tuple[str | None, str]:
    notice = notices.recognise(specimen.entry)
    return (notice.kind, f"proved by: {', '.join(notice.words)}") if notice else (None, "")


def _target(texts: Sequence[Specimen], notice: Specimen) -> tuple[str | None, str]:
    """The text that a notice means, if it is recognised as one and means another than itself."""
    found = notices.recognise(notice.entry)
    if found is None:
        return None, "not recognised as a notice"
    resolution = notices.resolve(found, _candidate(notice), [*map(_candidate, texts)])
    names = {one.entry.ref: one.text.id for one in texts}
    return (names.get(resolution.target) if resolution.target else None), resolution.why


def _candidate(specimen: Specimen) -> Candidate:
    return Candidate(entry=specimen.entry, origins=frozenset((specimen.source.id,)))
