"""Operators' commands, in every phase."""

import pytest

from live_alias.progress import ENDS, Phase
from tests.stacks.kit.release.sim import Region

PHASES = [phase.value for phase in Phase]
COMMANDS = ["start", "pause", "resume", "promote", "abort"]


def settled(region: Region) -> tuple[object, ...]:
    return region.live, region.previous, region.record, dict(region.stack.states.inputs)


def finish(region: Region) -> None:
    if region.record.active:
        region.command("resume")
        region.until(*ENDS)


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("phase", PHASES)
def test_a_command_may_come_twice_and_leaves_one_good_version_or_a_live_release(
    region: Region, phase: str, command: str, force: bool
) -> None:
    candidate = region.reach(phase)

    region.command(command, force=force)
    once = settled(region)
    region.now += 1
    answer = region.command(command, force=force)

    assert settled(region) == once
    assert answer.steps == ()
    assert answer.sentence
    assert region.record.active is None or region.working()
    region.callers.rates.clear()
    finish(region)
    assert region.live in [("1", {}), (candidate, {})]


@pytest.mark.parametrize("phase", PHASES)
def test_an_abort_moves_callers_to_stable_without_any_evidence(region: Region, phase: str) -> None:
    region.reach(phase)
    region.world.blind = "Logs: AccessDenied"

    region.command("abort", reason="ticket 7")

    assert region.live == ("1", {})
    if phase not in ENDS or phase == Phase.DONE:
        assert region.phase is Phase.STOP
        assert region.record.progress is not None
        assert region.record.progress.why == "ticket 7"


@pytest.mark.parametrize("phase", ["start", "shift"])
def test_a_promotion_moves_every_caller_and_is_watched(region: Region, phase: str) -> None:
    candidate = region.reach(phase)

    region.command("promote")
    assert (region.phase, region.live, region.previous) == (Phase.WATCH, (candidate, {}), "1")

    region.until(Phase.DONE)


def test_a_promotion_against_a_verdict_needs_force_and_leaves_its_reason(region: Region) -> None:
    candidate = region.reach("back")
    region.callers.rates.clear()

    answer = region.command("promote")
    assert answer.refused
    assert "--force promotes it all the same" in answer.sentence
    assert region.live == ("1", {})
    region.command("promote", force=True, reason="the alarm was another fault")

    assert (region.live, region.previous) == ((candidate, {}), "1")
    assert region.record.judged == ""
    assert region.record.progress is not None
    assert region.record.progress.why == "the alarm was another fault"
    region.until(Phase.DONE)


def test_a_forced_promotion_of_a_bad_candidate_is_still_watched(region: Region) -> None:
    region.reach("back")

    region.command("promote", force=True, reason="really")
    region.until(Phase.BACK)

    assert region.live == ("1", {})


def test_a_judged_candidate_is_started_by_force_only(region: Region) -> None:
    candidate = region.reach("back")
    region.callers.rates.clear()

    assert region.command("start").refused
    region.command("start", force=True, reason="stable was broken")

    assert region.record.judged == ""
    region.until(Phase.DONE)
    assert region.live == (candidate, {})


def test_a_start_after_an_abort_releases_again(region: Region) -> None:
    candidate = region.reach("stop")

    answer = region.command("start")
    assert answer.run is not None
    assert region.working()

    region.until(Phase.DONE)
    assert (region.live, region.previous) == ((candidate, {}), "1")


def test_a_start_in_the_second_of_the_deploy_is_another_execution(region: Region) -> None:
    region.deploy()
    region.command("abort")
    region.tick()

    region.command("start")

    assert len(region.stack.states.inputs) == 2
    region.until(Phase.DONE)


def test_a_start_after_undecided_releases_again() -> None:
    region = Region(release={"max_hours": 0.2, "force": True})
    candidate = region.deploy()
    region.until(Phase.STOP)
    region.stack.release["max_hours"] = 24

    region.command("start")

    region.until(Phase.DONE)
    assert region.live == (candidate, {})


def test_a_start_of_an_older_version_goes_back_to_it_by_evidence(region: Region) -> None:
    region.reach("done")

    region.command("start", version="1", fingerprint="one")
    region.until(Phase.DONE)

    assert (region.live, region.previous) == (("1", {}), "2")


def test_a_start_of_another_version_supersedes_the_release(region: Region) -> None:
    region.reach("shift")
    other = region.service.publish()

    region.command("start", version=other, fingerprint="other")
    region.until(Phase.DONE)

    assert (region.live, region.previous) == ((other, {}), "1")


def test_the_version_that_a_release_goes_back_to_is_no_candidate(region: Region) -> None:
    region.reach("shift")
    before = settled(region)

    answer = region.command("start", version="1", fingerprint="one")

    assert answer.refused
    assert settled(region) == before


def test_a_start_without_a_newer_version_or_of_an_unknown_one_does_nothing(region: Region) -> None:
    assert region.command("start").sentence == "nothing to release: callers are on version 1 already"
    unknown = region.command("start", version="9")
    assert unknown.refused
    assert unknown.sentence == "patchbay-prod-lookup has no version 9: there are 1"


@pytest.mark.parametrize("command", ["pause", "resume", "abort", "promote"])
def test_without_a_release_on_record_nothing_is_done(region: Region, command: str) -> None:
    answer = region.command(command)

    assert answer.steps == ()
    assert answer.refused is (command == "promote")
    assert "no release of patchbay-prod-lookup is on record" in answer.sentence


def test_without_an_alias_every_command_is_refused(region: Region) -> None:
    region.service.aliases.clear()

    assert all(region.command(command).refused for command in COMMANDS)


def test_an_abort_leaves_callers_alone_that_a_hand_moved_to_another_version(region: Region) -> None:
    region.reach("shift")
    stranger = region.service.publish()
    region.by_hand(stranger)

    region.command("abort")

    assert (region.phase, region.live) == (Phase.STOP, (stranger, {}))


def test_an_abort_takes_callers_off_the_candidate_whatever_a_hand_split_it_with(region: Region) -> None:
    candidate = region.reach("shift")
    region.by_hand(candidate, {region.service.publish(): 0.1})

    region.command("abort")

    assert (region.phase, region.live) == (Phase.STOP, ("1", {}))
    assert region.command("abort").steps == ()


def test_an_abort_without_an_earlier_version_is_refused(region: Region) -> None:
    candidate = region.reach("watch")
    del region.service.aliases["previous"]
    region.service.delete_version("1")

    assert region.command("abort").refused
    assert region.live == (candidate, {})


def test_a_promotion_of_a_version_that_is_gone_is_refused(region: Region) -> None:
    candidate = region.reach("stop")
    region.service.delete_version(candidate)

    assert region.command("promote", force=True).refused


def test_a_verdict_on_a_version_without_a_fingerprint_does_not_wipe_out_the_last_one(region: Region) -> None:
    region.reach("back")
    judged = region.record.judged
    other = region.service.publish()
    region.callers.rates[other] = 1.0

    region.command("start", version=other)
    region.until(Phase.BACK)

    assert region.record.judged == judged
