-- The logo of an app that signs people in by OpenID Connect: a checked PNG, SVG or WebP. `name` is the last part of its
-- address, a hash of the content and the ending.
CREATE TABLE oidc_client_logos (
    client BIGINT NOT NULL PRIMARY KEY REFERENCES oidc_clients (id) ON DELETE CASCADE,
    name TEXT COLLATE "C" NOT NULL,
    content BYTEA NOT NULL
);
CREATE INDEX oidc_client_logos_by_name ON oidc_client_logos (name);

CREATE TRIGGER oidc_client_logos_tell_of_additions AFTER INSERT ON oidc_client_logos
FOR EACH ROW EXECUTE FUNCTION tell('topic', 'oidc_clients');
CREATE TRIGGER oidc_client_logos_tell_of_updates AFTER UPDATE ON oidc_client_logos
FOR EACH ROW EXECUTE FUNCTION tell('topic', 'oidc_clients');
CREATE TRIGGER oidc_client_logos_tell_of_removals AFTER DELETE ON oidc_client_logos
FOR EACH ROW EXECUTE FUNCTION tell('topic', 'oidc_clients');
