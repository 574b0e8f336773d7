"""CloudWatch Logs that a test writes to."""

from typing import Any

from botocore.exceptions import ClientError


class FakeLogs:
    """Answers FilterLogEvents in pages of `page` events; keeps what was asked."""

    embedded = True

    def __init__(self, page: int = 100) -> None:
        self.page = page
        self.groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self.asked: list[dict[str, Any]] = []
        self.refuse: str | None = None
        self._region = ""

    def client(self, service: str, region: str, account: str = "") -> "FakeLogs":
        """As `Aws.client`."""
        assert service == "logs"
        found = FakeLogs(self.page)
        found.__dict__ = {**self.__dict__, "_region": region}
        return found

    def write(self, region: str, group: str, at: float, message: str, stream: str = "s", **more: str) -> None:
        """One event."""
        event = {"timestamp": round(at * 1000), "message": message, "logStreamName": stream, **more}
        self.groups.setdefault((region, group), []).append(event)

    def filter_log_events(self, **asks: Any) -> dict[str, Any]:
        """Only times; patterns are AWS's business."""
        self.asked.append(asks)
        if self.refuse:
            error = {"Error": {"Code": self.refuse, "Message": "no"}}
            raise ClientError(error, "FilterLogEvents")  # type: ignore[arg-type]
        if (self._region, asks["logGroupName"]) not in self.groups:
            error = {"Error": {"Code": "ResourceNotFoundException", "Message": "no"}}
            raise ClientError(error, "FilterLogEvents")  # type: ignore[arg-type]
        events = [
            event
            for event in self.groups[self._region, asks["logGroupName"]]
            if asks["startTime"] <= event["timestamp"] <= asks.get("endTime", float("inf"))
        ]
        events.sort(key=lambda event: event["timestamp"])
        first = int(asks.get("nextToken", 0))
        rest = {"nextToken": str(first + self.page)} if first + self.page < len(events) else {}
        return {"events": events[first : first + self.page], **rest}
