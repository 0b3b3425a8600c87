"""The frame of a printable page: one HTML file that needs nothing else."""

from __future__ import annotations

from html import escape

STYLE = """
:root { color-scheme: light; --ink: #1b2733; --soft: #5d6b78; --hard: #1f6f8b; --band: #e3ecd6;
  --rule: #dfe4e8; --easy: #b9c4cc; --warn: #9a4d00; }
body { font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: #fff; margin: 2rem auto;
  max-width: 760px; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.1rem; margin: 1.8rem 0 .4rem; }
p { margin: .3rem 0; } .soft { color: var(--soft); font-size: .87rem; }
.limiting { border-left: 5px solid var(--hard); padding: .5rem .9rem; background: #f3f7f9; }
svg { width: 100%; height: auto; display: block; }
svg text { font: 12px system-ui, sans-serif; fill: var(--ink); }
svg .small { font-size: 11px; fill: var(--soft); }
.band { fill: var(--band); } .bar { fill: var(--hard); } .easy { fill: var(--easy); }
.range { fill: var(--hard); opacity: .15; } .mark { fill: var(--hard); }
.curve { fill: none; stroke: var(--hard); stroke-width: 1.6; }
.whisker { stroke: var(--ink); stroke-width: 1.4; } .grid { stroke: var(--rule); }
.axis { stroke: var(--soft); } .rep { fill: var(--hard); opacity: .18; }
.doubt { fill: var(--warn); opacity: .22; }
.none { fill: var(--easy); opacity: .35; } .hole { fill: var(--ink); opacity: .12; }
.shaking { fill: none; stroke: var(--soft); stroke-width: .8; }
table { border-collapse: collapse; width: 100%; font-size: .87rem; }
td, th { text-align: left; vertical-align: top; padding: .28rem .5rem .28rem 0;
  border-top: 1px solid var(--rule); }
th { font-weight: 600; white-space: nowrap; } .short { color: var(--warn); font-weight: 600; }
@page { margin: 14mm; } @media print { body { margin: 0; max-width: none; } section { break-inside: avoid; } }
"""


def document(title: str, body: str) -> str:
    """A whole page as text; body: HTML."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n<body>\n{body}\n</body></html>\n"
    )
