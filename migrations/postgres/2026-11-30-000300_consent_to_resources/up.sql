-- The APIs that a person has allowed an app, with spaces between them. A consent of before allows none, so they are asked once more.
ALTER TABLE oidc_consents ADD COLUMN resources TEXT COLLATE "C" NOT NULL DEFAULT '';
