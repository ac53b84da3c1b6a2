DROP TABLE ended_sessions;
DROP TABLE embedded_sessions;
