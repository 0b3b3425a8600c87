"""A page with a picture of every recording that was not counted exactly."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from hardset.tracker.benchmark.counters import analyse_labelled
from hardset.tracker.benchmark.report import MethodReport
from hardset.tracker.labels import LabelledRecording
from hardset.tracker.recordings import read_recording
from hardset.tracker.report.document import document
from hardset.tracker.report.movement_chart import legend, movement_chart


def misses_page(folder: Path, labels: Sequence[LabelledRecording], ours: MethodReport) -> str:
    """The whole file as text. ours: the counts whose misses are drawn."""
    missed = {miss.file for score in ours.counts for miss in score.misses}
    parts = [_picture(label) for label in labels if label.name in missed]
    head = (
        f"<h1>{escape(folder.name)}: {len(missed)} of {len(labels)} recordings were not counted exactly</h1>"
    )
    return document(f"Misses of {folder.name}", "\n".join([head, *parts]))


def _picture(label: LabelledRecording) -> str:
    samples = read_recording(label.path).samples
    analysis = analyse_labelled(samples, label)
    counted = sum(len(one.reps) for one in analysis.sets)
    doubts = [
        f"rep {rep.number}: {rep.doubt}" for one in analysis.sets for rep in one.reps if rep.doubt is not None
    ]
    said = "".join(f'<p class="soft">{escape(words)}</p>' for words in (legend(analysis), *doubts))
    title = f"{label.name}: {counted} counted, {label.reps} by people"
    return f"<section><h2>{escape(title)}</h2>\n{movement_chart(samples, analysis)}{said}</section>"
