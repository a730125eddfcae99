"""A feeds.yaml that is right: what its words come to."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from aggregator import config
from aggregator.config import values
from aggregator.model.config import Config
from aggregator.model.feed import Clause, Collapse, FeedSpec, Order, Query, Service
from aggregator.model.matching import Limits, Matching
from aggregator.model.source import Kind, Rights, Source

SHIPPED = Path(__file__).parents[2] / "feeds.yaml"
ENVIRON = {"USER": "me", "PASSWORD": "hunter2", "ADDRESS": "https://a.example/rss"}
SOURCES = """\
sources:
  ansa: {url: 'https://wire.example/rss', kind: agency, agency: ansa}
  gazzetta: {url: 'https://portal.example/rss', kind: portal}
"""


def parse(text: str) -> Config:
    return config.parse(text, "feeds.yaml", ENVIRON)


def source(written: str, *, before: str = "") -> Source:
    """The one source of a file, from its keys."""
    text = (
        f"{before}\nsources:\n  a: {{url: 'https://a.example/rss', {written}}}\nfeeds: {{f: {{}}}}"
    )
    return parse(text).sources[0]


def feeds(written: str) -> dict[str, FeedSpec]:
    """The feeds of a file over two sources, by slug."""
    return {spec.slug: spec for spec in parse(f"{SOURCES}feeds:\n{written}").feeds}


def test_every_key_arrives_in_the_model() -> None:
    text = """\
service:
  title: Il mio   notiziario
  base_url: https://news.example/prefix/
  database: data/news.db
  retention: 90d
  prefer: [ansa, gazzetta]
sources:
  ansa:
    url: https://wire.example/rss?user=${USER}&password=${PASSWORD}
    name: ANSA - Mondo
    kind: agency
    agency: ansa
    language: it-IT
    timezone: Europe/Rome
    topics: [Esteri, Società]
    trust: -3
    rights: summary
    interval: 1m30s
    min_interval: 45s
    max_interval: 2h
    timeout: 5s
    max_size: 1MiB
    enabled: false
    user_agent: notiziario/1
    headers: {Authorization: 'Bearer ${TOKEN}', X-Edition: it}
    proxy: http://${USER}@proxy.example:3128
    allow_private: true
  gazzetta: {url: 'https://portal.example/rss', kind: portal}
feeds:
  mondo:
    title: Mondo
    description: Dal mondo
    language: IT
    from:
      sources: [ansa]
      kinds: [agency]
      agencies: [ansa]
      topics: [World, Società]
      languages: [it, en]
      words: [banca centrale, '/scoss[ae]/']
    not: {words: [Oroscopo]}
    collapse: none
    prefer: [gazzetta]
    order: trending
    limit: 7
    max_age: 2d
    was: [esteri]
matching:
  phrases: 75
  text_within: 2d
  title_within: 6h
  boilerplate: [Segui il canale., "Riproduzione  riservata."]
  never: [['https://www.b.example/2?utm_source=x', https://a.example/1]]
  always: [[gazzetta/guid:7, https://a.example/1]]
"""
    assert parse(text) == Config(
        service=Service(
            title="Il mio notiziario",
            base_url="https://news.example/prefix",
            database="data/news.db",
            retention=timedelta(days=90),
            prefer=("ansa", "gazzetta"),
        ),
        sources=(
            Source(
                id="ansa",
                url="https://wire.example/rss?user=${USER}&password=${PASSWORD}",
                name="ANSA - Mondo",
                kind=Kind.AGENCY,
                agency="ansa",
                language="it",
                timezone="Europe/Rome",
                topics=("esteri", "societa"),
                trust=-3,
                rights=Rights.SUMMARY,
                interval=timedelta(seconds=90),
                min_interval=timedelta(seconds=45),
                max_interval=timedelta(hours=2),
                timeout=timedelta(seconds=5),
                max_size=1_048_576,
                enabled=False,
                user_agent="notiziario/1",
                headers=(("Authorization", "Bearer ${TOKEN}"), ("X-Edition", "it")),
                proxy="http://${USER}@proxy.example:3128",
                allow_private=True,
            ),
            Source(
                id="gazzetta",
                url="https://portal.example/rss",
                name="gazzetta",
                kind=Kind.PORTAL,
                interval=timedelta(minutes=10),
                min_interval=timedelta(minutes=5),
                max_interval=timedelta(hours=1),
                timeout=timedelta(seconds=20),
                max_size=10_000_000,
            ),
        ),
        feeds=(
            FeedSpec(
                slug="mondo",
                title="Mondo",
                description="Dal mondo",
                language="it",
                clauses=(
                    Clause(
                        include=Query(
                            sources=("ansa",),
                            kinds=(Kind.AGENCY,),
                            agencies=("ansa",),
                            topics=("esteri", "societa"),
                            languages=("it", "en"),
                            words=("banca centrale", "/scoss[ae]/"),
                        ),
                        exclude=(Query(words=("Oroscopo",)),),
                    ),
                ),
                collapse=Collapse.NONE,
                prefer=("gazzetta",),
                order=Order.TRENDING,
                limit=7,
                max_age=timedelta(days=2),
                was=("esteri",),
            ),
        ),
        matching=Matching(
            limits=Limits(
                phrases=0.75, text_within=timedelta(days=2), title_within=timedelta(hours=6)
            ),
            boilerplate=("Riproduzione riservata.", "Segui il canale."),
            never=(("https://a.example/1", "https://b.example/2"),),
            always=(("gazzetta/guid:7", "https://a.example/1"),),
        ),
    )


def test_what_is_left_out_has_the_models_defaults() -> None:
    parsed = parse(f"service:\ndefaults:\nalerts: {{}}\n{SOURCES}feeds: {{f: {{}}}}")

    assert parsed.service == Service()
    assert parsed.feeds == (FeedSpec(slug="f", title="f"),)


@pytest.mark.parametrize(
    ("service", "written", "allowed"),
    [
        pytest.param("false", "", False, id="nobody says so"),
        pytest.param("true", "", True, id="the service for all"),
        pytest.param("true", ", allow_private: false", False, id="its own word before"),
        pytest.param("false", ", allow_private: true", True, id="its own word alone"),
    ],
)
def test_private_addresses_are_asked_only_where_somebody_says_so(
    service: str, written: str, allowed: bool
) -> None:
    text = f"service: {{allow_private: {service}}}\nsources: {{a: {{url: 'http://10.0.0.1/', "
    parsed = parse(f"{text}kind: portal{written}}}}}\nfeeds: {{f: {{}}}}")

    assert [source.allow_private for source in parsed.sources] == [allowed]


@pytest.mark.parametrize(
    ("defaults", "written", "interval"),
    [
        pytest.param("{}", "kind: agency", timedelta(minutes=3), id="built in for agencies"),
        pytest.param("{}", "kind: portal", timedelta(minutes=10), id="built in for portals"),
        pytest.param(
            "{interval: 1h}", "kind: agency", timedelta(hours=1), id="for all before built in"
        ),
        pytest.param(
            "{interval: 1h, agency: {interval: 2m}}",
            "kind: agency",
            timedelta(minutes=2),
            id="for its kind before for all",
        ),
        pytest.param(
            "{interval: 1h, agency: {interval: 2m}}",
            "kind: portal",
            timedelta(hours=1),
            id="for the other kind not at all",
        ),
        pytest.param(
            "{interval: 1h, agency: {interval: 2m}}",
            "kind: agency, interval: 7s",
            timedelta(seconds=7),
            id="its own before any other",
        ),
    ],
)
def test_the_nearest_word_on_the_interval_counts(
    defaults: str, written: str, interval: timedelta
) -> None:
    assert source(written, before=f"defaults: {defaults}").interval == interval


@pytest.mark.parametrize(
    ("defaults", "written", "bounds"),
    [
        pytest.param("{}", "kind: agency", "2m 3m 18m", id="built in for agencies"),
        pytest.param("{}", "kind: portal", "5m 10m 1h", id="built in for portals"),
        pytest.param("{}", "kind: portal, interval: 2s", "2s 2s 12s", id="a fast one"),
        pytest.param("{}", "kind: portal, interval: 2d", "1d 2d 2d", id="a slow one"),
        pytest.param("{}", "kind: portal, min_interval: 1h", "1h 1h 6h", id="a high floor"),
        pytest.param("{}", "kind: portal, max_interval: 5m", "2m30s 5m 5m", id="a low ceiling"),
        pytest.param(
            "{min_interval: 1m, agency: {max_interval: 9m}}",
            "kind: agency, interval: 4m",
            "1m 4m 9m",
            id="each from the nearest word",
        ),
        pytest.param(
            "{}",
            "kind: agency, interval: 5m, min_interval: 5m, max_interval: 5m",
            "5m 5m 5m",
            id="a fixed rhythm",
        ),
    ],
)
def test_what_is_not_said_of_the_bounds_follows_from_what_is(
    defaults: str, written: str, bounds: str
) -> None:
    found = source(written, before=f"defaults: {defaults}")

    told = [values.duration(bound) for bound in bounds.split()]
    assert [found.min_interval, found.interval, found.max_interval] == told


def test_sources_and_feeds_keep_the_order_of_the_file() -> None:
    parsed = parse(f"feeds: {{z: {{}}, a: {{}}, m: {{}}}}\n{SOURCES}")

    assert [spec.slug for spec in parsed.feeds] == ["z", "a", "m"]
    assert [source.id for source in parsed.sources] == ["ansa", "gazzetta"]


def test_a_union_takes_what_its_feeds_take_and_keeps_out_what_they_keep_out() -> None:
    union = feeds(
        """\
  esteri: {from: {topics: [esteri]}, not: {words: [calcio]}}
  sport: {from: {topics: [sport]}}
  tutto: {from: [esteri, sport], not: {sources: [gazzetta]}}
"""
    )["tutto"]

    assert union.clauses == (
        Clause(
            include=Query(topics=("esteri",)),
            exclude=(Query(words=("calcio",)), Query(sources=("gazzetta",))),
        ),
        Clause(include=Query(topics=("sport",)), exclude=(Query(sources=("gazzetta",)),)),
    )


def test_a_union_may_stand_above_its_parts_and_over_other_unions() -> None:
    found = feeds(
        """\
  all: {from: [both, sport]}
  both: {from: [esteri, sport]}
  sport: {from: {topics: [sport]}}
  esteri: {from: {topics: [esteri]}}
"""
    )

    assert found["all"].clauses == (
        Clause(include=Query(topics=("esteri",))),
        Clause(include=Query(topics=("sport",))),
    )


def test_unions_may_be_as_deep_as_the_file_is_long() -> None:
    chain = "".join(f"  f{n}: {{from: [f{n - 1}]}}\n" for n in range(1, 3000))

    assert feeds(f"  f0: {{from: {{topics: [sport]}}}}\n{chain}")["f2999"].clauses == (
        Clause(include=Query(topics=("sport",))),
    )


def test_without_from_everything_goes_in_but_what_not_keeps_out() -> None:
    assert feeds("  f: {not: {kinds: [portal]}}")["f"].clauses == (
        Clause(include=Query(), exclude=(Query(kinds=(Kind.PORTAL,)),)),
    )


@pytest.mark.parametrize(
    ("written", "language"),
    [
        pytest.param("no", "no", id="Norwegian is not false"),
        pytest.param("'no'", "no", id="Norwegian in quotes"),
        pytest.param("it-IT", "it", id="a country"),
        pytest.param("it_it", "it", id="an underscore"),
        pytest.param("EN", "en", id="capitals"),
        pytest.param("ita", "it", id="three letters where two are the rule"),
        pytest.param("scn", "scn", id="three letters where there are no two"),
        pytest.param("zh-Hans-CN", "zh", id="a script"),
    ],
)
def test_a_language_is_its_primary_tag(written: str, language: str) -> None:
    assert source(f"kind: portal, language: {written}").language == language


@pytest.mark.parametrize(
    "written", ["2026", "10:30", "1.0", "on", "2026-03-12", "0x1F", "=", "'~'"]
)
def test_a_text_stays_what_was_written_whatever_yaml_takes_it_for(written: str) -> None:
    assert source(f"kind: portal, name: {written}").name == written.strip("'")


def test_a_name_that_yaml_takes_for_false_or_nothing_is_a_name() -> None:
    parsed = parse(f"{SOURCES}feeds: {{no: {{}}, null: {{}}, 10: {{}}}}")

    assert [spec.slug for spec in parsed.feeds] == ["no", "null", "10"]


@pytest.mark.parametrize("written", ["true", "True", "yes", "on", "'true'"])
def test_true_may_be_said_as_yaml_says_it(written: str) -> None:
    assert source(f"kind: portal, enabled: {written}").enabled is True


@pytest.mark.parametrize("written", ["false", "FALSE", "no", "off"])
def test_false_may_be_said_as_yaml_says_it(written: str) -> None:
    assert source(f"kind: portal, enabled: {written}").enabled is False


def test_merged_keys_fill_in_what_is_not_said() -> None:
    text = """\
sources:
  a: &italian {url: 'https://a.example/rss', kind: agency, language: it, topics: [esteri]}
  b:
    <<: *italian
    url: https://b.example/rss
    topics: [sport]
feeds: {f: {}}
"""
    second = parse(text).sources[1]

    assert (second.url, second.kind, second.language, second.topics) == (
        "https://b.example/rss",
        Kind.AGENCY,
        "it",
        ("sport",),
    )


def test_of_several_merged_mappings_the_first_counts() -> None:
    text = """\
sources:
  a: &a {url: 'https://a.example/rss', kind: agency, trust: 1}
  b: &b {url: 'https://b.example/rss', kind: portal, trust: 2, language: it}
  c: {<<: [*a, *b], url: 'https://c.example/rss'}
feeds: {f: {}}
"""
    third = parse(text).sources[2]

    assert (third.kind, third.trust, third.language) == (Kind.AGENCY, 1, "it")


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://${USER}:${PASSWORD}@a.example/rss", id="as user and password"),
        pytest.param("https://a.example/${USER}/rss?token=${PASSWORD}", id="in path and query"),
        pytest.param("${ADDRESS}", id="as the whole address"),
        pytest.param("https://me@a.example/rss", id="a user alone is none"),
        pytest.param("https://a.example/rss?author=12&key=calcio", id="harmless parameters"),
        pytest.param("https://a.example/?a=$b&c={d}", id="neither a name nor braces alone"),
    ],
)
def test_an_address_is_kept_as_written(url: str) -> None:
    text = f"sources: {{a: {{url: '{url}', kind: portal}}}}\nfeeds: {{f: {{}}}}"
    assert parse(text).sources[0].url == url


def test_rule_016_two_addresses_that_differ_in_their_query_are_two_sources() -> None:
    text = """\
sources:
  a: {url: 'https://a.example/rss?section=esteri', kind: portal}
  b: {url: 'https://a.example/rss?section=sport', kind: portal}
feeds: {f: {}}
"""
    assert len(parse(text).sources) == 2


def test_the_shipped_file_needs_nothing_of_the_environment() -> None:
    shipped = config.load(SHIPPED, {})

    assert [spec.slug for spec in shipped.feeds] == [
        "latest",
        "politica",
        "cronaca",
        "esteri",
        "economia",
        "sport",
        "world",
    ]
    assert [spec.slug for spec in shipped.feeds if spec.order is Order.TRENDING] == ["world"]
    assert len(shipped.sources) == 44
    assert {source.kind for source in shipped.sources if source.enabled} == set(Kind)


def test_each_shipped_source_that_is_off_says_why() -> None:
    off = [line for line in SHIPPED.read_text("utf-8").splitlines() if "enabled: false" in line]

    assert [line for line in off if "# " not in line] == []
    assert len(off) == sum(not source.enabled for source in config.load(SHIPPED, {}).sources) == 11
