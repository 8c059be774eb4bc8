-- What the application may do with Orleans' list of silos. Run as the tables' owner after Orleans' own scripts:
--   psql -d mallvip -U mallvip_owner -f deploy/postgres/grants-orleans.sql

GRANT SELECT ON mallvip.OrleansQuery TO mallvip_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON mallvip.OrleansMembershipTable, mallvip.OrleansMembershipVersionTable
  TO mallvip_app;
