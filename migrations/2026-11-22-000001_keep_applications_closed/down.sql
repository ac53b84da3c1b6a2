ALTER TABLE applications DROP COLUMN restricted;
