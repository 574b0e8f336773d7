"""What a line says, in either log format."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from release.log_lines import Begun, Ended, Fact, InitFailed, Report, Started, parse, version_of

STREAM = "2026/11/20/[7]0123456789abcdef"


def fact(message: object) -> Fact | None:
    text = message if isinstance(message, str) else json.dumps(message)
    line = parse(text, STREAM, 5.0)
    return line.fact if line else None


def platform(kind: str, **record: object) -> dict[str, object]:
    return {"time": "2026-11-20T12:00:00.000Z", "type": kind, "record": record}


@pytest.mark.parametrize(
    ("message", "meaning"),
    [
        ("START RequestId: r1 Version: 7\n", Begun("r1", "7")),
        ("START RequestId: r1 Version: $LATEST\n", Begun("r1", "$LATEST")),
        (
            "REPORT RequestId: r1\tDuration: 1.25 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\t"
            "Max Memory Used: 30 MB\t\n",
            Report("r1", 1.25, 0, failed=False),
        ),
        (
            "REPORT RequestId: r1\tDuration: 1.25 ms\tBilled Duration: 2 ms\tInit Duration: 300.5 ms\t\n"
            "XRAY TraceId: 1-a\tSegmentId: b\tSampled: true\t\n",
            Report("r1", 1.25, 300.5, failed=False),
        ),
        ("REPORT RequestId: r1\tDuration: 2 ms\tRestore Duration: 70 ms", Report("r1", 2, 70, failed=False)),
        ("REPORT RequestId: r1\tDuration: 3000.00 ms\tStatus: timeout", Report("r1", 3000, 0, failed=True)),
        (
            "REPORT RequestId: r1\tDuration: 9 ms\tStatus: error\tError Type: Runtime.ExitError",
            Report("r1", 9, 0, failed=True),
        ),
        ("REPORT RequestId: r1\tDuration: 11 ms\tBilled Duration: 11 ms", Report("r1", 11, 0, failed=False)),
        ("INIT_REPORT Init Duration: 9999.8 ms\tPhase: init\tStatus: timeout", InitFailed(9999.8)),
        ("INIT_REPORT Init Duration: 20 ms\tPhase: invoke\tStatus: error", None),
        ("INIT_REPORT Init Duration: 20 ms\tPhase: init", None),
        ("END RequestId: r1\n", None),
        ("REPORT RequestId: r1", None),
        ("REPORT ", None),
        ("START", None),
        ("INIT_START Runtime Version: python:3.14.v1\n", None),
        ("[ERROR] Runtime.ImportModuleError: Unable to import module 'lookup.handler'", None),
        ("a caller's own text about REPORT RequestId: r1\tDuration: 1 ms", None),
        ("", None),
    ],
)
def test_lambdas_own_lines_as_text(message: str, meaning: Fact | None) -> None:
    assert fact(message) == meaning


@pytest.mark.parametrize(
    ("message", "meaning"),
    [
        (platform("platform.start", requestId="r1", version="7"), Begun("r1", "7")),
        (
            platform(
                "platform.report",
                requestId="r1",
                metrics={"durationMs": 1.5, "billedDurationMs": 2, "initDurationMs": 30},
                status="success",
            ),
            Report("r1", 1.5, 30, failed=False),
        ),
        (
            platform("platform.report", requestId="r1", metrics={"durationMs": 3000}, status="timeout"),
            Report("r1", 3000, 0, failed=True),
        ),
        (platform("platform.report", requestId="r1", metrics=None), Report("r1", 0, 0, failed=False)),
        (
            platform("platform.initReport", phase="init", status="error", metrics={"durationMs": 5}),
            InitFailed(5),
        ),
        (platform("platform.initReport", phase="invoke", status="error", metrics={"durationMs": 5}), None),
        (platform("platform.initReport", phase="init", status="success", metrics={"durationMs": 5}), None),
        (platform("platform.report", metrics={"durationMs": 5}), None),
        (platform("platform.runtimeDone", requestId="r1", status="success"), None),
    ],
)
def test_lambdas_own_lines_as_json(message: dict[str, object], meaning: Fact | None) -> None:
    assert fact(message) == meaning


NAMES = {"contact_id": "c1", "request_id": "r1", "function_version": "7"}


@pytest.mark.parametrize(
    ("message", "meaning"),
    [
        ({"message": "invocation started", **NAMES}, Started("r1", "7", "c1")),
        ({"message": "invocation started", "request_id": "r1"}, Started("r1", None, None)),
        (
            {"message": "invocation", **NAMES, "outcome": "raised", "duration_ms": 2.5},
            Ended("r1", "7", "c1", "raised", 2.5),
        ),
        ({"message": "invocation", **NAMES, "outcome": "ok"}, Ended("r1", "7", "c1", "ok", 0)),
        ({"message": "invocation", **NAMES}, None),
        ({"message": "invocation started", "contact_id": "c1"}, None),
        ({"message": "an invocation of mine", **NAMES}, None),
    ],
)
def test_the_decorators_lines(message: dict[str, object], meaning: Fact | None) -> None:
    assert fact(message) == meaning


@pytest.mark.parametrize(
    "message",
    [
        '{"message": "invocation", "request_id": "r1", "outco',
        '{"message": "invocation"} and more',
        "{",
        "[1]",
    ],
)
def test_json_that_is_cut_off_says_nothing(message: str) -> None:
    assert fact(message) is None


@given(st.text())
def test_no_text_breaks_the_parser(text: str) -> None:
    for start in ("", "START ", "REPORT ", "INIT_REPORT ", '{"message": "invocation", '):
        parse(start + text, text, 0)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_no_json_breaks_the_parser(value: object) -> None:
    for name in ("record", "request_id", "outcome", "duration_ms"):
        parse(json.dumps({"message": "invocation", "request_id": "r", "outcome": "ok", name: value}), "s", 0)
    record = {"requestId": "r", "metrics": value, "status": value, "version": value}
    parse(json.dumps({"type": "platform.report", "record": record}), "s", 0)


@pytest.mark.parametrize(
    ("stream", "version"),
    [
        (STREAM, "7"),
        ("2026/11/20/[$LATEST]ff", "$LATEST"),
        ("2026/11/20/lookup[12]ff", "12"),
        ("other", None),
    ],
)
def test_the_streams_name_has_the_version(stream: str, version: str | None) -> None:
    assert version_of(stream) == version


def test_a_line_keeps_its_time_and_stream() -> None:
    line = parse("START RequestId: r1 Version: 7", STREAM, 5.0)
    assert line is not None
    assert (line.at, line.stream) == (5.0, STREAM)
