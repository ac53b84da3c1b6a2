ALTER TABLE users DROP COLUMN email_verified_at;
DROP TABLE mail_tokens;
DROP TABLE outbox;
