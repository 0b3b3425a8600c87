"""Figures and a few words in letters that can be read from two metres away."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

GLYPHS: dict[str, tuple[str, ...]] = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", " ##", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", " # ", " # "),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ".": (" ", " ", " ", " ", "#"),
    ":": (" ", "#", " ", "#", " "),
    "-": ("  ", "  ", "##", "  ", "  "),
    "+": ("   ", " # ", "###", " # ", "   "),
    "?": ("###", "  #", " ##", "   ", " # "),
    " ": (" ", " ", " ", " ", " "),
    "E": ("###", "#  ", "## ", "#  ", "###"),
    "G": ("####", "#   ", "# ##", "#  #", "####"),
    "M": ("#   #", "## ##", "# # #", "#   #", "#   #"),
    "N": ("#  #", "## #", "# ##", "#  #", "#  #"),
    "O": ("###", "# #", "# #", "# #", "###"),
    "P": ("###", "# #", "###", "#  ", "#  "),
    "R": ("## ", "# #", "## ", "# #", "# #"),
    "S": ("###", "#  ", "###", "  #", "###"),
    "T": ("###", " # ", " # ", " # ", " # "),
}
ROWS = 5
LARGEST = 6


def bitmap(text: str) -> list[str]:
    """The five rows of a text, a blank column between letters; unknown letters are blank."""
    letters = [GLYPHS.get(letter, GLYPHS[" "]) for letter in text]
    return [" ".join(letter[row] for letter in letters) for row in range(ROWS)]


@lru_cache(128)
def blocks(text: str, scale: int) -> tuple[str, ...]:
    """Text in half blocks: a dot is `scale` columns wide and `scale` half rows high."""
    dots = ["".join(dot * scale for dot in row) for row in bitmap(text) for _ in range(scale)]
    if len(dots) % 2:
        dots.append(" " * len(dots[0]))
    return tuple(
        "".join(_BLOCK[upper, lower] for upper, lower in zip(dots[i], dots[i + 1], strict=True))
        for i in range(0, len(dots), 2)
    )


_BLOCK = {(" ", " "): " ", ("#", " "): "▀", (" ", "#"): "▄", ("#", "#"): "█"}


@lru_cache(128)
def largest_scale(text: str, size: Size) -> int:
    """The largest scale at which the text fits; 0 where not even the smallest does."""
    width = len(bitmap(text)[0]) if text else 1
    fits = [
        scale
        for scale in range(1, LARGEST + 1)
        if width * scale <= size.width and (ROWS * scale + 1) // 2 <= size.height
    ]
    return fits[-1] if fits else 0


class BigText(Widget):
    """One short text as large as its box allows, in the middle of it; plain where the box is too small."""

    DEFAULT_CSS = "BigText { height: 5; width: 1fr; }"

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._text = text

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def update(self, text: str) -> None:
        """Say something else; the same text paints nothing."""
        if text != self._text:
            self._text = text
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row of the letters."""
        scale = largest_scale(self._text, self.size)
        rows = blocks(self._text, scale) if scale else (self._text,)
        row = y - (self.size.height - len(rows)) // 2
        words = rows[row].center(self.size.width) if 0 <= row < len(rows) else " " * self.size.width
        return Strip([Segment(words[: self.size.width], self.rich_style)], self.size.width)
