DROP TABLE oidc_refusals;
DROP TABLE oidc_logout_results;
DROP TABLE oidc_logouts;
DROP TABLE oidc_logins;
