-- An IANA name, such as Asia/Seoul; none follows the browser.
ALTER TABLE users ADD COLUMN time_zone TEXT COLLATE "C";
