DROP TABLE oidc_retired_algs;
