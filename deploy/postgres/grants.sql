-- What the application and an auditor may do. Run as the tables' owner after every 'mallvip migrate':
--   psql -d mallvip -U mallvip_owner -f deploy/postgres/grants.sql
-- The application may add to history and may not change it: it has no UPDATE, DELETE or TRUNCATE there.

GRANT SELECT, INSERT ON mallvip.journal, mallvip.batch_root, mallvip.dedupe, mallvip.rules_version
  TO mallvip_app;
GRANT SELECT, INSERT, UPDATE ON mallvip.meta, mallvip.checkpoint, mallvip.snapshot, mallvip.milestone
  TO mallvip_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON mallvip.due, mallvip.person, mallvip.inbox, mallvip.inbox_refusal
  TO mallvip_app;
GRANT SELECT ON mallvip.journal_epoch, mallvip.schema_migration TO mallvip_app;
-- Old entries are moved by a function with its owner's rights, unchanged.
GRANT SELECT ON mallvip.journal_archive TO mallvip_app, mallvip_audit;
GRANT EXECUTE ON FUNCTION mallvip.journal_archive_move(interval, interval, integer) TO mallvip_app;
GRANT USAGE ON SEQUENCE mallvip.journal_pos TO mallvip_app;

-- 'mallvip verify' and 'mallvip why' with this role read no personal data.
GRANT SELECT ON mallvip.journal, mallvip.batch_root, mallvip.journal_epoch, mallvip.meta,
  mallvip.rules_version, mallvip.schema_migration TO mallvip_audit;
