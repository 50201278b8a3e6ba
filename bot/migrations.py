"""The schema of the users' data, version by version."""

from __future__ import annotations

MIGRATIONS = (
    """
    CREATE TABLE seen (key TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT;
    CREATE INDEX seen_by_time ON seen (at);
    CREATE TABLE receipts (
      id TEXT NOT NULL, team TEXT NOT NULL, channel TEXT NOT NULL, thread TEXT NOT NULL, ts TEXT NOT NULL,
      question_ts TEXT NOT NULL, user TEXT NOT NULL, private INTEGER NOT NULL,
      question TEXT NOT NULL, kind TEXT NOT NULL, answer TEXT NOT NULL, index_version TEXT NOT NULL,
      at TEXT NOT NULL, PRIMARY KEY (team, channel, ts)
    ) STRICT;
    CREATE INDEX receipts_by_id ON receipts (id);
    CREATE INDEX receipts_by_thread ON receipts (team, channel, thread, ts);
    CREATE INDEX receipts_by_user ON receipts (user, at);
    CREATE INDEX receipts_by_time ON receipts (at);
    CREATE TABLE votes (
      receipt TEXT NOT NULL, user TEXT NOT NULL, vote TEXT NOT NULL, comment TEXT NOT NULL, at TEXT NOT NULL,
      PRIMARY KEY (receipt, user)
    ) STRICT;
    CREATE TABLE reports (
      number INTEGER PRIMARY KEY, receipt TEXT NOT NULL, user TEXT NOT NULL, comment TEXT NOT NULL, at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE gaps (
      number INTEGER PRIMARY KEY, question TEXT NOT NULL, as_read TEXT NOT NULL, nearest TEXT NOT NULL,
      user TEXT NOT NULL, private INTEGER NOT NULL, at TEXT NOT NULL
    ) STRICT;
    """,
    """
    CREATE TABLE shares (
      id TEXT PRIMARY KEY, team TEXT NOT NULL, user TEXT NOT NULL, channel TEXT NOT NULL, topic TEXT NOT NULL,
      points TEXT NOT NULL, note TEXT NOT NULL, due TEXT NOT NULL, every_week INTEGER NOT NULL,
      state TEXT NOT NULL, ts TEXT NOT NULL, reason TEXT NOT NULL
    ) STRICT;
    CREATE INDEX shares_by_due ON shares (state, due);
    CREATE TABLE channels (
      id TEXT PRIMARY KEY, listen TEXT NOT NULL CHECK (listen IN ('mention', 'always')),
      quiet_from INTEGER, quiet_until INTEGER
    ) STRICT;
    CREATE TABLE subscriptions (
      number INTEGER PRIMARY KEY, team TEXT NOT NULL, user TEXT NOT NULL, channel TEXT NOT NULL,
      question TEXT NOT NULL, told TEXT NOT NULL, once INTEGER NOT NULL, at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE audit (
      number INTEGER PRIMARY KEY, user TEXT NOT NULL, action TEXT NOT NULL, what TEXT NOT NULL, at TEXT NOT NULL
    ) STRICT;
    """,
    """
    CREATE TABLE notes (
      receipt TEXT NOT NULL, channel TEXT NOT NULL, ts TEXT NOT NULL, correction TEXT NOT NULL, at TEXT NOT NULL,
      PRIMARY KEY (channel, ts, correction)
    ) STRICT;
    CREATE TABLE external_channels (id TEXT PRIMARY KEY) STRICT;
    """,
    """
    ALTER TABLE receipts ADD COLUMN day TEXT NOT NULL DEFAULT '';
    ALTER TABLE receipts ADD COLUMN labels TEXT NOT NULL DEFAULT '["everyone"]';
    """,
    """
    ALTER TABLE gaps ADD COLUMN labels TEXT NOT NULL DEFAULT '["everyone"]';
    ALTER TABLE shares ADD COLUMN zone TEXT NOT NULL DEFAULT '';
    ALTER TABLE channels ADD COLUMN labels TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE channels ADD COLUMN language TEXT NOT NULL DEFAULT '';
    ALTER TABLE channels ADD COLUMN zone TEXT NOT NULL DEFAULT '';
    """,
)
"""Each entry brings the file from the schema version before it to its own; none is ever changed."""
