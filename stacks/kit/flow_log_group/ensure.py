"""Creates the group, or takes the one that is there as it is."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from flow_log_group.errors import FlowLogGroupError
from flow_log_group.request import LogGroup

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient

CREATED, ADOPTED = "created", "adopted"
ATTEMPTS, PAUSE_SECONDS = 5, 2.0
"""For an OperationAbortedException: another request makes or changes the group at this moment."""

log = logging.getLogger(__name__)
log.setLevel(logging.INFO)


def ensure(logs: "CloudWatchLogsClient", wanted: LogGroup, sleep: Callable[[float], None]) -> str:
    """CREATED or ADOPTED. Raises FlowLogGroupError where neither is possible.

    It does not look first: a look would be out of date where Connect makes the group at this moment, and
    the answer to CreateLogGroup says the same.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            logs.create_log_group(logGroupName=wanted.name)
        except ClientError as error:
            if _code(error) == "ResourceAlreadyExistsException":
                log.info("%s is there already: adopted, with its retention", wanted.name)
                return ADOPTED
            if _code(error) != "OperationAbortedException" or attempt == ATTEMPTS:
                raise FlowLogGroupError(_words(wanted, error)) from error
            log.info("%s is being made by somebody else: looking again", wanted.name)
            sleep(PAUSE_SECONDS)
        else:
            break
    _keep(logs, wanted)
    return CREATED


def _keep(logs: "CloudWatchLogsClient", made: LogGroup) -> None:
    """Without a retention the group keeps everything: costly, but no reason to fail a deploy."""
    try:
        logs.put_retention_policy(logGroupName=made.name, retentionInDays=made.retention_days)
    except ClientError as error:
        log.warning("%s keeps its events for ever: %s", made.name, error)


def _code(error: ClientError) -> str:
    return error.response["Error"]["Code"]


def _words(wanted: LogGroup, error: ClientError) -> str:
    return (
        f"the log group {wanted.name}, to which Connect writes flow logs, is not there and could not be made "
        f"({error}): make it by hand or allow logs:CreateLogGroup on it, and deploy again"
    )
