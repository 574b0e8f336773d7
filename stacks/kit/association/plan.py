"""What to do, from what is wanted, what Connect lists and what this resource owns."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """Steps in the order in which they are carried out."""

    associate: tuple[str, ...]
    disassociate: tuple[str, ...]
    forget: tuple[str, ...]
    """Owned by the record alone: Connect does not list it any more."""


def plan(wanted: Collection[str], listed: Collection[str], owned: Collection[str]) -> Plan:
    """An association that is listed but not owned was made by somebody else: adopted, and never removed."""
    unwanted = [arn for arn in owned if arn not in wanted]
    return Plan(
        associate=tuple(arn for arn in wanted if arn not in listed),
        disassociate=tuple(arn for arn in unwanted if arn in listed),
        forget=tuple(arn for arn in unwanted if arn not in listed),
    )
