"""Real boto3 clients over hand-written services.

botocore checks every parameter and every answer against AWS's own service model, and raises its own
exceptions; only the way over the network is replaced.
"""

from functools import cache
from typing import Any, Protocol

import boto3
from botocore.config import Config
from botocore.validate import validate_parameters


class ServiceError(Exception):
    """What a service answers instead of a result."""

    def __init__(self, code: str, status: int, message: str = "") -> None:
        super().__init__(code)
        self.code, self.status, self.message = code, status, message


class Service(Protocol):
    """A service in memory."""

    def call(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        """Raises ServiceError, or an exception of botocore for a broken connection."""


class Repeated(dict[str, Any]):
    """An element of many answers' lists, so it is checked against the model once. Nobody changes it."""

    checked = False


def _validate(result: dict[str, Any], shape: Any) -> None:
    """Raises botocore's own error on an answer that AWS's model does not have."""
    new = {key: _unchecked(value) if isinstance(value, list) else value for key, value in result.items()}
    validate_parameters(new, shape)
    for value in new.values():
        for element in value if isinstance(value, list) else ():
            if isinstance(element, Repeated):
                element.checked = True


def _unchecked(elements: list[Any]) -> list[Any]:
    return [element for element in elements if not (isinstance(element, Repeated) and element.checked)]


class Line:
    """Where the calls of a client go now: making a client takes a tenth of a second, so tests share them."""

    service: Service


class Answer:
    """The HTTP part of an answer, as far as botocore looks at it."""

    def __init__(self, status: int) -> None:
        self.status_code = status


def client(name: str, service: Service) -> Any:
    """A boto3 client of `name` that talks to `service`, until the next call for that name."""
    made, line = _connected(name)
    line.service = service
    return made


@cache
def _connected(name: str) -> tuple[Any, Line]:
    line = Line()
    # botocore puts its usual user agent together again for each call.
    config = Config(user_agent="tests")
    made = boto3.client(name, region_name="eu-west-2", config=config)  # type: ignore[call-overload]  # any service's name

    def keep(params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        context["parameters"] = dict(params)

    def serve(model: Any, context: dict[str, Any], **_: Any) -> tuple[Answer, dict[str, Any]]:
        try:
            result = line.service.call(model.name, context["parameters"])
        except ServiceError as error:
            details = {"Code": error.code, "Message": error.message}
            metadata = {"HTTPStatusCode": error.status}
            return Answer(error.status), {"Error": details, "ResponseMetadata": metadata}
        if model.output_shape is not None:
            _validate(result, model.output_shape)
        return Answer(200), {**result, "ResponseMetadata": {"HTTPStatusCode": 200}}

    made.meta.events.register_last("before-parameter-build.*.*", keep)
    made.meta.events.register("before-call.*.*", serve)
    return made, line
