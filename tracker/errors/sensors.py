"""Bluetooth and sensors."""

from __future__ import annotations

from dataclasses import dataclass

from hardset.tracker.errors.root import FileProblem, HardsetError


@dataclass(eq=False)
class ProfileNotUnderstood(FileProblem):
    """A sensor profile that can't be used."""

    key: str
    """Where in the profile, for instance stream[0].sample[2].type; empty for the whole file."""
    problem: str
    expected: str

    def __str__(self) -> str:
        place = f"{self.path}, {self.key}" if self.key else f"{self.path}"
        return f"{place}: {self.problem}, expected {self.expected}; correct the profile or take it away."


@dataclass(eq=False)
class UnknownVirtualSensor(HardsetError):
    """A virtual sensor that there is not."""

    name: str
    possible: tuple[str, ...]

    def __str__(self) -> str:
        return f"There is no virtual sensor '{self.name}'; there are {', '.join(self.possible)}."


@dataclass(eq=False)
class BluetoothProblem(HardsetError):
    """Bluetooth of this computer can't be used."""

    detail: str
    """The system's own words."""


@dataclass(eq=False)
class NoBluetoothService(BluetoothProblem):
    """The system's Bluetooth service can't be reached."""

    def __str__(self) -> str:
        return (
            f"The Bluetooth service of this computer can't be reached ({self.detail}); "
            "on Linux install and start BlueZ (systemctl start bluetooth) with its D-Bus system bus."
        )


@dataclass(eq=False)
class NoBluetoothAdapter(BluetoothProblem):
    """There is no radio, or none that can connect to sensors."""

    def __str__(self) -> str:
        return (
            f"This computer has no Bluetooth adapter that can connect to sensors ({self.detail}); "
            "plug in one for Bluetooth 4.0 or newer, and on Linux see that its service runs "
            "(systemctl start bluetooth)."
        )


@dataclass(eq=False)
class BluetoothOff(BluetoothProblem):
    """The radio is switched off."""

    def __str__(self) -> str:
        return "Bluetooth is switched off; switch it on and try again."


@dataclass(eq=False)
class BluetoothForbidden(BluetoothProblem):
    """This program may not use Bluetooth."""

    def __str__(self) -> str:
        return (
            f"hardset may not use Bluetooth ({self.detail}); allow it for this terminal in the system's "
            "privacy settings, or on Linux join the group that may (bluetooth)."
        )


@dataclass(eq=False)
class BluetoothFailed(BluetoothProblem):
    """Something else went wrong below."""

    def __str__(self) -> str:
        return f"Bluetooth failed ({self.detail}); switch it off and on again, then try once more."


@dataclass(eq=False)
class SensorProblem(HardsetError):
    """One sensor can't be used."""

    sensor: str


@dataclass(eq=False)
class SensorNotFound(SensorProblem):
    """Nothing with this name or address was seen."""

    seen: tuple[str, ...]

    def __str__(self) -> str:
        seen = f"in sight: {', '.join(self.seen)}" if self.seen else "no Bluetooth device was in sight"
        return (
            f"No sensor '{self.sensor}' was found ({seen}); switch it on, bring it near and close "
            "other apps that are connected to it."
        )


@dataclass(eq=False)
class SensorAmbiguous(SensorProblem):
    """Several devices go by this name."""

    candidates: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{len(self.candidates)} devices go by '{self.sensor}': {', '.join(self.candidates)}; "
            "give the address instead."
        )


@dataclass(eq=False)
class SensorNotKnown(SensorProblem):
    """The device is there, and of no kind that can be read."""

    known: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"'{self.sensor}' is no sensor that hardset can read (it reads {', '.join(self.known)}); "
            "choose another, or describe it in a profile."
        )


@dataclass(eq=False)
class SensorRefused(SensorProblem):
    """The device is there, and can't be connected or started."""

    detail: str

    def __str__(self) -> str:
        return (
            f"'{self.sensor}' is there and can't be connected ({self.detail}); close other apps that use "
            "it (a sensor takes one connection), switch it off and on, and try again."
        )
