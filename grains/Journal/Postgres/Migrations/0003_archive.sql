-- Entries that have been settled for long, out of the way of the table that is written to. It inherits from that
-- table: who reads "journal" reads both, an entry is in one of them, and "ONLY journal" is the hot one.
CREATE TABLE journal_archive(
  CONSTRAINT journal_archive_pos PRIMARY KEY (pos),
  CONSTRAINT journal_archive_grain_seq UNIQUE (grain, seq)) INHERITS (journal);
CREATE INDEX journal_archive_tail ON journal_archive(epoch, xid, pos);

-- How far the journal was settled at an instant of this database's clock: all transactions of the epoch below
-- "settled" had ended, and none had a number from "next" on. The entries' own times are those of the silos, or of an import.
CREATE TABLE journal_mark(
  at timestamptz PRIMARY KEY,
  epoch bigint NOT NULL,
  settled xid8 NOT NULL,
  next xid8 NOT NULL);

-- Moves entries, the oldest first, as they are. A writer may believe where a grain stands for "believed" before
-- it asks again, and then the key (grain, seq) of the hot table alone refuses who is too late: so an entry stays there until it
-- is older than that and every transaction that may believe so has ended. It runs with its owner's rights, since the
-- application may add to history only.
-- Gives the number of entries; NULL: another session is at it.
CREATE FUNCTION journal_archive_move(older interval, believed interval, most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  bound journal_mark;
  moved integer;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('mallvip/archive/' || current_schema(), 0)) THEN
    RETURN NULL;
  END IF;
  INSERT INTO journal_mark(at, epoch, settled, next)
  SELECT clock_timestamp(), epoch, pg_snapshot_xmin(pg_current_snapshot()), pg_snapshot_xmax(pg_current_snapshot())
  FROM journal_epoch
  WHERE NOT EXISTS(
    SELECT FROM journal_mark WHERE at > clock_timestamp() - least(older / 100, interval '1 minute'));
  SELECT * INTO bound FROM journal_mark
  WHERE at <= clock_timestamp() - older
    AND at <= (SELECT max(ended.at) FROM journal_mark AS ended
               WHERE ended.epoch = (SELECT epoch FROM journal_epoch)
                 AND ended.next <= pg_snapshot_xmin(pg_current_snapshot())) - believed
  ORDER BY at DESC LIMIT 1;
  IF NOT FOUND THEN
    RETURN 0;
  END IF;
  WITH taken AS (
    DELETE FROM ONLY journal WHERE ctid = ANY(ARRAY(
      SELECT ctid FROM ONLY journal WHERE (epoch, xid) < (bound.epoch, bound.settled)
      ORDER BY epoch, xid, pos LIMIT most))
    RETURNING *)
  INSERT INTO journal_archive SELECT * FROM taken ORDER BY epoch, xid, pos;
  GET DIAGNOSTICS moved = ROW_COUNT;
  DELETE FROM journal_mark WHERE at < bound.at;
  RETURN moved;
END $$;
-- The schema that it was made in, whatever the caller's search path says.
DO $$ BEGIN
  EXECUTE format(
    'ALTER FUNCTION journal_archive_move(interval, interval, integer) SET search_path = %I, pg_temp', current_schema());
END $$;
REVOKE ALL ON FUNCTION journal_archive_move(interval, interval, integer) FROM PUBLIC;
