"""Invented labelled sets, one of each shape, small enough to count by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

DAM = (
    "(ANSA) - LODI, 3 MAR - La diga di Montebello sarà svuotata entro giugno per i lavori di "
    "consolidamento chiesti dai tecnici della provincia dopo le infiltrazioni dell'autunno scorso."
)
FERRY = (
    "Il traghetto Aurora è rimasto fermo sei ore davanti al porto di Sant'Elmo per un guasto al "
    "timone, mentre i centoventi passeggeri aspettavano a bordo l'arrivo dei rimorchiatori."
)
MUSEUM = "Nuove sale al museo del mare: da sabato si visitano i relitti romani ritrovati nel golfo."


def text(outlet: str, title: str, summary: str, **more: Any) -> dict[str, Any]:
    return {
        "outlet": outlet,
        "title": title,
        "summary": summary,
        "published": "2026-03-03T09:00:00Z",
        **more,
    }


def pair(a: Mapping[str, Any], b: Mapping[str, Any], label: str, **more: Any) -> dict[str, Any]:
    return {"a": dict(a), "b": dict(b), "label": label, **more}


def wire(
    name: str, original: str, outlet: str, title: str, summary: str, **more: Any
) -> dict[str, Any]:
    return {
        "id": name,
        "group": original.partition(".")[0],
        "text_id": original,
        "outlet": outlet,
        "kind": "portal",
        "title": title,
        "summary": summary,
        "minutes": 0,
        **more,
    }


PAIRS = (
    pair(
        text("Il Colle", "Diga svuotata entro giugno", DAM, id="p1"),
        text("Valle Oggi", "Montebello, via l'acqua dalla diga", DAM, id="p2"),
        "copy",
        why="word for word",
    ),
    pair(
        text("Il Colle", "Traghetto fermo sei ore", FERRY, id="p3"),
        text("Il Colle", "Traghetto fermo per sei ore", FERRY, id="p4"),
        "copy",
    ),
    pair(
        text("Il Colle", "Traghetto fermo sei ore", FERRY, id="p3"),
        text("Valle Oggi", "Il museo del mare si allarga", MUSEUM, id="p5"),
        "different",
        confidence="low",
    ),
)
WIRES = (
    wire("w1", "e1.a", "ANSA", "Diga svuotata", DAM, kind="agency", credit="ANSA"),
    wire("w2", "e1.a", "Valle Oggi", "Via l'acqua dalla diga", DAM, minutes=20, credit="ANSA"),
    wire("w3", "e2.a", "Il Colle", "Traghetto fermo sei ore", FERRY, minutes=5),
)
CREDITS = (
    text("Il Colle", "Diga svuotata entro giugno", DAM, agency="ANSA", trap=False),
    text("Il Colle", "Il sindaco: via l'acqua", "«Chiude», ha detto all'ANSA.", trap=True),
)
NOTICES = (
    {
        "title": "ANNULLARE LA NOTIZIA: DIGA SVUOTATA ENTRO GIUGNO",
        "summary": 'Si prega di annullare la notizia "Diga svuotata entro giugno", falsa.',
        "kind": "kill",
        "style": "ANSA",
        "target_title": "Diga svuotata entro giugno",
    },
    {"title": "Il museo del mare si allarga", "summary": MUSEUM, "kind": "news", "style": "none"},
)
EVENTS = (
    {
        "id": "d1",
        "topic": 1,
        "cluster": "dam",
        "text": ["The Montebello dam will be emptied.", "Soon."],
    },
    {"id": "d2", "topic": 1, "cluster": "dam", "text": ["Montebello dam to be emptied by June."]},
    {"id": "d3", "topic": 2, "cluster": "ferry", "text": ["A ferry broke down off Sant'Elmo."]},
)
HEADLINES = (
    {
        "title": "Ferry Aurora stuck off Sant'Elmo",
        "publisher": "Hill",
        "timestamp_ms": 1000,
        "story": "s1",
    },
    {
        "title": "Stuck ferry Aurora towed in",
        "publisher": "Vale",
        "timestamp_ms": 2000,
        "story": "s1",
    },
    {
        "title": "Museum opens rooms for wrecks",
        "publisher": "Vale",
        "timestamp_ms": 3000,
        "story": "s2",
    },
)
GRADED = (
    {
        "a": f"La diga di Montebello si svuota. {DAM}",
        "b": f"Montebello, via l'acqua. {DAM}",
        "score": 3,
    },
    {"a": f"Traghetto fermo davanti al porto. {FERRY}", "b": MUSEUM, "score": 0},
)
SETS: Mapping[str, Iterable[Mapping[str, Any]]] = {
    "pairs.it": PAIRS,
    "wire-copies.it": WIRES,
    "credit.it": CREDITS,
    "notices": NOTICES,
    "made-events": EVENTS,
    "made-stories": HEADLINES,
    "made-story-pairs": GRADED,
}


def write(folder: Path, sets: Mapping[str, Iterable[Mapping[str, Any]]] = SETS) -> Path:
    """The sets as a folder of files, with the twins of the wire texts."""
    for name, records in sets.items():
        lines = (json.dumps(record, ensure_ascii=False) for record in records)
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "wire-copies.it.twins.tsv").write_text("group_a\tgroup_b\ne1\te2\n", "utf-8")
    return folder
