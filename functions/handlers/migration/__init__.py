"""Bring the database schema up to date at deploy."""
