-- Events that were taken and wait for their delivery, by the writer that took them and delivers them. The body is sealed.
CREATE TABLE inbox(
  writer integer NOT NULL,
  pos bigint NOT NULL,
  key bytea NOT NULL,
  at bigint NOT NULL,
  actor bytea NOT NULL,
  rules_version text NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (writer, pos));
CREATE INDEX inbox_key ON inbox(key);

-- How those of them were refused that no entry tells of; kept for a while.
CREATE TABLE inbox_refusal(key bytea PRIMARY KEY, at bigint NOT NULL, body bytea NOT NULL);
CREATE INDEX inbox_refusal_at ON inbox_refusal(at);
