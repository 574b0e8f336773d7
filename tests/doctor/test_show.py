"""What the doctor prints."""

import json

import pytest

from patchbay.doctor import run, show
from patchbay.doctor.model import Check, Finding, Mend, Place, Status, failed, passed, skipped, warned
from patchbay.doctor.run import Result
from patchbay.live.model import Unread
from tests.doctor import scenes

WEST = Place(function="tutorial", region="us-west-2")
EAST = Place(function="tutorial", region="us-east-1")


def check(id_: str) -> Check:
    return Check(
        id=id_,
        title=f"{id_} is right",
        why="callers get lost.",
        fix="deploy",
        link="docs/doctor.md",
        look=lambda scene: (),
    )


def result(id_: str, *findings: Finding) -> Result:
    return Result(check(id_), findings)


BROKEN = result("permission", passed(EAST, "it is"), failed(WEST, "nobody may invoke it", "npx cdk deploy"))
FINE = result("alias-exists", passed(EAST, "it is there"), passed(WEST, "it is there"))
UNKNOWN = result("quota", *[skipped(Place(instance=f"i{n}"), Unread("refused", "a:B")) for n in range(5)])


def lines(capsys: pytest.CaptureFixture[str], *found: Result) -> list[str]:
    show.results(found)
    return [line.rstrip() for line in capsys.readouterr().out.splitlines()]


def test_each_check_has_a_line_with_the_worst_that_it_found(capsys: pytest.CaptureFixture[str]) -> None:
    shown = lines(capsys, FINE, BROKEN)
    assert shown[:2] == [
        "PASS    alias-exists is right  2 looked at",
        "FAIL    permission is right    1 FAIL, 1 PASS",
    ]


def test_what_is_wrong_is_told_with_its_place_its_sentence_and_what_to_do(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = "\n".join(lines(capsys, FINE, BROKEN))
    assert "FAIL  tutorial in us-west-2: nobody may invoke it\n   fix  npx cdk deploy" in told
    assert "tutorial in us-east-1" not in told


def test_rights_that_are_missing_are_listed_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert lines(capsys, UNKNOWN).count("  a:B") == 1


def test_what_was_skipped_for_one_reason_is_one_line_over_all_checks(
    capsys: pytest.CaptureFixture[str],
) -> None:
    other = result("weights", passed(EAST, ""), skipped(WEST, Unread("refused")))
    shown = lines(capsys, UNKNOWN, other)
    at = shown.index("not looked at, by reason")
    places = "instance i0, instance i1, instance i2 and 3 more"
    assert shown[at + 1] == f"  SKIPPED  refused: {places} (quota, weights)"
    assert sum("SKIPPED  refused" in line for line in shown) == 1


def test_the_worst_stands_last(capsys: pytest.CaptureFixture[str]) -> None:
    soon = result("throttles", warned(WEST, "soon", "look"))
    shown = lines(capsys, BROKEN, UNKNOWN, soon)
    parts = ("not looked at, by reason", "throttles is right (throttles)", "permission is right (permission)")
    found = [shown.index(part) for part in parts]
    assert found == sorted(found)


def test_each_command_of_a_fix_has_a_line_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    fix = "aws lambda remove-permission --region x; then: patchbay doctor --env local --fix"
    shown = lines(capsys, result("permission", failed(WEST, "no", fix)))
    at = shown.index("   fix  aws lambda remove-permission --region x")
    assert shown[at + 1 : at + 3] == ["        then:", "        patchbay doctor --env local --fix"]


def test_notes_stand_above_the_last_line(capsys: pytest.CaptureFixture[str]) -> None:
    show.results((FINE,), ["3 flows were not read"])
    assert capsys.readouterr().out.endswith("\n3 flows were not read\n1 passed\n")


def test_the_last_line_counts_the_checks(capsys: pytest.CaptureFixture[str]) -> None:
    assert lines(capsys, FINE, BROKEN, UNKNOWN)[-1] == "1 FAIL, 1 skipped, 1 passed"


def test_what_was_skipped_is_no_pass_and_no_failure() -> None:
    assert UNKNOWN.status is Status.SKIPPED
    assert Result(check("x"), (*UNKNOWN.findings, passed(WEST, ""))).status is Status.SKIPPED
    assert run.exit_code((UNKNOWN, FINE)) == 0


@pytest.mark.parametrize(("found", "code"), [((FINE,), 0), ((BROKEN, FINE), 1), ((UNKNOWN, BROKEN), 1)])
def test_a_failure_anywhere_is_exit_code_1(found: tuple[Result, ...], code: int) -> None:
    assert run.exit_code(found) == code


def test_a_warning_alone_is_exit_code_0() -> None:
    assert run.exit_code((result("x", warned(WEST, "soon", "look")),)) == 0


def test_a_check_with_nothing_to_look_at_is_skipped() -> None:
    (only,) = run.examine(scenes.healthy(), (check("x"),))
    assert only.status is Status.SKIPPED


def test_data_has_every_finding_with_its_place() -> None:
    mend = Mend("adds it", "add-permission", {})
    (one,) = show.as_data([result("x", failed(WEST, "gone", "deploy", mend))])
    assert one["status"] == "FAIL"
    assert one["findings"] == [
        {
            "status": "FAIL",
            "place": {"function": "tutorial", "region": "us-west-2"},
            "sentence": "gone",
            "fix": "deploy",
            "mend": "adds it",
        }
    ]
    json.dumps(one)


def test_the_plan_is_numbered(capsys: pytest.CaptureFixture[str]) -> None:
    show.plan([Mend("adds a", "associate", {}), Mend("adds b", "associate", {})])
    assert "  1. adds a\n  2. adds b\n" in capsys.readouterr().out
