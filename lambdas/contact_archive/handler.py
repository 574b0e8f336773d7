"""Entry point of the contact archive."""

import os
import time

from common import remaining
from common.event import ContactEvent
from common.handler import contact_handler
from contact_archive import logic
from contact_archive.budget import Budget
from contact_archive.store import BucketAndConnect


@contact_handler
def handler(event: ContactEvent) -> dict[str, object]:
    """Archives the contact's attributes; its settings are the variables of function.toml."""
    budget = Budget(int(os.environ.get("NUM_RETRIES", "0")), remaining.seconds, time.sleep)
    rules = logic.Rules(os.environ.get("INSTANCE_ID", ""), os.environ.get("LEFT_OUT", ""))
    return logic.answer(event, rules, BucketAndConnect(budget))
