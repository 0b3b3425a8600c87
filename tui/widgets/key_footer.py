"""The footer, which lets go of the keys that it showed before."""

from __future__ import annotations

from textual.widgets import Footer


class KeyFooter(Footer):
    """Textual's footer keeps a watcher for every key it ever showed, until `compact` is set again.

    A key is 20 kB; two footers a set made 10 MiB in an hour of sets.
    """

    async def recompose(self) -> None:
        """Show the keys of now; setting `compact` anew drops the watchers of keys that are gone."""
        await super().recompose()
        self.mutate_reactive(Footer.compact)
