DROP TABLE oidc_consents;
DROP TABLE oidc_codes;
DROP TABLE oidc_grants;
DROP TABLE oidc_keys;
DROP TABLE oidc_client_secrets;
DROP TABLE oidc_client_groups;
DROP TABLE oidc_clients;
ALTER TABLE users DROP COLUMN updated_at;
