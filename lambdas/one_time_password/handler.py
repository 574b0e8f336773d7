"""Entry point of the one-time password."""

import time

from common.answers import failure
from common.event import ContactEvent
from common.handler import contact_handler
from common.tables import TableUnavailable
from one_time_password import logic, sms
from one_time_password.key import KeyUnavailable, key
from one_time_password.store import TablesOfPasswords


@contact_handler
def handler(event: ContactEvent) -> dict[str, object]:
    """Performs the parameter `operation`: issue, verify or state. The code itself is in no answer."""
    try:
        return logic.answer(event, logic.Services(TablesOfPasswords(), key, sms.send, int(time.time())))
    except (TableUnavailable, KeyUnavailable):
        return failure("passwordUnavailable", retryable=True)
