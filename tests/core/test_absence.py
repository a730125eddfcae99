"""Rule 36, as far as it is decided without a store: what left, who is steady, what answers mean."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from aggregator.matching import absence
from aggregator.matching.habits import Judged
from aggregator.matching.identity import Known, Same
from aggregator.model.fetched import Fetched, FetchResult, Freshness, NotModified, Refused, Why
from aggregator.model.reading import Facts, Listed, Window
from tests.support.world import NOON, entry, source

HOUR = timedelta(hours=1)
HOME = "https://ansa.example/1"


def listing(keys: str, dates: str = "") -> Window:
    """A window of keys of one letter; `dates` are the hours at which they say they came."""
    hours = dates or " " * len(keys)
    return Window(
        places=tuple(
            Listed(key=key, digest=key, facts=_facts(hour))
            for key, hour in zip(keys, hours, strict=True)
        )
    )


def _facts(hour: str) -> Facts:
    claim = NOON.replace(hour=int(hour)) if hour.strip() else None
    return Facts(guid="", link="", title="", text="", said="", updated="", claim=claim)


@pytest.mark.parametrize(
    ("before", "now", "left"),
    [
        pytest.param("abcd", "abcd", "", id="nothing"),
        pytest.param("abcd", "xabc", "", id="the oldest fell off the end"),
        pytest.param("abcd", "xyab", "", id="several fell off the end"),
        pytest.param("abcd", "xabd", "c", id="one in the middle"),
        pytest.param("abcd", "xad", "bc", id="two in the middle"),
        pytest.param("abcd", "bcd", "", id="the first, of which nobody knows where it stood"),
        pytest.param("abcd", "wxyz", "", id="everything: another document"),
        pytest.param("abcd", "", "", id="everything: an empty document"),
        pytest.param("", "abcd", "", id="the first document"),
        pytest.param("abcd", "dba", "c", id="among others in another order"),
    ],
)
def test_rule_036_what_leaves_from_between_others_did_not_grow_old(
    before: str, now: str, left: str
) -> None:
    assert absence.left_the_middle(listing(before), listing(now)) == set(left)


@pytest.mark.parametrize(
    ("dates", "left"),
    [
        pytest.param("987", "a", id="newest first"),
        pytest.param("789", "", id="oldest first"),
        pytest.param("888", "", id="all of one hour"),
        pytest.param(" 87", "", id="it has no date"),
    ],
)
def test_rule_036_what_stood_first_is_missed_only_where_the_newest_stand_first(
    dates: str, left: str
) -> None:
    assert absence.left_the_middle(listing("abc", dates), listing("bc")) == set(left)


@pytest.mark.parametrize(
    ("before", "now", "restless"),
    [
        pytest.param("abcd", "xabc", False, id="new ones above"),
        pytest.param("abcd", "abd", False, id="one away"),
        pytest.param("abcd", "acbd", True, id="two changed places"),
        pytest.param("abcd", "dabc", True, id="one was bumped"),
        pytest.param("", "abcd", False, id="the first document"),
    ],
)
def test_rule_036_a_source_that_reorders_is_restless(before: str, now: str, restless: bool) -> None:
    judged = Judged(incoming=(), verdicts=(), known=(), before=listing(before), listed=len(now))
    assert absence.is_restless(judged, listing(now)) is restless


@pytest.mark.parametrize(
    ("now", "listed", "restless"),
    [
        pytest.param("abc", False, True, id="back on top"),
        pytest.param("bac", False, True, id="back in the middle"),
        pytest.param("bca", False, False, id="back at the end, where there is room again"),
        pytest.param("xya", False, False, id="back in another document"),
        pytest.param("abc", True, False, id="it was listed, under another name"),
    ],
)
def test_rule_036_a_source_that_brings_items_back_among_others_is_restless(
    now: str, listed: bool, restless: bool
) -> None:
    one = entry("ansa", "a", "Title")
    names = frozenset({"a"})
    judged = Judged(
        incoming=(one,),
        verdicts=(Same(entry=one, names=names),),
        known=(Known(entry=one, names=names, listed=listed),),
        before=listing("bc"),
        listed=3,
    )
    assert absence.is_restless(judged, listing(now)) is restless


@pytest.mark.parametrize(
    ("restless", "steady"),
    [(None, True), (NOON - timedelta(days=7), True), (NOON - timedelta(days=6), False)],
    ids=["never restless", "a week ago", "six days ago"],
)
def test_rule_036_a_week_without_disorder_makes_a_source_steady(
    restless: datetime | None, steady: bool
) -> None:
    assert absence.is_steady(restless, NOON) is steady


def refused(why: Why, retry_after: timedelta | None = None) -> Refused:
    freshness = Freshness(retry_after=retry_after)
    return Refused(source_id="s", at=NOON, why=why, detail="", freshness=freshness)


FETCHED = Fetched(source_id="s", at=NOON, url=HOME, body=b"")


@pytest.mark.parametrize("why", Why, ids=str)
def test_rule_036_only_404_and_410_mean_that_a_page_is_gone(why: Why) -> None:
    answer = refused(why)
    assert absence.is_gone(answer) is (why in (Why.NOT_FOUND, Why.GONE))
    assert absence.name_of(answer) == why.value


@pytest.mark.parametrize(
    "answer", [FETCHED, NotModified(source_id="s", at=NOON)], ids=["200", "304"]
)
def test_rule_036_a_page_that_answers_is_there(answer: FetchResult) -> None:
    assert (absence.is_gone(answer), absence.name_of(answer)) == (False, "there")


@pytest.mark.parametrize(
    ("answer", "rest"),
    [
        pytest.param(FETCHED, timedelta(minutes=3), id="200"),
        pytest.param(refused(Why.GONE), timedelta(minutes=3), id="410"),
        pytest.param(refused(Why.NOT_FOUND, 2 * HOUR), 2 * HOUR, id="404 with Retry-After"),
        pytest.param(refused(Why.FORBIDDEN), HOUR, id="403"),
        pytest.param(refused(Why.RATE_LIMITED, 5 * HOUR), 5 * HOUR, id="429 with Retry-After"),
        pytest.param(refused(Why.RATE_LIMITED, HOUR / 60), HOUR, id="429 with a short one"),
        pytest.param(refused(Why.SERVER_ERROR), HOUR, id="5xx"),
        pytest.param(refused(Why.TIMEOUT), HOUR, id="no answer"),
        pytest.param(refused(Why.UNREACHABLE), HOUR, id="no such host"),
    ],
)
def test_rule_036_a_host_that_refuses_is_left_alone(answer: FetchResult, rest: timedelta) -> None:
    assert absence.rest(answer) == rest


def test_rule_036_a_host_is_asked_twenty_times_an_hour_at_most() -> None:
    assert absence.GAP * 20 == HOUR


@pytest.mark.parametrize(
    ("feed", "url", "home"),
    [
        pytest.param("https://a.example/rss", "https://a.example/1", True, id="one host"),
        pytest.param("https://a.example/rss", "https://A.example/1", True, id="in other letters"),
        pytest.param("https://u:p@a.example/rss", "https://a.example/1", True, id="behind a login"),
        pytest.param("http://a.example/rss", "https://a.example/1", True, id="better protected"),
        pytest.param("https://a.example/rss", "http://a.example/1", False, id="less protected"),
        pytest.param("https://a.example/rss", "https://www.a.example/1", False, id="another name"),
        pytest.param("https://a.example/rss", "https://a.example:81/1", False, id="another port"),
        pytest.param("http://a.example:${PORT}/rss", "http://[x", False, id="no address at all"),
    ],
)
def test_a_page_is_at_home_where_its_source_is_asked(feed: str, url: str, home: bool) -> None:
    assert absence.is_home(source("ansa", url=feed), url) is home


@pytest.mark.parametrize(
    ("given", "url", "may"),
    [
        pytest.param({}, "https://other.example/1", True, id="any page"),
        pytest.param({}, "", False, id="no page"),
        pytest.param({}, "http://[x/1", False, id="no address"),
        pytest.param({}, "ftp://a.example/1", False, id="no page of the web"),
        pytest.param({}, "urn:uuid:1", False, id="no address of the web"),
        pytest.param({"proxy": "http://p.example"}, HOME, True, id="its own, through a proxy"),
        pytest.param({"proxy": "http://p.example"}, "http://10.0.0.1/", False, id="through it"),
    ],
)
def test_a_page_may_be_asked(given: dict[str, str], url: str, may: bool) -> None:
    assert absence.may_be_asked(source("ansa", **given), url) is may
