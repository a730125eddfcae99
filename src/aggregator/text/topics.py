"""Topics under one name: what one portal files under `World`, the next calls `Esteri`.

One table for the source's topics, the items' categories and the operator's queries, so that a feed
`from: {topics: [esteri]}` finds them all. What the table does not know stays, folded.
"""

from __future__ import annotations

import re

from aggregator.text import tokens

# Longer ones are sentences that were filed in the wrong field.
MAX_LENGTH = 80

_SEPARATOR = re.compile(r"[,;]\s+|\s*[|>]\s*|;")
_SYNONYMS = {
    name: topic
    for topic, names in {
        "politica": "politics, politique, politik, politique interieure, us politics, uk politics",
        "esteri": "world, mondo, world news, international, internazionale, estero, foreign, monde",
        "economia": "business, economy, economie, wirtschaft, finance, finanza, affari, markets",
        "sport": "sports, sporten, deportes",
        "cronaca": "crime, crime news, cronache, cronaca nera, chronik",
        "cultura": "culture, kultur, arts, arti, spettacoli e cultura",
        "spettacoli": "entertainment, spettacolo, showbiz",
        "scienza": "science, scienze, wissenschaft, sciences",
        "tecnologia": "technology, tech, tecnologie, technologie",
        "salute": "health, sanita, gesundheit, sante, salud",
        "ambiente": "environment, umwelt, environnement, climate, clima",
    }.items()
    for name in names.split(", ")
}


def fold(topic: str) -> str:
    """The one name of a topic: lower case, without accents, synonyms made one. Idempotent."""
    name = tokens.fold(topic)
    return _SYNONYMS.get(name, name)


def split(category: str) -> tuple[str, ...]:
    """The topics that one category field holds, folded (rule 88); none for what is no topic."""
    names = (fold(part) for part in _SEPARATOR.split(category))
    return tuple(name for name in names if name and len(name) <= MAX_LENGTH)
