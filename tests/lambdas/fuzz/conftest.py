"""The samples deployed once a file, and a log that takes what Lambda's takes."""

import logging
import sys
from collections.abc import Iterator

import pytest

from common import log as handlers_log
from tests.lambdas.fuzz.deployment import Deployment, deployed
from tests.lambdas.fuzz.logged import Log


@pytest.fixture(scope="module")
def deployment() -> Iterator[Deployment]:
    with deployed() as found:
        yield found


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[Log]:
    """Lines of the handlers, and warnings of any other logger: Lambda keeps both."""
    written = Log()
    handler = handlers_log.logger.registered_handler
    assert isinstance(handler, logging.StreamHandler)
    before = handler.setStream(written)
    others = logging.StreamHandler(written)
    others.setLevel(logging.WARNING)
    others.addFilter(lambda record: record.name != handlers_log.logger.name)
    logging.getLogger().addHandler(others)
    for used in (handler, others):
        monkeypatch.setattr(used, "handleError", _raised)
    yield written
    logging.getLogger().removeHandler(others)
    handler.setStream(before)


def _raised(record: logging.LogRecord) -> None:
    """A line that could not be written, in place of a message on standard error."""
    error = sys.exc_info()[1]
    assert error is not None
    raise error
