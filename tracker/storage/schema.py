"""The version of the tables that this program writes; `migrations.py` makes them."""

SCHEMA_VERSION = 1
"""As `PRAGMA user_version` says it."""
