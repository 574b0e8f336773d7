"""Tells everybody who listens: an event for each change of state, a metric for what wakes people."""

import json
import logging
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from live_alias.executions import Run
from live_alias.progress import Phase
from release.clients import Clients
from release.place import Place
from release.world import News

if TYPE_CHECKING:
    from mypy_boto3_events.type_defs import PutEventsRequestEntryTypeDef

SOURCE, DETAIL_TYPE = "patchbay", "Patchbay Release State Change"
NAMESPACE, ROLLED_BACK, STUCK = "Patchbay/Releases", "RolledBack", "Stuck"

log = logging.getLogger(__name__)


def tell(clients: Clients, place: Place, run: Run, news: News) -> None:
    """Never raises."""
    try:
        _event(clients, place, run, news)
    except Exception:
        log.exception("EventBridge was not told that %s is in phase %s", run.name, news.phase)
    try:
        _metrics(clients, place, news)
    except Exception:
        log.exception("CloudWatch was not told that %s is in phase %s", run.name, news.phase)


def still_stuck(clients: Clients, place: Place, run: Run) -> None:
    """The metric again, so that its alarm does not end before the trouble. Never raises."""
    try:
        _count(clients, place, [STUCK])
    except Exception:
        log.exception("CloudWatch was not told that %s is still stuck", run.name)


def _event(clients: Clients, place: Place, run: Run, news: News) -> None:
    where = {
        "app": place.app,
        "environment": place.environment,
        "region": place.region,
        "account": place.account,
        "execution": run.name,
    }
    entry: PutEventsRequestEntryTypeDef = {
        "Source": SOURCE,
        "DetailType": DETAIL_TYPE,
        "Detail": json.dumps({**asdict(news), **where}),
    }
    answer = clients.events.put_events(Entries=[entry])
    # A refused entry is no error of the call.
    if answer["FailedEntryCount"]:
        refused = answer["Entries"][0]
        log.error(
            "EventBridge refused the news of %s: %s %s",
            run.name,
            refused.get("ErrorCode"),
            refused.get("ErrorMessage"),
        )


def _metrics(clients: Clients, place: Place, news: News) -> None:
    names = [ROLLED_BACK] * (news.phase == Phase.BACK) + [STUCK] * news.stuck
    _count(clients, place, names)


def _count(clients: Clients, place: Place, names: Iterable[str]) -> None:
    for name in names:
        clients.metrics.put_metric_data(
            Namespace=NAMESPACE,
            MetricData=[
                {
                    "MetricName": name,
                    "Dimensions": [
                        {"Name": "App", "Value": place.app},
                        {"Name": "Environment", "Value": place.environment},
                    ],
                    "Value": 1,
                    "Unit": "Count",
                }
            ],
        )
