ALTER TABLE groups DROP COLUMN second_factor;
DROP TABLE trusted_devices;
DROP TABLE stages;
DROP TABLE recovery_codes;
DROP TABLE totp;
ALTER TABLE users DROP COLUMN factors_since;
