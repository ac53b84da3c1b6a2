-- An app for members of some groups stays closed to all others, even once the last of its groups is deleted.
ALTER TABLE applications ADD COLUMN restricted BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE applications SET restricted = TRUE WHERE id IN (SELECT application_id FROM application_groups);
