"""Notices: recognised in every form of the trade, never in news, and resolved or left alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from itertools import permutations
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.matching import notices
from aggregator.matching.notices import Candidate
from aggregator.model.entry import Entry, Status
from aggregator.model.notice import Named, Notice, NoticeKind, Resolution

ROME = ZoneInfo("Europe/Rome")
AT = datetime(2026, 3, 12, 8, 0, tzinfo=UTC)  # a Thursday, 9 o'clock in Rome


def an_entry(title: str, summary: str = "", key: str = "guid:1", at: datetime = AT) -> Entry:
    return Entry(
        source_id="wire",
        key=key,
        url="",
        canonical="",
        title=title,
        summary=summary,
        content="",
        published=at,
        dated=True,
        first_seen=at,
        digest="",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of notices.txt."""

    kind: str
    language: str
    bears: str
    title: str
    text: str
    target: str


def _rows() -> Iterator[Row]:
    for line in (Path(__file__).parent / "notices.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            parts = (part.strip() for part in line.split("|"))
            kind, language, bears, title, text, *target = parts
            yield Row(
                kind=kind,
                language=language,
                bears=bears,
                title=title,
                text=text,
                target="".join(target),
            )


ROWS = tuple(_rows())


@pytest.mark.parametrize("row", [r for r in ROWS if r.kind != "news"], ids=lambda r: r.title)
def test_rule_070_a_notice_is_known_by_its_kind_and_target(row: Row) -> None:
    notice = notices.recognise(an_entry(row.title, row.text), ROME)
    assert notice
    assert notice.kind.value == row.kind
    assert ("text" if notice.bears_text else "order") == row.bears
    assert not row.target or row.target in notice.named.titles
    assert notice.words


@pytest.mark.parametrize("row", [r for r in ROWS if r.kind == "news"], ids=lambda r: r.title)
def test_news_that_uses_the_words_of_notices_stays_news(row: Row) -> None:
    assert notices.recognise(an_entry(row.title, row.text), ROME) is None


@pytest.mark.parametrize("kind", NoticeKind)
def test_the_table_has_several_of_every_kind_in_every_language(kind: NoticeKind) -> None:
    languages = Counter(row.language for row in ROWS if row.kind == kind)
    assert languages.total() >= 10
    assert min(languages[language] for language in ("it", "en", "de", "fr", "es")) >= 3


def test_rule_071_a_corrected_repetition_is_a_correction_that_brings_its_text() -> None:
    title = "Riapre la funivia /RPT (Ripetizione con testo corretto alla terza riga)"
    notice = notices.recognise(an_entry(title, "Riapre sabato la funivia."))
    assert notice
    assert (notice.kind, notice.bears_text) == (NoticeKind.CORRECTION, True)


@pytest.mark.parametrize("version", [None, 1, 7])
def test_rule_074_a_cancelled_entry_is_a_kill_of_itself_whatever_its_version(
    version: int | None,
) -> None:
    entry = replace(an_entry("Any title"), status=Status.CANCELED, version=version)
    notice = notices.recognise(entry)
    assert notice
    assert (notice.kind, notice.itself, notice.bears_text) == (NoticeKind.KILL, True, False)
    assert notice.named.version == version
    sender = Candidate(entry=entry, origins=frozenset({"wire"}))
    assert notices.resolve(notice, sender, ()).target == entry.ref


def test_a_cancelled_order_names_its_target_as_well_as_itself() -> None:
    order = an_entry("KILL: Ferry sinks", 'Kill the story "Ferry sinks with 40 aboard".')
    notice = notices.recognise(replace(order, status=Status.CANCELED))
    assert notice
    assert notice.itself
    assert "Ferry sinks with 40 aboard" in notice.named.titles


def test_rule_075_an_entry_withheld_without_an_end_is_held() -> None:
    notice = notices.recognise(replace(an_entry("Any title"), status=Status.WITHHELD))
    assert notice
    assert (notice.kind, notice.itself) == (NoticeKind.HOLD, True)


def test_rule_075_an_embargo_of_the_format_is_a_notice_while_it_lasts() -> None:
    until = AT + timedelta(hours=2)
    notice = notices.recognise(replace(an_entry("Any title"), embargo=until))
    assert notice
    assert (notice.kind, notice.until, notice.bears_text) == (NoticeKind.EMBARGO, until, True)
    assert notices.recognise(replace(an_entry("Any title"), embargo=AT)) is None


def on(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


EMBARGOES = [
    ("EMBARGO ALLE ORE 18 - Prezzi in calo", on(12, 17)),
    ("EMBARGO ALLE ORE 10:30 - Prezzi in calo", on(12, 9, 30)),
    ("EMBARGO FINO ALLE 6.00 DI DOMANI - Prezzi in calo", on(13, 5)),
    ("EMBARGO ALLE ORE 1 - Prezzi in calo", on(13, 0)),
    ("NON PUBBLICARE PRIMA DELLE 12 - Prezzi in calo", None),
    ("EMBARGOED UNTIL 0001 GMT FRIDAY: Fewer hedgehogs", on(13, 0, 1)),
    ("Embargoed until 6 a.m. EST Friday: Fewer hedgehogs", on(13, 11)),
    ("Embargoed until noon on Saturday: Fewer hedgehogs", on(14, 11)),
    ("Embargoed until March 16, 10:00 GMT: Fewer hedgehogs", on(16, 10)),
    ("Embargoed until further notice: Fewer hedgehogs", None),
    ("Sperrfrist 12. März 10:00 Uhr - Weniger Igel", on(12, 9)),
    ("Sperrfrist: Montag, 16.03.2026, 06.00 Uhr - Weniger Igel", on(16, 5)),
    ("SOUS EMBARGO JUSQU'À 18H00 - Moins de hérissons", on(12, 17)),
    ("EMBARGADA HASTA LAS 18.00 HORAS - Menos erizos", on(12, 17)),
]


@pytest.mark.parametrize(("title", "until"), EMBARGOES, ids=[t for t, _ in EMBARGOES])
def test_rule_075_an_embargo_in_words_ends_when_it_says_or_not_at_all(
    title: str, until: datetime | None
) -> None:
    notice = notices.recognise(an_entry(title), ROME)
    assert notice
    assert (notice.kind, notice.until) == (NoticeKind.EMBARGO, until)


def test_an_embargo_that_has_just_passed_holds_nothing() -> None:
    entry = an_entry("EMBARGO ALLE ORE 8 - Prezzi in calo")
    assert notices.recognise(entry, ROME) is None


def test_rule_076_words_to_editors_are_the_note_of_what_changed() -> None:
    entry = an_entry("Storm comes ashore, 2nd Ld", "Eds: Adds quotes. The storm came ashore.")
    notice = notices.recognise(entry)
    assert notice
    assert (notice.kind, notice.change) == (NoticeKind.UPDATE, "Eds: Adds quotes.")


def test_rule_078_a_repeat_bears_its_text_and_says_that_nothing_changed() -> None:
    entry = an_entry("RPT-Cable car to reopen", "(Repeats with no changes) The car reopens.")
    notice = notices.recognise(entry)
    assert notice
    assert (notice.kind, notice.bears_text) == (NoticeKind.REPEAT, True)
    assert notice.change == "Repeats with no changes"


# --- targets ------------------------------------------------------------------------------------


def told(
    title: str, key: str, hours: float = 1, source: str = "wire", agency: str = "ag"
) -> Candidate:
    entry = replace(an_entry(title, key=key, at=AT - timedelta(hours=hours)), source_id=source)
    return Candidate(entry=entry, origins=frozenset({source, agency}))


def a_notice(kind: NoticeKind, *titles: str, **named: object) -> Notice:
    return replace(
        Notice(kind=kind, words=("x",), confidence=1.0, named=Named(titles=titles)),
        named=replace(Named(titles=titles), **named),  # type: ignore[arg-type]
    )


def resolved(notice: Notice, *candidates: Candidate) -> Resolution:
    sender = replace(told("order", "guid:order", hours=0))
    return notices.resolve(notice, sender, candidates, ROME)


KILL = NoticeKind.KILL
TITLES = [
    ("the very title", "Ferry sinks with 40 aboard", "Ferry sinks with 40 aboard"),
    ("other case and quotes", "«Sì al ponte», dice il sindaco", "'SI' AL PONTE', DICE IL SINDACO"),
    ("under marks", "Ferry sinks with 40 aboard", "UPDATE 2-Ferry sinks with 40 aboard"),
    ("cut short", "Ferry sinks with 40 aboard off cape", "Ferry sinks with 40 aboard off cape as"),
    (
        "a word more",
        "Ferry sinks with 40 aboard off the cape",
        "Ferry sinks with 40 aboard off cape",
    ),
]


@pytest.mark.parametrize(("said", "title"), [t[1:] for t in TITLES], ids=[t[0] for t in TITLES])
def test_rule_070_a_kill_finds_the_title_that_it_names(said: str, title: str) -> None:
    meant = told(title, "guid:a")
    other = told("Harvest begins early in the south", "guid:b")
    assert resolved(a_notice(KILL, said), other, meant).target == meant.entry.ref


UNMEANT = [
    ("another text", told("Ferry line reopens after repairs", "guid:a")),
    ("another agency", told("Ferry sinks with 40 aboard", "guid:a", source="x", agency="y")),
    ("a later text", told("Ferry sinks with 40 aboard", "guid:a", hours=-1)),
    ("too old a text", told("Ferry sinks with 40 aboard", "guid:a", hours=24 * 31)),
    ("an earlier order", told("KILL: Ferry sinks with 40 aboard", "guid:a")),
    ("other figures", told("Train derails with 12 aboard", "guid:a")),
]


@pytest.mark.parametrize("candidate", [c for _, c in UNMEANT], ids=[name for name, _ in UNMEANT])
def test_rule_070_a_kill_without_a_sure_target_waits_for_the_operator(candidate: Candidate) -> None:
    assert resolved(a_notice(KILL, "Ferry sinks with 40 aboard"), candidate).target is None


def test_a_kill_reaches_flash_takes_and_portal_copies_of_its_title() -> None:
    flash = told("++ Crolla il ponte, due feriti ++", "guid:f", hours=3)
    text = told("Crolla il ponte, due feriti", "guid:t", hours=2)
    take = told("Crolla il ponte, due feriti (2)", "guid:2", hours=1)
    copy = told("Crolla il ponte, due feriti", "guid:c", hours=0.5, source="portal")
    found = resolved(a_notice(KILL, "Crolla il ponte, due feriti"), flash, text, take, copy)
    assert set(notices.refs(found)) == {c.entry.ref for c in (flash, text, take, copy)}
    assert found.target
    assert found.target.source_id == "wire"


def test_two_texts_under_one_title_are_left_to_the_operator() -> None:
    twins = (
        told("Borsa: apre in rialzo", "guid:a", 2),
        told("Borsa: apre in rialzo", "guid:b", 26),
    )
    found = resolved(a_notice(KILL, "Borsa: apre in rialzo"), *twins)
    assert found.target is None
    assert set(found.near) == {c.entry.ref for c in twins}


def test_the_time_of_day_tells_twins_apart() -> None:
    early, late = told("Borsa: apre in calo", "guid:a", 2), told("Borsa: apre in calo", "guid:b", 1)
    notice = a_notice(KILL, "Borsa: apre in calo", sent=time(7, 0))  # two hours before 9 in Rome
    assert resolved(notice, early, late).target == early.entry.ref


def test_near_titles_are_ambiguous() -> None:
    one = told("Quake of 5.1 shakes the northern valleys at dawn", "guid:a")
    other = told("Quake of 6.2 shakes the northern valleys at dawn", "guid:b")
    notice = a_notice(KILL, "Quake of 5.5 shakes the northern valleys at dawn")
    assert resolved(notice, one, other).target is None


def test_an_id_proves_against_a_likelier_title() -> None:
    titled = told("Ferry sinks with 40 aboard", "guid:a")
    numbered = told("Ferry goes down off the cape", "guid:urn:wire:V2231")
    notice = a_notice(KILL, "Ferry sinks with 40 aboard off cape", ids=("V2231",))
    assert resolved(notice, titled, numbered).target == numbered.entry.ref


def test_an_address_proves() -> None:
    there = told("Quite another title", "guid:a")
    there = replace(there, entry=replace(there.entry, canonical="https://w.example/1"))
    notice = a_notice(KILL, addresses=("https://w.example/1",))
    assert resolved(notice, there).target == there.entry.ref


def test_rule_071_a_correction_finds_the_title_whose_figure_it_mends() -> None:
    meant = told("Rains kill 40 in hill town", "guid:a")
    notice = a_notice(NoticeKind.CORRECTION, "Rains kill 14 in hill town")
    assert resolved(notice, meant).target == meant.entry.ref


def test_a_withdrawal_in_place_means_the_earlier_state_of_its_entry() -> None:
    before = told("Copper group weighs sale", "guid:order", 5)
    after = told("WITHDRAWN-Copper group weighs sale", "guid:order", 0)
    sender = replace(after, entry=replace(after.entry, revision=2))
    notice = notices.recognise(sender.entry)
    assert notice
    assert notices.resolve(notice, sender, (before,)).target == before.entry.ref


def test_a_story_that_says_it_is_withdrawn_takes_its_own_copies_along() -> None:
    copy = told("Lake festival ends early", "guid:a", source="portal")
    text = "This story has been withdrawn by the agency, which could not confirm it."
    sender = Candidate(
        entry=an_entry("Lake festival ends early", text), origins=frozenset({"wire", "ag"})
    )
    notice = notices.recognise(sender.entry)
    assert notice
    found = notices.resolve(notice, sender, (copy,))
    assert notices.refs(found) == (sender.entry.ref, copy.entry.ref)


def test_an_update_follows_the_newest_take() -> None:
    first, second = (
        told("Storm nears coast", "guid:a", 5),
        told("Storm nears coast (2)", "guid:b", 1),
    )
    found = resolved(a_notice(NoticeKind.UPDATE, "Storm nears coast"), first, second)
    assert found.target == second.entry.ref


def test_the_order_of_candidates_does_not_matter() -> None:
    able = (
        told("Crolla il ponte (2)", "guid:a", 1),
        told("Crolla il ponte", "guid:b", 2),
        told("Crolla il ponte", "guid:c", 1, source="portal"),
    )
    notice = a_notice(KILL, "Crolla il ponte")
    assert len({resolved(notice, *order) for order in permutations(able)}) == 1


def test_what_the_store_must_look_for_is_what_the_notice_names() -> None:
    notice = a_notice(KILL, "Crolla il ponte sul Piave", ids=("ADN0345",))
    assert notices.wanted(notice).ids == ("ADN0345",)
    assert notices.wanted(notice).words == ("crolla", "piave", "ponte")


# --- laws ---------------------------------------------------------------------------------------

PIECES = st.sampled_from([part for row in ROWS for part in (row.title, row.text)])
TEXTS = st.text(max_size=300) | st.lists(PIECES, max_size=4).map(" ".join)


@given(TEXTS, TEXTS, TEXTS, st.sampled_from(Status))
def test_recognising_never_raises_and_orders_bear_no_text(
    title: str, summary: str, note: str, status: Status
) -> None:
    entry = replace(an_entry(title, summary), note=note, status=status)
    notice = notices.recognise(entry, ROME)
    assert not (notice and notice.kind.takes_down and notice.bears_text)
    assert not (notice and notice.itself) or notices.wanted(notice) is not None


@pytest.mark.parametrize(
    "seed",
    [
        "(",
        '"',
        "kill the story ",
        "EMBARGO ",
        "la notizia ",
        "UPDATE 1-",
        "Eds: ",
        "please ",
        "++ ",
    ],
)
def test_a_hostile_text_ends(seed: str) -> None:
    text = seed * 3000
    entry = replace(an_entry(text[:1000], text[:2000]), note=text[:2000], content=text)
    assert notices.recognise(entry) is None or entry.title
