ALTER TABLE stages DROP COLUMN upstream;
DROP TABLE upstream_logouts;
DROP TABLE upstream_sessions;
DROP TABLE upstream_arrivals;
DROP TABLE upstream_attempts;
DROP TABLE invitations;
DROP TABLE identities;
