-- Events that were taken and wait to be delivered: those of one writer are delivered by that writer.
CREATE TABLE inbox(
  writer smallint NOT NULL,
  pos bigint NOT NULL,
  key bytea NOT NULL,
  at bigint NOT NULL,
  actor text NOT NULL,
  rules_version text NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (writer, pos))
  WITH (autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);
CREATE INDEX inbox_key ON inbox(key);

-- How those were refused that no entry tells of.
CREATE TABLE inbox_refusal(key bytea PRIMARY KEY, at bigint NOT NULL, body bytea NOT NULL);
CREATE INDEX inbox_refusal_at ON inbox_refusal(at);
