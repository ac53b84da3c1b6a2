-- What one session or one user has at one app. With two indexes to choose from, the database may take the app's, and read
-- what everyone has there.
DROP INDEX oidc_grants_by_session;
CREATE INDEX oidc_grants_by_session ON oidc_grants (session_key, client);
DROP INDEX oidc_grants_by_user;
CREATE INDEX oidc_grants_by_user ON oidc_grants (user_id, client);
DROP INDEX oidc_codes_by_session;
CREATE INDEX oidc_codes_by_session ON oidc_codes (session_key, client, expires_at);
DROP INDEX oidc_codes_by_user;
CREATE INDEX oidc_codes_by_user ON oidc_codes (user_id, client);
DROP INDEX oidc_logins_by_session;
CREATE INDEX oidc_logins_by_session ON oidc_logins (session_key, client);
DROP INDEX oidc_logins_by_user;
CREATE INDEX oidc_logins_by_user ON oidc_logins (user_id, client);
-- A new grant makes nothing in memory wrong: who does not find it there reads it.
DROP TRIGGER oidc_grants_tell_of_new_ones ON oidc_grants;
