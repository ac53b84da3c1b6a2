DROP TABLE oidc_pushed_by_address;
