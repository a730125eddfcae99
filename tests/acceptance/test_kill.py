"""A kill, and the operator's own hand, beside a running service: gone from all that it serves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.commands import run, site
from tests.support.documents import rss
from tests.support.process import Running, free_port, serving, wait_until

TITLE = "Il ministro annuncia la riforma delle pensioni"
TOLD = "Duecento miliardi in dieci anni, ha detto il ministro alla Camera."
OTHER = "Terremoto in Umbria, scuole chiuse domani"
KILL = "ANNULLARE la notizia: si prega di non utilizzare"
KILL_TEXT = f"Si prega di annullare la notizia dal titolo «{TITLE}», trasmessa per errore."
CONFIG = """\
service: {{allow_private: true, database: news.db}}
sources:
  wire: {{url: "{base}/wire.xml", kind: agency, agency: wire, language: it}}
  portale: {{url: "{base}/portale.xml", kind: portal, language: it}}
feeds:
  all: {{title: Tutto}}
  every: {{title: Ognuno, collapse: none}}
  stories: {{title: Storie, collapse: story, order: trending}}
"""
FORMS = ("", ".rss", ".atom", ".json")
OUTPUTS = (
    *("/", "/status", "/status.json", "/metrics", "/opml"),
    *(f"/feeds/{slug}{form}" for slug in ("all", "every", "stories") for form in FORMS),
)


def item(key: str, title: str, text: str = "") -> str:
    return (
        f"<title>{title}</title><guid isPermaLink='false'>{key}</guid>"
        f"<link>https://news.example/{key}</link><description>{text}</description>"
    )


WIRE = [item("w-1", TITLE, TOLD), item("w-2", OTHER)]


@dataclass
class Newsroom:
    """A running service, and what the sites answer that it polls."""

    config: Path
    answers: dict[str, bytes | int]
    service: Running
    seen: set[str] = field(default_factory=set)

    def served(self) -> str:
        """All that is served: the pages of all articles that ever were in a feed as well."""
        listed = json.loads(self.service.get("/feeds/all.json")[1])["items"]
        self.seen |= {one["id"].removeprefix("urn:uuid:") for one in listed}
        pages = tuple(f"/articles/{uid}" for uid in self.seen)
        return "\n".join(self.service.get(page)[1].decode() for page in (*OUTPUTS, *pages))

    def is_told(self) -> bool:
        return all(title in self.served() for title in (TITLE, OTHER))


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    answers: dict[str, bytes | int] = {
        "/wire.xml": rss(*WIRE),
        "/portale.xml": rss(item("p-1", TITLE, TOLD)),
    }
    with site(answers) as base:
        path = tmp_path / "feeds.yaml"
        path.write_text(CONFIG.format(base=base))
        made = Newsroom(path, answers, serving(path, free_port()))
        made.service.start()
        try:
            made.service.wait_ready()
            wait_until(made.is_told, "both texts in the feeds")
            yield made
        finally:
            made.service.kill()


def test_rule_072_a_killed_text_is_in_nothing_that_is_served(newsroom: Newsroom) -> None:
    newsroom.answers["/wire.xml"] = rss(item("w-3", KILL, KILL_TEXT), *WIRE)
    assert run("poll", "wire", "-c", newsroom.config).exit_code == 0
    wait_until(lambda: TITLE not in newsroom.served(), "the kill in all that is served")
    served = newsroom.served()
    assert "riforma delle pensioni" not in served
    assert "Duecento miliardi" not in served
    assert OTHER in served
    assert "at:deleted-entry" in served
    for name in ("wire/guid:w-1", "portale/guid:p-1"):
        assert "riforma" not in run("explain", name, "-c", newsroom.config).stdout


def test_what_the_operator_withdraws_beside_the_service_is_gone_and_comes_back(
    newsroom: Newsroom,
) -> None:
    left = run("withdraw", "portale/guid:p-1", "--reason", "una lettera", "-c", newsroom.config)
    assert left.exit_code == 0
    wait_until(lambda: TITLE not in newsroom.served(), "the withdrawal in all that is served")
    assert "una lettera" not in newsroom.served()
    back = run("withdraw", "https://news.example/w-1", "--undo", "-c", newsroom.config)
    assert back.exit_code == 0
    wait_until(newsroom.is_told, "the text back in the feeds")
    assert "at:deleted-entry" not in newsroom.served()


def test_a_kill_that_waits_is_on_the_status_page_until_it_is_settled(newsroom: Newsroom) -> None:
    text = "Si prega di annullare la notizia dal titolo «Elezioni nel comune di Borgo», errata."
    newsroom.answers["/wire.xml"] = rss(item("w-3", KILL, text), *WIRE)
    assert run("poll", "wire", "-c", newsroom.config).exit_code == 0
    assert KILL in newsroom.service.get("/status")[1].decode()
    (waiting,) = json.loads(newsroom.service.get("/status.json")[1])["notices"]["list"]
    call = ("notices", "--apply", waiting["id"], "https://news.example/p-1")
    assert run(*call, "-c", newsroom.config).exit_code == 0
    wait_until(lambda: TITLE not in newsroom.served(), "the kill in all that is served")
    assert KILL not in newsroom.service.get("/status")[1].decode()
