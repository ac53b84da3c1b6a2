-- SQLite has one writer at a time. This number is for the migration of PostgreSQL.
SELECT 1;
