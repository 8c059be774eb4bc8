-- Roles and schema of a journal in PostgreSQL. Run once per database as a superuser, before 'mallvip migrate':
--   psql -d mallvip -f deploy/postgres/roles.sql
-- It sets no passwords: give the two that log in theirs with \password.

DO $$ BEGIN
  CREATE ROLE mallvip_owner LOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$ BEGIN
  CREATE ROLE mallvip_app LOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$ BEGIN
  CREATE ROLE mallvip_audit LOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

-- So that /readyz can tell whether a synchronous standby is connected; without it, it says "unknown".
GRANT pg_read_all_stats TO mallvip_app;

CREATE SCHEMA IF NOT EXISTS mallvip AUTHORIZATION mallvip_owner;
GRANT USAGE ON SCHEMA mallvip TO mallvip_app, mallvip_audit;
