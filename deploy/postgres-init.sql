-- Prefect's tables stand beside the log, in a database of their own.
CREATE DATABASE prefect OWNER crisis;
