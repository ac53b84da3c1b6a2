DROP TABLE oidc_assertions;
