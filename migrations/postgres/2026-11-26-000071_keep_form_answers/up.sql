-- Answers to forms, kept for seconds: whoever sends a form twice is answered once. id: a hash of everything that was sent.
-- answer: encrypted; empty while the form is being processed.
CREATE TABLE form_answers (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    answer BYTEA NOT NULL,
    expires_at BIGINT NOT NULL
);
