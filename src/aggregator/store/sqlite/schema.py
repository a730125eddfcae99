"""The schema, as frozen migrations: named, transactional text that imports nothing live.

A migration that has been released is never edited; a change is a new one. Times are integers,
microseconds since 1970 in UTC: they sort, compare and survive a round trip exactly. Lists are JSON.
"""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from aggregator.errors import SchemaTooNew

migrations = Migrations("aggregator")

_M0001 = """
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE sources (
  id TEXT PRIMARY KEY,              -- its key in feeds.yaml
  place INTEGER NOT NULL,           -- its order there
  configured INTEGER NOT NULL,      -- 0: taken out of the file; its entries are in no output
  enabled INTEGER NOT NULL,
  url TEXT NOT NULL,                -- as written: secrets stand as ${NAME}
  host TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  agency TEXT,
  language TEXT,
  timezone TEXT NOT NULL,
  hours INTEGER NOT NULL DEFAULT 24,
  topics TEXT NOT NULL,
  trust INTEGER NOT NULL,
  rights TEXT NOT NULL,
  interval INTEGER NOT NULL,        -- microseconds, as the next two
  min_interval INTEGER,
  max_interval INTEGER,
  timeout INTEGER NOT NULL,
  max_size INTEGER NOT NULL,
  user_agent TEXT,
  headers TEXT NOT NULL DEFAULT '[]', -- [[name, value], ...], secrets as ${NAME}
  proxy TEXT,                       -- as written
  allow_private INTEGER NOT NULL DEFAULT 0,
  agencies TEXT NOT NULL DEFAULT '[]', -- those of feeds.yaml, the same for every source
  next_poll_at INTEGER NOT NULL,
  lease_until INTEGER,
  etag TEXT,
  last_modified TEXT,
  last_attempt INTEGER,
  last_success INTEGER,
  last_new INTEGER,
  result TEXT,
  detail TEXT NOT NULL DEFAULT '',
  failures INTEGER NOT NULL DEFAULT 0,
  moved_to TEXT,                    -- the address that is asked instead of url
  moved_checked INTEGER,
  moving_to TEXT,
  moving_since INTEGER,
  moving_count INTEGER NOT NULL DEFAULT 0,
  last_full INTEGER,
  rhythm TEXT NOT NULL DEFAULT '[0,0,null]',              -- [lately, usually, at]
  hints TEXT NOT NULL DEFAULT '[null,null,null,[],[]]',   -- [ttl, period, base, hours, days]
  why TEXT NOT NULL DEFAULT '',     -- why next_poll_at is when it is
  findings TEXT NOT NULL DEFAULT '[]',
  restless INTEGER                  -- when it last reordered its items, or brought some back
);
CREATE INDEX sources_due ON sources (next_poll_at) WHERE configured AND enabled;
CREATE INDEX sources_leased ON sources (host, lease_until) WHERE lease_until IS NOT NULL;

-- A source's last good document: apart from sources, since it is large and seldom read.
CREATE TABLE windows (
  source_id TEXT PRIMARY KEY REFERENCES sources (id),
  body TEXT NOT NULL,
  places TEXT NOT NULL              -- [[key, digest], ...] in the document's order
) WITHOUT ROWID;

-- One event each: what is known of it, in bounded size.
CREATE TABLE stories (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  state TEXT NOT NULL
);

-- Under which keys an article's possible stories are found.
CREATE TABLE story_keys (
  key INTEGER NOT NULL,
  story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
  PRIMARY KEY (key, story_id)
) WITHOUT ROWID;
CREATE INDEX story_keys_story ON story_keys (story_id);

CREATE TABLE articles (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  position INTEGER NOT NULL,
  first_seen INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  story_id INTEGER REFERENCES stories (id) ON DELETE SET NULL,
  story_why TEXT NOT NULL DEFAULT '' -- why it tells that story; '' for the one that founded it
);
CREATE INDEX articles_story ON articles (story_id) WHERE story_id IS NOT NULL;
CREATE INDEX articles_position ON articles (position);

CREATE TABLE entries (
  id INTEGER PRIMARY KEY,
  source_id TEXT NOT NULL REFERENCES sources (id),
  key TEXT NOT NULL,
  founds TEXT NOT NULL UNIQUE,      -- the id of its article where it is the founding entry, else
                                    -- an alias of the article that it is in
  article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  url TEXT NOT NULL,
  canonical TEXT NOT NULL,
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  content TEXT NOT NULL,
  published INTEGER NOT NULL,
  dated INTEGER NOT NULL,
  updated INTEGER,
  first_seen INTEGER NOT NULL,
  position INTEGER NOT NULL,
  changed INTEGER NOT NULL,         -- the last visible change
  language TEXT,
  authors TEXT NOT NULL,
  topics TEXT NOT NULL,
  media TEXT NOT NULL,
  digest TEXT NOT NULL,
  revision INTEGER NOT NULL,
  status TEXT NOT NULL,             -- a wire's word: usable, withheld, canceled
  embargo INTEGER,
  urgency INTEGER,
  note TEXT NOT NULL,               -- to editors, never for publication
  credit TEXT,                      -- whose text it is: a Credit as JSON
  version INTEGER,                  -- the wire's number of this state
  gone INTEGER,                     -- when its own page said so, while it was listed no more
  held INTEGER NOT NULL,            -- 1: its embargo had not ended when last looked at
  notice TEXT NOT NULL,             -- the kind of an order to editors, no news itself
  superseded_by INTEGER REFERENCES entries (id) ON DELETE SET NULL,
  withdrawn INTEGER,                -- the earliest of its withdrawals
  origin TEXT NOT NULL,             -- why it is an entry of its own, where its names say otherwise
  born TEXT NOT NULL DEFAULT '',    -- its source's name when it came, if it has another one now
  UNIQUE (source_id, key)
);
CREATE INDEX entries_article ON entries (article_id);
CREATE INDEX entries_newest ON entries (source_id, dated, published);
CREATE INDEX entries_canonical ON entries (canonical) WHERE canonical <> '';
CREATE INDEX entries_url ON entries (url) WHERE url <> '';
CREATE INDEX entries_held ON entries (embargo) WHERE held;
CREATE INDEX entries_superseded ON entries (superseded_by) WHERE superseded_by IS NOT NULL;

-- Every name that an entry has gone by in its source.
CREATE TABLE names (
  source_id TEXT NOT NULL,
  name TEXT NOT NULL,
  entry_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  PRIMARY KEY (source_id, name, entry_id)
) WITHOUT ROWID;
CREATE INDEX names_entry ON names (entry_id);

CREATE TABLE revisions (
  entry_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  revision INTEGER NOT NULL,
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  content TEXT NOT NULL,
  url TEXT NOT NULL,
  digest TEXT NOT NULL,
  seen INTEGER NOT NULL,
  until INTEGER NOT NULL,
  why TEXT NOT NULL,                -- why the next state was taken for the same item
  PRIMARY KEY (entry_id, revision)
) WITHOUT ROWID;

CREATE TABLE matches (
  entry_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  other_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  level TEXT NOT NULL,
  score REAL NOT NULL,
  why TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  PRIMARY KEY (entry_id, other_id, level)
) WITHOUT ROWID;
CREATE INDEX matches_other ON matches (other_id);

-- What entries are compared by, as cleaned under the snapshot of that moment.
CREATE TABLE wordings (
  entry_id INTEGER PRIMARY KEY REFERENCES entries (id) ON DELETE CASCADE,
  value TEXT NOT NULL
);

-- Under which keys an entry's possible copies are found.
CREATE TABLE candidates (
  key INTEGER NOT NULL,
  entry_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  PRIMARY KEY (key, entry_id)
) WITHOUT ROWID;
CREATE INDEX candidates_entry ON candidates (entry_id);

-- The statistics that verdicts are judged under: one row, the newest.
CREATE TABLE snapshots (
  name TEXT PRIMARY KEY,
  made INTEGER NOT NULL,
  value TEXT NOT NULL,
  unjudged INTEGER                  -- entries below this number were judged under an older one
) WITHOUT ROWID;

-- Who forbids an entry, and why.
CREATE TABLE withdrawals (
  entry_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  by TEXT NOT NULL,                 -- the notice, as source/key; 'operator'
  at INTEGER NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (entry_id, by)
) WITHOUT ROWID;
CREATE INDEX withdrawals_by ON withdrawals (by);

-- What a wire orders: each is an entry as well.
CREATE TABLE notices (
  entry_id INTEGER PRIMARY KEY REFERENCES entries (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  value TEXT NOT NULL,              -- the whole Notice as JSON
  state TEXT NOT NULL,              -- waiting, applied, dismissed
  target_id INTEGER REFERENCES entries (id) ON DELETE SET NULL,
  why TEXT NOT NULL                 -- how the target was found, or why not
);
CREATE INDEX notices_waiting ON notices (at) WHERE state = 'waiting';
CREATE INDEX notices_target ON notices (target_id) WHERE target_id IS NOT NULL;

-- Names of purged entries that their source still lists: so that nothing comes back.
CREATE TABLE tombstones (
  source_id TEXT NOT NULL REFERENCES sources (id),
  name TEXT NOT NULL,
  entry TEXT NOT NULL,              -- the key of the purged entry: its names go together
  buried INTEGER NOT NULL,
  PRIMARY KEY (source_id, name)
) WITHOUT ROWID;

-- Entries that left the middle of their source's listing; each one's page is asked once.
CREATE TABLE absences (
  entry_id INTEGER PRIMARY KEY REFERENCES entries (id) ON DELETE CASCADE,
  source_id TEXT NOT NULL REFERENCES sources (id),
  host TEXT NOT NULL,               -- of its page
  since INTEGER NOT NULL,
  asked INTEGER,
  answer TEXT NOT NULL DEFAULT ''   -- the answer's stable name
);
CREATE INDEX absences_source ON absences (source_id);
CREATE INDEX absences_unasked ON absences (host, since) WHERE asked IS NULL;

-- When the next page of a host may be asked, by whichever process.
CREATE TABLE page_hosts (
  host TEXT PRIMARY KEY,
  next_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE feeds (
  slug TEXT PRIMARY KEY,
  place INTEGER NOT NULL,
  uid TEXT NOT NULL,
  spec TEXT NOT NULL,               -- the whole FeedSpec as JSON
  generation INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE renamed (
  old TEXT PRIMARY KEY,
  slug TEXT NOT NULL REFERENCES feeds (slug) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE members (
  slug TEXT NOT NULL REFERENCES feeds (slug) ON DELETE CASCADE,
  uid TEXT NOT NULL,                -- the item's guid in this feed
  lead_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
  rank REAL NOT NULL,
  position INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  said TEXT NOT NULL,               -- digest of the lead's text as shown
  shown TEXT NOT NULL,              -- digest of all that the item shows
  PRIMARY KEY (slug, uid)
) WITHOUT ROWID;
CREATE INDEX members_order ON members (slug, rank DESC, uid);
CREATE INDEX members_lead ON members (lead_id);
CREATE INDEX members_uid ON members (uid);
CREATE INDEX members_position ON members (slug, position);

-- Items that were withdrawn from a feed: readers are told to take them down.
CREATE TABLE departures (
  slug TEXT NOT NULL REFERENCES feeds (slug) ON DELETE CASCADE,
  uid TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (slug, uid)
) WITHOUT ROWID;

CREATE TABLE counters (
  name TEXT NOT NULL,
  labels TEXT NOT NULL,             -- {"label": "value"} as JSON, keys sorted
  value INTEGER NOT NULL,
  PRIMARY KEY (name, labels)
) WITHOUT ROWID;
"""


@migrations()
def m0001_the_main_job(db: Database) -> None:
    for statement in _M0001.split(";\n"):
        if statement.strip():
            db.conn.execute(statement)


def migrate(db: Database) -> None:
    """Bring the database to this program's schema. Raises `SchemaTooNew` for a newer one."""
    refuse_newer(db)
    migrations.apply(db)


def refuse_newer(db: Database) -> None:
    """Raise `SchemaTooNew` if the database knows migrations that this program does not."""
    ours = {migration.name for migration in migrations.pending(Database(memory=True))}
    unknown = sorted(m.name for m in migrations.applied(db) if m.name not in ours)
    if unknown:
        raise SchemaTooNew(
            f"the database has the migration {unknown[-1]}, which this version does not know: "
            "upgrade aggregator, or restore a backup made by this version"
        )


def is_current(db: Database) -> bool:
    """Whether every migration of this program has been applied."""
    return not migrations.pending(db)
