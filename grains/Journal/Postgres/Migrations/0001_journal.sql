-- Times are 100 ns since 1970-01-01 UTC: to_timestamp(at / 10000000.0). Grains, keys and hashes are raw bytes.
-- Text that comes from outside (actor, value) is kept as its UTF-8 bytes: it may hold a NUL, which text cannot.

CREATE TABLE meta(name text PRIMARY KEY, value text NOT NULL);

-- Raised by whoever restores or moves the journal: what processes remember of it is void then.
CREATE TABLE journal_epoch(
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  epoch bigint NOT NULL);
INSERT INTO journal_epoch(epoch) VALUES (1);

CREATE SEQUENCE journal_pos AS bigint;

CREATE TABLE journal(
  pos bigint NOT NULL,
  prev_pos bigint NOT NULL,
  epoch bigint NOT NULL,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  batch bigint NOT NULL,
  seq bigint NOT NULL,
  at bigint NOT NULL,
  writer integer NOT NULL,
  grain bytea NOT NULL,
  kind text NOT NULL,
  key bytea,
  content_hash bytea,
  extra_keys bytea,
  actor bytea NOT NULL,
  rules_version text NOT NULL,
  prev_hash bytea NOT NULL,
  hash bytea NOT NULL,
  body bytea NOT NULL,
  CONSTRAINT journal_pos_key PRIMARY KEY (pos),
  CONSTRAINT journal_grain_seq UNIQUE (grain, seq));
-- The order in which readers follow: places are not in the order of commits, transactions are.
CREATE INDEX journal_tail ON journal(epoch, xid, pos);

CREATE TABLE batch_root(
  writer integer NOT NULL,
  batch bigint NOT NULL,
  root bytea NOT NULL,
  CONSTRAINT batch_root_key PRIMARY KEY (writer, batch));

CREATE TABLE due(grain bytea PRIMARY KEY, at bigint NOT NULL, claimed_until bigint NOT NULL);
CREATE INDEX due_at ON due(at, grain);

CREATE TABLE checkpoint(
  home smallint NOT NULL,
  reader text NOT NULL,
  epoch bigint NOT NULL,
  position text NOT NULL,
  owner text NOT NULL,
  until bigint NOT NULL,
  PRIMARY KEY (home, reader));

-- What is erased here is to leave the pages soon.
CREATE TABLE person(handle bytea PRIMARY KEY, member bytea NOT NULL, kind text NOT NULL, value bytea NOT NULL)
  WITH (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0);
CREATE INDEX person_member ON person(member);

CREATE TABLE snapshot(
  grain bytea PRIMARY KEY, seq bigint NOT NULL, schema integer NOT NULL, state bytea NOT NULL);
CREATE TABLE milestone(
  grain bytea NOT NULL, seq bigint NOT NULL, schema integer NOT NULL, state bytea NOT NULL,
  PRIMARY KEY (grain, seq));

CREATE TABLE dedupe(key bytea PRIMARY KEY, pos bigint NOT NULL);

CREATE TABLE rules_version(version text PRIMARY KEY, at bigint NOT NULL, body bytea NOT NULL);
