"""Which sensor an advertisement is."""

from __future__ import annotations

import pytest

from hardset.tracker.sensors.registry import model_by_id, models, recognise

WITMOTION_SERVICE = "0000ffe5-0000-1000-8000-00805f9a34fb"


@pytest.mark.parametrize(
    ("name", "services", "id"),
    [
        ("WT901BLE67", [], "witmotion_ble5"),
        ("wt901ble68", [], "witmotion_ble5"),
        (None, [WITMOTION_SERVICE.upper()], "witmotion_ble5"),
    ],
)
def test_names_first_then_services(name: str | None, services: list[str], id: str) -> None:
    found = recognise(name, services)
    assert found is not None
    assert found.id == id


@pytest.mark.parametrize("name", ["", None, "Kitchen speaker", "MyWT901"])
def test_what_is_no_sensor_is_none(name: str | None) -> None:
    assert recognise(name, ["0000180f-0000-1000-8000-00805f9b34fb"]) is None


def test_every_model_keeps_to_the_border() -> None:
    ids = [model.id for model in models()]
    assert len(set(ids)) == len(ids)
    for model in models():
        assert model_by_id(model.id) is model
        assert list(model.rates_hz) == sorted(model.rates_hz)
        for uuid in (*model.service_uuids, *model.subscriptions):
            assert uuid == uuid.lower()
            assert len(uuid) == 36
        assert model.subscriptions
        for write in (*model.start(model.rates_hz[-1]), *model.stop(), *model.ask_battery()):
            assert write.payload
        decoder = model.decoder(model.rates_hz[0])
        assert decoder.counts.samples == 0
        assert decoder.battery_pct is None
        assert decoder.answers() == ()
