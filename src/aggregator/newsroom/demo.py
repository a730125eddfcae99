"""The demonstration's `feeds.yaml`: every outlet of a world as a source, and feeds over them."""

from __future__ import annotations

from aggregator.newsroom.outlets import ROSTER, Kind, Outlet

# The portals of the demo print within a minute what agencies break; two seconds make that visible,
# and nobody who looks on waits longer than four.
INTERVAL = "2s"
_PACE = f"{{interval: {INTERVAL}, min_interval: {INTERVAL}, max_interval: 4s, timeout: 10s}}"

_SERVICE = """\
# A simulated newsroom: every name, place and figure in it is made up.
service: {title: Newsroom, database: demo.db, retention: 7d, prefer: [agenzia-nord, meridia],
  allow_private: true}
"""

_FEEDS = """\
feeds:
  latest:
    title: Ultime notizie
    limit: 60
  politica:
    title: Politica
    from: {topics: [politica], languages: [it]}
  cronaca:
    title: Cronaca
    from: {topics: [cronaca], languages: [it]}
  esteri:
    title: Esteri
    from: {topics: [esteri], languages: [it]}
  economia:
    title: Economia
    from: {topics: [economia], languages: [it]}
  sport:
    title: Sport
    from: {topics: [sport], languages: [it]}
  world:
    title: World
    from: {languages: [en]}
    prefer: [tideline]
  trending:
    title: In primo piano
    order: trending
    limit: 30
"""


def feeds_yaml(base: str, roster: tuple[Outlet, ...] = ROSTER) -> str:
    """The configuration as text; `base` is the world's address, without a slash at its end."""
    sources = "".join(_source(outlet, base) for outlet in roster)
    wires = (outlet for outlet in roster if outlet.kind is Kind.AGENCY)
    agencies = "".join(
        f"  {wire.id}: {{name: {wire.name}, languages: [{wire.language}]}}\n" for wire in wires
    )
    return f"{_SERVICE}defaults: {_PACE}\nagencies:\n{agencies}sources:\n{sources}{_FEEDS}"


def _source(outlet: Outlet, base: str) -> str:
    lines = [
        f"  {outlet.id}:",
        f"    url: {base}{outlet.feed_path}",
        f"    name: {outlet.name}",
        f"    kind: {outlet.kind}",
        f"    language: {outlet.language}",
        f"    timezone: {outlet.zone}",
    ]
    if outlet.kind is Kind.AGENCY:
        lines.append(f"    agency: {outlet.id}")
    if outlet.topics:
        lines.append(f"    topics: [{', '.join(outlet.topics)}]")
    return "\n".join(lines) + "\n"
