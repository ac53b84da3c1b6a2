ALTER TABLE applications DROP COLUMN unverified_email;
