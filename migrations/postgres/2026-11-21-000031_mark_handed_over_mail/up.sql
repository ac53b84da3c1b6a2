-- When the content of a letter was about to go out. A sender that dies after that may have sent it, so nobody sends it again.
ALTER TABLE outbox ADD COLUMN handed_over_at BIGINT;
