"""Media RSS, Dublin Core and their kin: what they carry that readers see, and what they do not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.support.documents import only, rss

CROP = '<media:content medium="image" url="https://img.example/a?crop={0}" width="{1}"/>'
CAPTION = "<media:description>The bridge</media:description>"


def test_of_the_crops_in_a_group_the_widest_that_fits_a_page_is_shown() -> None:
    group = "".join(CROP.format(n, width) for n, width in enumerate((300, 1200, 5000)))
    text = "<title>A</title><description>Text</description>"
    entry = only(rss(f"{text}<media:group>{group}{CAPTION}</media:group>"))
    assert [media.url for media in entry.media] == ["https://img.example/a?crop=1"]


def test_pictures_of_a_script_are_told_apart_by_its_query() -> None:
    group = "".join(CROP.format(n, 300) for n in range(2))
    entry = only(rss(f"<title>A</title><media:group>{group}</media:group>"))
    assert len(entry.media) == 2


def test_the_widest_thumbnail_comes_first() -> None:
    thumbnail = '<media:thumbnail url="https://img.example/{0}.jpg" width="{0}"/>'
    entry = only(rss("<title>A</title>" + "".join(map(thumbnail.format, (130, 480, 320)))))
    assert [media.width for media in entry.media] == [480, 320, 130]


def test_rule_111_the_credit_of_a_picture_is_never_that_of_the_text() -> None:
    picture = (
        '<media:content medium="image" url="https://img.example/a.jpg">'
        "<media:credit>Foto ANSA</media:credit></media:content>"
    )
    entry = only(rss(f"<title>A</title>{picture}"))
    assert (entry.credit, entry.authors, entry.media[0].credit) == (None, (), "Foto ANSA")


DUBLIN = [
    pytest.param(
        "<dc:date>2026-03-12T10:00:00+01:00</dc:date>",
        "published",
        datetime(2026, 3, 12, 9, 0, tzinfo=UTC),
        id="date",
    ),
    pytest.param("<dc:subject>Esteri</dc:subject>", "topics", ("esteri",), id="subject"),
    pytest.param("<dc:language>de-AT</dc:language>", "language", "de", id="language"),
    pytest.param("<dc:creator>Anna Rossi</dc:creator>", "authors", ("Anna Rossi",), id="creator"),
]


@pytest.mark.parametrize(("element", "field", "expected"), DUBLIN)
def test_dublin_core(element: str, field: str, expected: object) -> None:
    assert getattr(only(rss(f"<title>A</title>{element}")), field) == expected


def test_a_place_on_the_map_is_passed_over() -> None:
    point = '<g:point xmlns:g="http://www.georss.org/georss">45.25 -71.92</g:point>'
    entry = only(rss(f"<title>A</title><description>Text</description>{point}"))
    assert (entry.title, entry.summary, entry.topics, entry.media) == ("A", "Text", (), ())
