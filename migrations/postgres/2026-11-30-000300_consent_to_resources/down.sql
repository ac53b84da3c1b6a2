ALTER TABLE oidc_consents DROP COLUMN resources;
