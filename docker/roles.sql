-- The login roles of a new server and their database; what each may touch is granted by `samenspoor migrate`.
-- Run by psql as the superuser. Passwords are read from files, `secrets` is their folder.
\set ON_ERROR_STOP on
\if :{?secrets}
\else
  \set secrets /run/secrets
\endif
\set owner_password `cat :'secrets'/owner_password`
\set service_password `cat :'secrets'/service_password`
\set projector_password `cat :'secrets'/projector_password`
\set eraser_password `cat :'secrets'/eraser_password`
\set reader_password `cat :'secrets'/reader_password`

-- psql goes on when a file cannot be read: a role without a password would be the outcome.
SELECT '' IN (:'owner_password', :'service_password', :'projector_password', :'eraser_password',
  :'reader_password') AS missing \gset
\if :missing
  DO $$ BEGIN RAISE 'A password file is missing or empty.'; END $$;
\endif

SET password_encryption = 'scram-sha-256';

-- Owns the log and runs the migrations.
CREATE ROLE samenspoor_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
-- The API: may call the append function and read, never write a table.
CREATE ROLE samenspoor_service LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'service_password';
-- Owns the read models.
CREATE ROLE samenspoor_projector LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'projector_password';
-- Destroys the keys of an erased person.
CREATE ROLE samenspoor_eraser LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'eraser_password';
-- Reads read models under row-level security.
CREATE ROLE samenspoor_reader LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'reader_password';

CREATE DATABASE samenspoor OWNER samenspoor_owner ENCODING 'UTF8';
REVOKE ALL ON DATABASE samenspoor FROM PUBLIC;
GRANT CONNECT ON DATABASE samenspoor TO
  samenspoor_owner, samenspoor_service, samenspoor_projector, samenspoor_eraser, samenspoor_reader;
