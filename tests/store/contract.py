"""What every store must do, whichever database it is on: the promises of `ports`, as tests.

A backend's test module subclasses `StoreContract` and gives it a fixture `store`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from aggregator import configure
from aggregator.errors import UnknownName
from aggregator.model.agency import Credit, Form
from aggregator.model.entry import Status
from aggregator.model.feed import FeedSpec
from aggregator.model.fetched import Validators
from aggregator.model.reading import Facts, Finding, Hints, Listed, Window
from aggregator.model.source import Rhythm, Source, SourceState
from aggregator.ports import Claim
from aggregator.store.sqlite import Store
from tests.support.world import MINUTE, NOON, config, entry, source

LEASE = timedelta(minutes=1)
FACTS = Facts(
    guid="2",
    link="//a.example/2",
    title="t",
    text="x",
    said="s",
    updated="",
    claim=NOON,
    hour=12,
    oversize=1,
)
LISTED = Listed(key="guid:2", digest="e", linked=True, facts=FACTS)


def names(claims: tuple[Claim, ...]) -> list[str]:
    return [claim.source.id for claim in claims]


def on_host(host: str, number: int) -> Source:
    return source(f"{host}-{number}", url=f"https://{host}.example/{number}.xml")


class ScheduleContract:
    def test_what_is_due_is_claimed_once(self, store: Store) -> None:
        configure.apply(store, config(source("a"), source("b")), NOON)
        first = store.claim_due(NOON, limit=10, per_host=2, lease=LEASE)
        assert names(first) == ["a", "b"]
        assert store.claim_due(NOON, limit=10, per_host=2, lease=LEASE) == ()

    def test_an_expired_lease_is_none(self, store: Store) -> None:
        configure.apply(store, config(source("a")), NOON)
        store.claim_due(NOON, limit=10, per_host=2, lease=LEASE)
        again = store.claim_due(NOON + 2 * LEASE, limit=10, per_host=2, lease=LEASE)
        assert names(again) == ["a"]

    def test_a_released_source_is_due_as_before(self, store: Store) -> None:
        configure.apply(store, config(source("a")), NOON)
        store.claim_due(NOON, limit=10, per_host=2, lease=LEASE)
        store.release(["a"])
        assert names(store.claim_due(NOON, limit=10, per_host=2, lease=LEASE)) == ["a"]

    def test_a_host_is_never_asked_more_than_it_may_be_at_once(self, store: Store) -> None:
        sources = [on_host("one", n) for n in range(4)] + [on_host("two", n) for n in range(4)]
        configure.apply(store, config(*sources), NOON)
        first = store.claim_due(NOON, limit=3, per_host=2, lease=LEASE)
        assert names(first) == ["one-0", "one-1", "two-0"]
        second = store.claim_due(NOON, limit=10, per_host=2, lease=LEASE)
        assert names(second) == ["two-1"]

    def test_a_busy_host_does_not_fill_the_limit(self, store: Store) -> None:
        sources = [on_host("one", n) for n in range(5)] + [on_host("two", 0)]
        configure.apply(store, config(*sources), NOON)
        claims = store.claim_due(NOON, limit=2, per_host=1, lease=LEASE)
        assert names(claims) == ["one-0", "two-0"]

    def test_the_longest_waiting_comes_first(self, store: Store) -> None:
        configure.apply(store, config(source("a"), source("b")), NOON)
        with store.transaction():
            store.settle(SourceState(source_id="a", next_poll_at=NOON + MINUTE), None)
        later = NOON + 2 * MINUTE
        assert names(store.claim_due(later, limit=10, per_host=2, lease=LEASE)) == ["b", "a"]

    def test_of_those_that_were_refused_only_so_many_are_claimed(self, store: Store) -> None:
        configure.apply(store, config(*map(source, "abcd")), NOON)
        with store.transaction():
            for name in "abc":
                refused = SourceState(source_id=name, next_poll_at=NOON, failures=1)
                store.settle(refused, None)
        claims = store.claim_due(NOON, limit=10, per_host=10, lease=LEASE, refused=2)
        assert names(claims) == ["a", "b", "d"]

    def test_a_source_that_was_asked_in_the_future_is_due(self, store: Store) -> None:
        configure.apply(store, config(source("a"), source("b")), NOON)
        with store.transaction():
            for name, at in (("a", NOON + MINUTE), ("b", NOON + timedelta(days=400))):
                asked = SourceState(source_id=name, next_poll_at=at + MINUTE, last_attempt=at)
                store.settle(asked, None)
        assert names(store.claim_due(NOON, limit=10, per_host=2, lease=LEASE)) == ["b"]

    def test_a_disabled_source_is_polled_only_by_name(self, store: Store) -> None:
        configure.apply(store, config(source("a", enabled=False)), NOON)
        assert store.claim_due(NOON, limit=10, per_host=2, lease=LEASE) == ()
        assert names(store.claim(["a"], NOON, lease=LEASE)) == ["a"]

    def test_an_unknown_name_is_named(self, store: Store) -> None:
        configure.apply(store, config(source("a")), NOON)
        with pytest.raises(UnknownName, match="nowhere"):
            store.claim(["a", "nowhere"], NOON, lease=LEASE)
        assert names(store.claim_due(NOON, limit=10, per_host=2, lease=LEASE)) == ["a"]

    def test_a_source_is_claimed_as_it_was_configured(self, store: Store) -> None:
        asked = source(
            "a",
            user_agent="notiziario/1",
            headers=(("Authorization", "Bearer ${TOKEN}"), ("X-Edition", "it")),
            proxy="http://${USER}@proxy.example:3128",
            allow_private=True,
            min_interval=MINUTE,
            max_interval=90 * MINUTE,
        )
        configure.apply(store, config(asked), NOON)
        (claim,) = store.claim_due(NOON, limit=1, per_host=1, lease=LEASE)
        assert claim.source == asked

    def test_a_settled_state_comes_back_with_the_next_claim(self, store: Store) -> None:
        configure.apply(store, config(source("a")), NOON)
        state = SourceState(
            source_id="a",
            next_poll_at=NOON + MINUTE,
            validators=Validators(etag='W/"x' + "y" * 5000 + '"', last_modified="gestern"),
            window=Window(body="b", places=(Listed(key="guid:1", digest="d"), LISTED)),
            last_attempt=NOON,
            last_success=NOON,
            last_new=NOON,
            result="fetched",
            detail="50 items",
            failures=3,
            moved_to="https://b.example/",
            moved_checked=NOON + 4 * MINUTE,
            moving_to="https://c.example/",
            moving_since=NOON + 5 * MINUTE,
            moving_count=3,
            last_full=NOON + 6 * MINUTE,
            rhythm=Rhythm(lately=0.1, usually=2 / 3, at=NOON),
            hints=Hints(
                ttl=30 * MINUTE,
                period=MINUTE,
                base=NOON,
                skip_hours=(0, 23),
                skip_days=(5, 6),
            ),
            why="every 10 min: 2 items an hour lately",
        )
        with store.transaction():
            store.settle(state, (Finding(name="undated", detail="3 of 50"),))
        (claim,) = store.claim(["a"], NOON, lease=LEASE)
        assert claim.state == replace(state, lease_until=NOON + LEASE)
        store.release(["a"])
        (status,) = store.sources()
        assert status.findings == (("undated", "3 of 50"),)
        assert store.window("a") == state.window

    def test_a_new_address_forgets_validators_and_window(self, store: Store) -> None:
        configure.apply(store, config(source("a")), NOON)
        state = SourceState(
            source_id="a",
            next_poll_at=NOON + MINUTE,
            validators=Validators(etag='"1"'),
            window=Window(body="b"),
            hints=Hints(ttl=MINUTE),
        )
        with store.transaction():
            store.settle(state, ())
        configure.apply(store, config(source("a", url="https://new.example/")), NOON)
        (claim,) = store.claim_due(NOON, limit=1, per_host=1, lease=LEASE)
        assert (claim.state.validators, claim.state.window) == (Validators(), Window())
        assert claim.state.hints == Hints()


class EntriesContract:
    def test_an_entry_comes_back_as_it_was(self, store: Store) -> None:
        configure.apply(store, config(source("a")), NOON)
        one = entry(
            "a",
            "guid:1",
            "Perché “no”? 🙂",
            summary="s",
            content="<p>c</p>",
            updated=NOON + MINUTE,
            language="it",
            authors=("A", "B"),
            topics=("esteri",),
            position=NOON,
            dated=False,
            status=Status.WITHHELD,
            embargo=NOON + MINUTE,
            urgency=3,
            note="Eds: adds quotes",
            credit=Credit(
                agency="ansa", name="ANSA", words="(ANSA)", form=Form.SIGN_OFF, confidence=0.97
            ),
            version=2**60,
        )
        with store.transaction():
            store.add(one, frozenset({"guid:1", "link:x"}), "")
            (known,) = store.known("a", ["link:x"])
        assert known.names == frozenset({"guid:1", "link:x"})
        assert known.entry == replace(one, aliases=())

    def test_names_belong_to_their_source(self, store: Store) -> None:
        configure.apply(store, config(source("a"), source("b")), NOON)
        with store.transaction():
            store.add(entry("a", "guid:1", "T", position=NOON), frozenset({"guid:1"}), "")
            assert store.known("b", ["guid:1"]) == ()

    def test_any_number_of_names_may_be_asked_for(self, store: Store) -> None:
        configure.apply(store, config(source("a")), NOON)
        with store.transaction():
            store.add(entry("a", "guid:7", "T", position=NOON), frozenset({"guid:7"}), "")
            known = store.known("a", [f"guid:{n}" for n in range(3000)])
        assert [one.entry.key for one in known] == ["guid:7"]


class ConfigurationContract:
    def test_applying_the_same_configuration_again_changes_nothing(self, store: Store) -> None:
        applied = config(source("a"), source("b"))
        configure.apply(store, applied, NOON)
        before = (store.feeds(), store.sources())
        configure.apply(store, applied, NOON + MINUTE)
        assert (store.feeds(), store.sources()) == before

    def test_the_order_of_the_file_is_kept(self, store: Store) -> None:
        specs = [FeedSpec(slug=slug, title=slug) for slug in ("zeta", "alfa")]
        configure.apply(store, config(source("z"), source("a"), feeds=specs), NOON)
        assert [f.spec.slug for f in store.feeds()] == ["zeta", "alfa"]
        assert [s.source.id for s in store.sources()] == ["z", "a"]

    def test_an_old_slug_names_the_feed_that_has_it(self, store: Store) -> None:
        spec = FeedSpec(slug="world", title="World", was=("mondo",))
        configure.apply(store, config(feeds=[spec]), NOON)
        assert store.renamed("mondo") == "world"
        configure.apply(store, config(feeds=[FeedSpec(slug="world", title="World")]), NOON)
        assert store.renamed("mondo") is None

    def test_a_spec_comes_back_as_it_was(self, store: Store, full_spec: FeedSpec) -> None:
        configure.apply(store, config(feeds=[full_spec]), NOON)
        assert store.specs() == (full_spec,)


class StoreContract(ScheduleContract, EntriesContract, ConfigurationContract):
    """All of it."""
