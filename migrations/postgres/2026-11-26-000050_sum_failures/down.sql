DROP TABLE audit_repeats;
ALTER TABLE stages DROP COLUMN failures;
