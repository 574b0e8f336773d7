"""Every check, in the order of the table: what stands on something comes after it."""

from patchbay.doctor.model import Check

CHECKS: tuple[Check, ...] = ()
