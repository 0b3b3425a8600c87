"""The version of the tables that this program writes; `migrations.py` makes them."""

SCHEMA_VERSION = 2
"""As `PRAGMA user_version` says it."""
