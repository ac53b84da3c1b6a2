DROP TABLE oidc_client_logos;
