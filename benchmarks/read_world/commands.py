"""What each read command does between its options and its output, on a canned AWS."""

import time
from collections.abc import Callable

from benchmarks.read_world import logs
from benchmarks.read_world.canned_aws import CannedAws
from patchbay.config import Environment
from patchbay.doctor import run, scene
from patchbay.doctor.checks import CHECKS
from patchbay.explain import contact as contacts
from patchbay.explain.investigation import parallel
from patchbay.explain.reading import Group, Logs
from patchbay.explain.recent import recent
from patchbay.explain.tailing import Tail
from patchbay.explain.unlogged import log_group
from patchbay.live import reading
from patchbay.live.crowd import silent
from patchbay.live.model import Unread
from patchbay.releases import sites, standing
from patchbay.releases.clients import Desk
from patchbay.releases.everywhere import everywhere
from patchbay.wiring import graph, tree

Command = Callable[[Environment, CannedAws], object]

_DAY, _HOUR = 86_400, 3_600


def _doctor(of: Environment, aws: CannedAws) -> object:
    return reading.read(of, aws)


def _doctor_all_flows(of: Environment, aws: CannedAws) -> object:
    return reading.read(of, aws, other_flows=True)


def _map(of: Environment, aws: CannedAws) -> object:
    read = scene.read(of, aws, scene.not_asked_for, other_flows=False, progress=silent)
    return list(tree.rows(graph.build(of, read.seen, run.examine(read, CHECKS))))


def _contact(of: Environment, aws: CannedAws) -> object:
    found = contacts.explain(of, aws, logs.CONTACT, "24h", time.time() - _DAY, time.time())
    assert isinstance(found, contacts.Path)
    failed = [block for block in found.blocks if block.case.entry.failed]
    assert (len(found.entries), len(found.blocks), len(failed)) == (40, 6, 2)
    return found


def _unknown(of: Environment, aws: CannedAws) -> object:
    found = contacts.explain(of, aws, logs.UNKNOWN, "24h", time.time() - _DAY, time.time())
    assert isinstance(found, contacts.Absent)
    return found


def _recent(of: Environment, aws: CannedAws) -> object:
    found = recent(of, aws, time.time() - _HOUR, time.time())
    assert found.failures == logs.FAILURES
    return found


def _logs(of: Environment, aws: CannedAws) -> object:
    name = of.names.function(next(iter(of.functions)))
    groups = {}
    for region, read in parallel(of.regions, lambda region: log_group(aws, name, region)).items():
        assert not isinstance(read, Unread)
        assert read.value
        groups[region] = Group(region, "", read.value)
    look = Tail(Logs(aws), groups, time.time() - logs.TAILED_SECONDS).look()
    assert look.lines
    return look


def _release_status(of: Environment, aws: CannedAws) -> object:
    found = everywhere(
        sites.choose(of, None, every=True), lambda site: standing.read(Desk(aws, site).lambda_, site)
    )
    assert all(each.value for each in found)
    return found


COMMANDS: dict[str, Command] = {
    "doctor": _doctor,
    "doctor --all-flows": _doctor_all_flows,
    "map": _map,
    "explain CONTACT": _contact,
    "explain UNKNOWN": _unknown,
    "explain --recent": _recent,
    "logs FUNCTION": _logs,
    "release status --all": _release_status,
}
"""UNKNOWN is a contact that no flow log tells of: every function's log is searched for it."""
