CREATE TRIGGER oidc_grants_tell_of_new_ones AFTER INSERT ON oidc_grants BEGIN
    INSERT INTO changes (at, user_id) VALUES (CAST(strftime('%s', 'now') AS INTEGER), NEW.user_id);
END;
DROP INDEX oidc_logins_by_user;
CREATE INDEX oidc_logins_by_user ON oidc_logins (user_id);
DROP INDEX oidc_logins_by_session;
CREATE INDEX oidc_logins_by_session ON oidc_logins (session_key);
DROP INDEX oidc_codes_by_user;
CREATE INDEX oidc_codes_by_user ON oidc_codes (user_id);
DROP INDEX oidc_codes_by_session;
CREATE INDEX oidc_codes_by_session ON oidc_codes (session_key);
DROP INDEX oidc_grants_by_user;
CREATE INDEX oidc_grants_by_user ON oidc_grants (user_id);
DROP INDEX oidc_grants_by_session;
CREATE INDEX oidc_grants_by_session ON oidc_grants (session_key);
