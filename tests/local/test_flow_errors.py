"""What Connect counts of flows on the embedded AWS."""

from patchbay.local import flow_errors


def test_a_block_that_takes_its_error_branch_is_one_error_of_its_flow() -> None:
    found = flow_errors.metrics("some-id", ["main"])
    (datum,) = found["AWS/Connect"]
    dimensions = {one["Name"]: one["Value"] for one in datum["Dimensions"]}
    assert (datum["MetricName"], datum["Value"]) == ("ContactFlowErrors", 1)
    assert dimensions == {"InstanceId": "some-id", "MetricGroup": "ContactFlow", "ContactFlowName": "main"}


def test_without_an_error_nothing_is_counted() -> None:
    assert flow_errors.metrics("some-id", []) == {}


def test_a_flow_whose_name_metrics_cannot_have_has_none() -> None:
    assert flow_errors.metrics("some-id", ["Menü"]) == {}
