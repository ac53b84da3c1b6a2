DROP TABLE oidc_keys;
DROP TABLE oidc_client_secrets;
DROP TABLE oidc_client_groups;
DROP TABLE oidc_clients;
