"""Where this program keeps a user's files when nobody says otherwise."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def data_folder() -> Path:
    """The user's data folder of this program; it may not exist yet."""
    import platformdirs

    return platformdirs.user_data_path("hardset", appauthor=False)
