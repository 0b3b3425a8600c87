"""From the played score to exact kinematics, and what an ideal sensor on the body feels.

Position and angles are interpolated by one cubic spline through 1 kHz points; velocity and
acceleration are its derivatives, so the acceleration integrates back to the truth exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicSpline

from hardset.signal.samples import STANDARD_GRAVITY_MPS2, FloatArray


@dataclass(frozen=True, slots=True)
class RigidPath:
    """A rigid body on its way, sampled at 1 kHz. Earth frame with z up; SI units."""

    time_s: FloatArray
    position_m: FloatArray
    """(n, 3) reference point of the body (bar centre, or middle of the segment)."""
    velocity_mps: FloatArray
    acceleration_mps2: FloatArray
    to_earth: FloatArray
    """(n, 3, 3) rotation from body to earth."""
    angular_velocity_radps: FloatArray
    """(n, 3) in the body frame."""
    angular_acceleration_radps2: FloatArray


@dataclass(frozen=True, slots=True)
class IdealSignals:
    """What a perfect sensor fixed to the body measures, in the body frame."""

    specific_force_mps2: FloatArray
    angular_velocity_radps: FloatArray


def derivatives(time_s: FloatArray, values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """First and second derivative along the first axis, of the cubic spline through the points."""
    spline = CubicSpline(time_s, values, axis=0)
    return np.asarray(spline(time_s, 1)), np.asarray(spline(time_s, 2))


def rotation_matrices(turn: FloatArray, tilt: FloatArray, yaw: FloatArray) -> FloatArray:
    """(n, 3, 3) body to earth: yaw about z, then tilt about x, then turn about the body's y (the bar)."""
    ct, st = np.cos(turn), np.sin(turn)
    cx, sx = np.cos(tilt), np.sin(tilt)
    cz, sz = np.cos(yaw), np.sin(yaw)
    rows = (
        (cz * ct - sz * sx * st, -sz * cx, cz * st + sz * sx * ct),
        (sz * ct + cz * sx * st, cz * cx, sz * st - cz * sx * ct),
        (-cx * st, sx, cx * ct),
    )
    return np.moveaxis(np.array(rows), 2, 0)


def body_rates(angles: FloatArray, rates: FloatArray) -> FloatArray:
    """(n, 3) angular velocity in the body frame from turn, tilt, yaw and their rates."""
    turn, tilt = angles[:, 0], angles[:, 1]
    turn_rate, tilt_rate, yaw_rate = rates.T
    ct, st = np.cos(turn), np.sin(turn)
    cx, sx = np.cos(tilt), np.sin(tilt)
    return np.column_stack(
        (
            tilt_rate * ct - yaw_rate * cx * st,
            turn_rate + yaw_rate * sx,
            tilt_rate * st + yaw_rate * cx * ct,
        )
    )


def rigid_path(time_s: FloatArray, position_m: FloatArray, angles_rad: FloatArray) -> RigidPath:
    """Kinematics of a body from its (n, 3) position and its (n, 3) turn, tilt and yaw at 1 kHz."""
    first, second = derivatives(time_s, np.column_stack((position_m, angles_rad)))
    omega = body_rates(angles_rad, first[:, 3:])
    alpha, _ = derivatives(time_s, omega)
    return RigidPath(
        time_s=time_s,
        position_m=position_m,
        velocity_mps=first[:, :3],
        acceleration_mps2=second[:, :3],
        to_earth=rotation_matrices(*angles_rad.T),
        angular_velocity_radps=omega,
        angular_acceleration_radps2=alpha,
    )


def ideal_signals(path: RigidPath, lever_m: FloatArray) -> IdealSignals:
    """Specific force and turn rate at `lever_m` (3,) from the reference point, both in the body frame."""
    force = path.acceleration_mps2 + np.array([0.0, 0.0, STANDARD_GRAVITY_MPS2])
    in_body = np.einsum("nji,nj->ni", path.to_earth, force)
    omega = path.angular_velocity_radps
    in_body += np.cross(path.angular_acceleration_radps2, lever_m)
    in_body += np.cross(omega, np.cross(omega, lever_m))
    return IdealSignals(in_body, omega)
