DROP TABLE application_groups;
DROP TABLE applications;
