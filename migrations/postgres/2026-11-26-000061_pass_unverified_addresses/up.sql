-- Whether the app gets email addresses that their users have not confirmed.
ALTER TABLE applications ADD COLUMN unverified_email BOOLEAN NOT NULL DEFAULT FALSE;
