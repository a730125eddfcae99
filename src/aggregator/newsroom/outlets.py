"""The agencies and portals of the simulated world: one table, read as a list of temperaments.

Every outlet has its own dialect of format, guid, date and link, because the real ones do, and its
own habit of copying. All of them are invented; none bears the name of a newsroom that exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    AGENCY = "agency"
    PORTAL = "portal"


class Format(StrEnum):
    RSS = "rss"
    RDF = "rdf"
    ATOM = "atom"
    JSON = "json"
    NEWSML = "newsml"
    NINJS = "ninjs"


class Guid(StrEnum):
    """What names an item in its feed."""

    OWN = "own"  # an opaque name
    LINK = "link"  # the item's address
    NONE = "none"


class Stamp(StrEnum):
    """The dialect of dates; all in the outlet's own time zone but for the two that say GMT."""

    RFC822 = "rfc822"  # Thu, 12 Mar 2026 10:00:00 +0100
    GMT = "gmt"  # Thu, 12 Mar 2026 09:00:00 GMT
    ITALIAN = "italian"  # gio, 12 mar 2026 10:00:00 +0100
    ISO = "iso"  # 2026-03-12T10:00:00+01:00
    ZULU = "zulu"  # 2026-03-12T09:00:00Z
    NAIVE = "naive"  # 2026-03-12T10:00:00


class Pictures(StrEnum):
    """How an item carries its picture."""

    MEDIA = "media"  # media:content
    ENCLOSURE = "enclosure"
    INLINE = "inline"  # an <img> in the text
    NONE = "none"


class Way(StrEnum):
    """How a text of an agency is printed by somebody else."""

    VERBATIM = "verbatim"  # dateline, words and all
    CREDITED = "credited"  # without the dateline, with a credit line at the end
    TRIMMED = "trimmed"  # the first paragraphs, the agency only among the authors
    RETITLED = "retitled"  # credited, under a title of the portal's own
    LINKED = "linked"  # the agency's very page, under a tracking parameter
    SYNDICATED = "syndicated"  # the common page of the outlet's publishing group


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Who prints, what, and how.

    `writes` weighs how often it is the author of a story, `takes` is the share of others' texts in
    its reach (language and `topics`, empty: all) that it prints, in one of its `ways`, `lag`
    minutes after the agency (low, high). `suffix` is what it adds to its links; `group` owns the
    page of its syndicated texts. `plain` writes accents as wires do (`e'`). `closing` ends each of
    its texts.
    """

    id: str
    name: str
    kind: Kind
    language: str
    format: Format
    topics: tuple[str, ...] = ()
    writes: float = 0.0
    takes: float = 0.0
    ways: tuple[Way, ...] = ()
    lag: tuple[int, int] = (2, 30)
    group: str = ""
    guid: Guid = Guid.OWN
    stamp: Stamp = Stamp.RFC822
    zone: str = "Europe/Rome"
    pictures: Pictures = Pictures.MEDIA
    suffix: str = ""
    relative: bool = False
    encoding: str = "utf-8"
    full: bool = True
    plain: bool = False
    closing: str = ""

    def covers(self, language: str, topic: str) -> bool:
        return self.language == language and (not self.topics or topic in self.topics)

    @property
    def formal(self) -> bool:
        """Whether its items say by themselves what may be done with them."""
        return self.format in (Format.NEWSML, Format.NINJS)

    @property
    def feed_path(self) -> str:
        endings = {Format.ATOM: "atom", Format.JSON: "json", Format.NINJS: "json"}
        ending = endings.get(self.format, "xml")
        return f"/{self.id}/feed.{ending}"


ROSTER = (
    Outlet(
        id="agenzia-nord",
        name="Agenzia Nord",
        kind=Kind.AGENCY,
        language="it",
        format=Format.RSS,
        writes=5,
        plain=True,
    ),
    Outlet(
        id="meridia",
        name="Meridia Notizie",
        kind=Kind.AGENCY,
        language="it",
        format=Format.ATOM,
        writes=3,
        stamp=Stamp.ISO,
        pictures=Pictures.ENCLOSURE,
    ),
    Outlet(
        id="calcio-press",
        name="Calcio Press",
        kind=Kind.AGENCY,
        language="it",
        format=Format.JSON,
        topics=("sport",),
        writes=6,
        stamp=Stamp.ZULU,
    ),
    Outlet(
        id="tideline",
        name="Tideline News Agency",
        kind=Kind.AGENCY,
        language="en",
        format=Format.RSS,
        writes=6,
        stamp=Stamp.GMT,
        zone="Europe/London",
    ),
    Outlet(
        id="il-portale",
        name="Il Portale",
        kind=Kind.PORTAL,
        language="it",
        format=Format.RSS,
        takes=0.55,
        ways=(Way.VERBATIM, Way.CREDITED, Way.CREDITED),
        lag=(2, 15),
        guid=Guid.LINK,
        closing="Riproduzione riservata © Il Portale",
    ),
    Outlet(
        id="gazzetta-del-golfo",
        name="Gazzetta del Golfo",
        kind=Kind.PORTAL,
        language="it",
        format=Format.RSS,
        writes=1,
        takes=0.7,
        ways=(Way.SYNDICATED, Way.SYNDICATED, Way.SYNDICATED, Way.RETITLED),
        group="gruppo-golfo",
        guid=Guid.LINK,
        suffix="?utm_source=gazzetta&utm_medium=rss",
        pictures=Pictures.ENCLOSURE,
        closing="Leggi anche: tutte le notizie della Gazzetta",
    ),
    Outlet(
        id="corriere-delle-valli",
        name="Corriere delle Valli",
        kind=Kind.PORTAL,
        language="it",
        format=Format.ATOM,
        writes=0.5,
        takes=0.7,
        ways=(Way.SYNDICATED, Way.SYNDICATED, Way.SYNDICATED, Way.CREDITED),
        group="gruppo-golfo",
        stamp=Stamp.ZULU,
        suffix="/",
    ),
    Outlet(
        id="voce-della-laguna",
        name="La Voce della Laguna",
        kind=Kind.PORTAL,
        language="it",
        format=Format.RDF,
        takes=0.7,
        ways=(Way.SYNDICATED, Way.SYNDICATED, Way.SYNDICATED, Way.TRIMMED),
        group="gruppo-golfo",
        guid=Guid.LINK,
        stamp=Stamp.ISO,
        suffix="/?utm_campaign=laguna&fbclid=IwAR0laguna",
        pictures=Pictures.INLINE,
        encoding="windows-1252",
    ),
    Outlet(
        id="piazza-grande",
        name="Piazza Grande",
        kind=Kind.PORTAL,
        language="it",
        format=Format.ATOM,
        writes=1,
        takes=0.4,
        ways=(Way.RETITLED, Way.TRIMMED),
        lag=(10, 60),
        stamp=Stamp.ISO,
        relative=True,
        full=False,
    ),
    Outlet(
        id="quotidiano-nuovo",
        name="Il Quotidiano Nuovo",
        kind=Kind.PORTAL,
        language="it",
        format=Format.JSON,
        writes=2,
        stamp=Stamp.ISO,
    ),
    Outlet(
        id="rassegna",
        name="Rassegna 24",
        kind=Kind.PORTAL,
        language="it",
        format=Format.RSS,
        takes=0.5,
        ways=(Way.LINKED,),
        lag=(1, 10),
        guid=Guid.NONE,
        stamp=Stamp.ITALIAN,
        suffix="?utm_source=rassegna24",
        pictures=Pictures.NONE,
        full=False,
    ),
    Outlet(
        id="tribuna-sportiva",
        name="Tribuna Sportiva",
        kind=Kind.PORTAL,
        language="it",
        format=Format.RSS,
        topics=("sport",),
        writes=2,
        takes=0.8,
        ways=(Way.RETITLED, Way.CREDITED, Way.VERBATIM),
        stamp=Stamp.NAIVE,
    ),
    Outlet(
        id="borsa-e-mercati",
        name="Borsa e Mercati",
        kind=Kind.PORTAL,
        language="it",
        format=Format.JSON,
        topics=("economia",),
        writes=1,
        takes=0.8,
        ways=(Way.CREDITED, Way.TRIMMED),
        guid=Guid.LINK,
        stamp=Stamp.ISO,
    ),
    Outlet(
        id="harbour-post",
        name="The Harbour Post",
        kind=Kind.PORTAL,
        language="en",
        format=Format.ATOM,
        writes=2,
        takes=0.6,
        ways=(Way.VERBATIM, Way.CREDITED),
        stamp=Stamp.ZULU,
        zone="Europe/London",
        closing="Read more on The Harbour Post",
    ),
    Outlet(
        id="mercury-daily",
        name="Mercury Daily",
        kind=Kind.PORTAL,
        language="en",
        format=Format.RSS,
        writes=1,
        takes=0.6,
        ways=(Way.RETITLED, Way.LINKED),
        guid=Guid.LINK,
        stamp=Stamp.GMT,
        zone="Europe/London",
        suffix="?utm_source=mercury&utm_medium=feed",
        closing="© Mercury Daily",
    ),
)

# Agencies that deliver to newsrooms, and not to readers: a world has them where it is asked to.
WIRES = (
    Outlet(
        id="adriatica",
        name="Agenzia Adriatica",
        kind=Kind.AGENCY,
        language="it",
        format=Format.NEWSML,
        writes=2,
        stamp=Stamp.ISO,
    ),
    Outlet(
        id="northern-wire",
        name="Northern Wire",
        kind=Kind.AGENCY,
        language="en",
        format=Format.NINJS,
        writes=3,
        stamp=Stamp.ZULU,
        zone="Europe/London",
    ),
)
