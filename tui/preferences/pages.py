"""Settings as rows and pages: in which group, under which name, with what explanation."""

from __future__ import annotations

from textual.content import Content

from hardset.tracker.training.setting_words import setting_words
from hardset.tracker.training.settings import BY_NAME, SETTINGS, Settings
from hardset.tui.theme import QUIET

GROUPS = {
    "Loads": ("unit", "bar", "plates"),
    "Sets": ("hard_rir", "target_rir", "stop_at_loss_pct", "bands"),
    "Food and rest": ("protein_g_per_kg", "surplus_pct", "sleep_h", "body_weight_kg"),
    "Screens": ("theme", "sound"),
}
NAMES = {
    "unit": "unit",
    "bar": "bar",
    "plates": "plates, pairs",
    "hard_rir": "hard: reps left, at most",
    "target_rir": "stop: reps left",
    "stop_at_loss_pct": "stop: velocity loss, %",
    "bands": "hard sets a week",
    "protein_g_per_kg": "protein, g/kg a day",
    "surplus_pct": "energy surplus, %",
    "sleep_h": "sleep, h",
    "body_weight_kg": "body weight, if not weighed",
    "theme": "theme",
    "sound": "sound",
}
assert {name for names in GROUPS.values() for name in names} == set(NAMES) == set(BY_NAME)
LIFTER = "lifter"
TYPED = {
    "bar": "20",
    "plates": "25x4, 20, 10, 5, 2.5, 1.25",
    "protein_g_per_kg": "1.6-2.2",
    "surplus_pct": "5-10",
    "bands": "12-20",
}
"""How a value is typed here, where that is easier than the JSON of the command."""
ALSO = {
    "unit": "Own bar and plates weigh what they did: 20 kg become 44.09 lb. Usual ones become usual lb ones.",
    "hard_rir": "Week, Legs and the report count anew at once.",
    "bands": "Enter chooses the muscle first. 10-20 has some evidence, calves' 12-18 is an opinion.",
    "stop_at_loss_pct": "Off: 'stop' is said by reps left.",
    "theme": "The ansi themes use the terminal's own sixteen colours.",
    "body_weight_kg": "Only where nothing was weighed; a weighing counts before it.",
}


def setting_row(name: str, settings: Settings) -> Content:
    """Name and present value."""
    changed = getattr(settings, name) != getattr(Settings(), name)
    mark = "*" if changed else " "
    return Content.assemble((mark, "$accent"), f" {NAMES[name]:28}", (setting_words(settings, name), "bold"))


def lifter_row(lifter: str, others: int) -> Content:
    """Whose log it is."""
    more = f"  ({others} more)" if others else ""
    return Content.assemble(f"  {'lifter':28}", (lifter_words(lifter), "bold"), (more, QUIET))


def lifter_words(name: str) -> str:
    """A lifter's name; the unnamed person's is empty."""
    return name or "the unnamed person"


def setting_page(name: str, settings: Settings) -> Content:
    """All about one setting."""
    help = BY_NAME[name]
    lines = [
        Content(help.meaning),
        Content.assemble(("ground  ", QUIET), help.ground),
        Content.assemble(("now     ", QUIET), (setting_words(settings, name), "bold")),
        Content.assemble(("usual   ", QUIET), setting_words(Settings(unit=settings.unit), name)),
    ]
    if name in ALSO:
        lines += [Content(""), Content(ALSO[name])]
    lines += [
        Content(""),
        Content.styled("Enter changes it, r goes back to what is usual.", "$primary"),
        Content.styled(f"Also: hardset settings {name} {help.example}", QUIET),
    ]
    return Content("\n").join(lines)


def lifter_page() -> Content:
    """About several lifters."""
    return Content(
        "Several people can share one log; each has own sets, settings, meals and nights.\n\n"
        "Enter chooses another one, or adds a name."
    )


def choices_of(name: str) -> tuple[tuple[str, str], ...]:
    """What a setting may be, where that is a list; ids are values of JSON or plain words."""
    if name == "sound":
        return ("true", "on: a beep when the set should end"), ("false", "off")
    if name == "unit":
        return ("kg", "kg"), ("lb", "lb")
    return ()


assert len(SETTINGS) == len(NAMES)
