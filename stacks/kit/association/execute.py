"""Carries out a request against Connect and the record of ownership."""

import logging
from dataclasses import dataclass, field

from association import words
from association.connect_api import ConnectApi
from association.errors import AssociationError, RefusedError
from association.ownership import Ownership
from association.plan import plan
from association.request import Instance, Request

LISTINGS = 3
"""How often the list is read, at most, until it shows what was associated."""
LISTING_PAUSE_SECONDS = 2.0
# How the service may refuse a function of another Region or account; AWS does not document that it works.
FOREIGN_REFUSALS = {
    "InvalidRequestException",
    "InvalidParameterException",
    "ResourceNotFoundException",
    "AccessDeniedException",
}

log = logging.getLogger(__name__)
log.setLevel(logging.INFO)


@dataclass
class _Run:
    """What one event did so far."""

    instance: Instance
    listed: tuple[str, ...]
    remembered: list[str] = field(default_factory=list)
    """Associated by this run, or possibly so."""
    answered: dict[str, bool] = field(default_factory=dict)
    """By ARN that the list has to show: whether the answer was a 409."""
    skipped: dict[str, str] = field(default_factory=dict)
    """Reason by ARN, of another Region or account, that Connect does not associate."""


def bring_about(request: Request, connect: ConnectApi, ownership: Ownership) -> dict[str, str]:
    """Create or Update: returns the response's Data.

    Associates first and removes last, so that nothing wanted is missing in between. Raises AssociationError;
    where CloudFormation will send no Delete after it, what this run made is undone before.
    """
    instance, wanted = request.wanted.instance, request.wanted.functions
    run = _Run(instance, _listed(instance, connect))
    owned = ownership.read()
    steps = plan(wanted, run.listed, owned)
    try:
        for arn in steps.associate:
            _associate(run, arn, connect, ownership, is_ours=arn in owned)
        _verify(run, connect, ownership)
        ownership.move(wanted)
        _remove(instance, steps.disassociate, connect, ownership)
    except Exception:
        if not request.is_known:
            _undo(run, connect, ownership)
        raise
    for arn in steps.forget:
        ownership.forget(arn)
    associated = [arn for arn in wanted if arn not in run.skipped]
    return {"Associated": str(len(associated)), "Warnings": words.warning(instance, run.skipped) or "none"}


def remove(request: Request, connect: ConnectApi, ownership: Ownership) -> None:
    """Delete: removes what this resource owns, listed or not: the list may lag behind."""
    _remove(request.wanted.instance, ownership.read(), connect, ownership)


def _listed(instance: Instance, connect: ConnectApi) -> tuple[str, ...]:
    try:
        return connect.listed()
    except RefusedError as refusal:
        raise words.cannot_list(instance, refusal) from refusal


def _associate(run: _Run, arn: str, connect: ConnectApi, ownership: Ownership, *, is_ours: bool) -> None:
    # Remembered first: a crash in between leaves a record without an association, never the reverse.
    ownership.remember(arn)
    run.remembered.append(arn)
    try:
        connect.associate(arn)
        run.answered[arn] = False
    except RefusedError as refusal:
        # A 409 on one that is ours: an earlier run made it and died, and the list lags behind.
        if not refusal.uncertain and not (refusal.conflict and is_ours):
            ownership.forget(arn)
            run.remembered.remove(arn)
        _judge(run, arn, refusal)


def _judge(run: _Run, arn: str, refusal: RefusedError) -> None:
    if refusal.conflict:
        run.answered[arn] = True
    elif refusal.code in FOREIGN_REFUSALS and run.instance.is_foreign(arn):
        _skip(run, arn, refusal.code)
    else:
        associated = len(run.listed) + len(run.answered)
        raise words.cannot_associate(run.instance, arn, refusal, associated) from refusal


def _skip(run: _Run, arn: str, reason: str) -> None:
    run.skipped[arn] = reason
    log.warning(words.warning(run.instance, {arn: reason}))


def _verify(run: _Run, connect: ConnectApi, ownership: Ownership) -> None:
    missing = _not_listed(run, connect) if run.answered else []
    for arn in missing:
        if not run.instance.is_foreign(arn):
            raise words.not_shown(run.instance, arn, conflict=run.answered[arn])
        ownership.forget(arn)
        _skip(run, arn, "accepted, but not listed")


def _not_listed(run: _Run, connect: ConnectApi) -> list[str]:
    """One listing where all is well; a few more where the list lags behind."""
    missing = list(run.answered)
    for listing in range(LISTINGS):
        if listing:
            connect.pace.pause(LISTING_PAUSE_SECONDS)
        listed = _listed(run.instance, connect)
        missing = [arn for arn in run.answered if arn not in listed]
        if not missing:
            break
    return missing


def _remove(instance: Instance, arns: tuple[str, ...], connect: ConnectApi, ownership: Ownership) -> None:
    for arn in arns:
        try:
            connect.disassociate(arn)
        except RefusedError as refusal:
            raise words.cannot_disassociate(instance, arn, refusal) from refusal
        ownership.forget(arn)


def _undo(run: _Run, connect: ConnectApi, ownership: Ownership) -> None:
    """What cannot be undone stays remembered, so that the next Create owns it."""
    connect.pace.release_reserve()
    for arn in reversed(run.remembered):
        try:
            connect.disassociate(arn)
            ownership.forget(arn)
        except (RefusedError, AssociationError) as error:
            log.error("not undone: the association of %s with %s: %s", arn, run.instance.arn, error)
