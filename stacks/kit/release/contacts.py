"""From attempts to samples: what counts of each contact. Pure, and blind to the versions that it met.

Connect retries a failed invocation, and errors stick to contacts: counted by attempts, a release would see
one poisoned call as four. So a contact counts with its first attempt, and once more if that went well and a
later one fails; after its first failure nothing more of it counts. As the rule never looks at which version
an attempt met, two versions that fail alike stay alike in the samples, whatever sticks to whom.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from release.evidence import WARM_UP, Attempt, Sample

RETRIES_SECONDS = 8.0
"""The longest that one block can go on retrying: its limit is at most 8 s, retries included (administrator
guide, "Invoke AWS Lambda functions")."""


def callers(attempts: Iterable[Attempt]) -> tuple[Attempt, ...]:
    """Without the controller's own."""
    return tuple(one for one in attempts if not (one.contact or "").startswith(WARM_UP))


def samples(attempts: Iterable[Attempt]) -> tuple[Sample, ...]:
    """The oldest first. Attempts that have not settled are passed over: evidence ends before them."""
    by_contact: defaultdict[str, list[Attempt]] = defaultdict(list)
    nameless: defaultdict[str, list[Attempt]] = defaultdict(list)
    for attempt in sorted(attempts, key=lambda one: one.started):
        if attempt.contact is not None and attempt.failed is not None:
            by_contact[attempt.contact].append(attempt)
        elif attempt.failed:
            nameless[attempt.version].append(attempt)
    counted = [one for group in by_contact.values() for one in _counted(group)]
    counted += [one for group in nameless.values() for one in _apart(group)]
    found = (Sample(one.version, one.started, bool(one.failed)) for one in counted)
    return tuple(sorted(found, key=lambda sample: sample.started))


def _counted(attempts: Sequence[Attempt]) -> Iterator[Attempt]:
    """Of one contact, in order."""
    first, *later = attempts
    yield first
    if not first.failed:
        yield from [attempt for attempt in later if attempt.failed][:1]


def _apart(attempts: Sequence[Attempt]) -> Iterator[Attempt]:
    """Failures of one version that name no contact: what can be one block's retries is one contact's."""
    last = float("-inf")
    for attempt in attempts:
        if attempt.started >= last + RETRIES_SECONDS:
            last = attempt.started
            yield attempt
