DROP TABLE oidc_pushed;
