"""The PostgreSQL connection and its migrations."""
