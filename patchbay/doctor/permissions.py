"""Who has to be let in by an alias's policy, who is, and which statement nearly does.

Whether a request goes through is decided as the simulated Connect decides it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from patchbay.arns import Arn
from patchbay.config import Environment
from patchbay.doctor.model import Scene
from patchbay.functions import Kind
from patchbay.live.model import LiveFunction, Policy, Read, Statement, Unread
from patchbay.naming import LIVE
from patchbay.simulator.policies import ACTION, CONNECT, LEX, Request, refusal

INVOKERS = (CONNECT, LEX)


@dataclass(frozen=True)
class Source:
    """An instance or a bot alias that invokes a function."""

    instance: str
    principal: str
    arn: Arn
    label: str
    """For people."""

    def exactly(self, statement: Statement) -> bool:
        """Whether the statement lets in this one alone."""
        return statement.exact and self.is_named(statement) and statement.source_account == self.arn.account

    def is_named(self, statement: Statement) -> bool:
        """Whether principal and ARN are this one's."""
        return (statement.principal, statement.source_arn) == (self.principal, str(self.arn))


@dataclass(frozen=True)
class Standing:
    """How one source stands with the alias's policy."""

    source: Source
    refused: str | None
    """Why its calls are refused; None where they go through."""
    exact: bool
    """Whether a statement is there for it alone."""
    near: Statement | None
    """Where it is refused: the statement that was meant for it."""


def sources(environment: Environment, live: LiveFunction) -> Iterator[Source]:
    """As `stacks.components.invoke_permission` permits them."""
    function = environment.functions[live.function]
    wired = {each.name: instances for each, instances in environment.wired(live.region)}
    for instance in wired.get(live.function, ()):
        if function.kind is Kind.FLOW:
            yield Source(instance.name, CONNECT, instance.arn, f"instance {instance.name}")
        if function.bot:
            bot = Arn.parse(instance.resources[function.bot])
            yield Source(instance.name, LEX, bot, f"bot {function.bot} of {instance.name}")


def statements(policy: Read[Policy | None] | Unread) -> tuple[Statement, ...]:
    """None where there is no policy, or none was read."""
    return policy.value.statements if isinstance(policy, Read) and policy.value else ()


def standings(scene: Scene, live: LiveFunction) -> tuple[Standing, ...]:
    """Of everybody who has to be let in. The alias's policy was read."""
    wanted = tuple(sources(scene.environment, live))
    there = statements(live.policy)
    free = [each for each in there if not any(source.exactly(each) for source in wanted)]
    free += statements(live.bare_policy)
    return tuple(_standing(scene, live, source, there, free) for source in wanted)


def _standing(
    scene: Scene, live: LiveFunction, source: Source, there: Iterable[Statement], free: Iterable[Statement]
) -> Standing:
    alias = _alias(scene, live)
    document = {"Statement": [dict(statement.raw) for statement in there]}
    refused = refusal(document, Request(alias, source.arn, source.principal))
    exact = any(source.exactly(statement) for statement in there)
    near = max(free, key=lambda each: _fits(scene, alias, source, each), default=None)
    if not refused or near is None or not _fits(scene, alias, source, near):
        near = None
    return Standing(source, refused, exact, near)


def meant(scene: Scene, live: LiveFunction) -> tuple[Statement, ...]:
    """Statements that are wrong, but were meant for somebody who is refused: the check permission reports
    them, so others need not. None where that check could not look."""
    if isinstance(live.policy, Unread):
        return ()
    return tuple(each.near for each in standings(scene, live) if each.near is not None)


def wrong_parts(scene: Scene, live: LiveFunction, source: Source, statement: Statement) -> str:
    """What keeps a statement from being the one for `source`, in words."""
    wanted = (
        (statement.resource == _alias(scene, live), f"is for {statement.resource}, not for the alias {LIVE}"),
        (
            statement.principal == source.principal,
            f"lets in {statement.principal}, not {source.principal}",
        ),
        (
            statement.source_account == source.arn.account,
            f"asks for account {statement.source_account}, but {source.label} is in {source.arn.account}",
        ),
        (statement.source_arn == str(source.arn), f"asks for {statement.source_arn}, not {source.arn}"),
    )
    wrong = [words for fits, words in wanted if not fits]
    return " and ".join(wrong) or "has further conditions, or does not allow lambda:InvokeFunction"


def _alias(scene: Scene, live: LiveFunction) -> str:
    return scene.environment.alias_arn(live.function, live.region)


def _fits(scene: Scene, alias: str, source: Source, statement: Statement) -> int:
    """How much of it fits, 0 where it was not meant for `source`: on the alias the ARN may differ where no
    instance of that ARN is there."""
    if ACTION not in statement.actions:
        return 0
    arn = statement.source_arn == str(source.arn)
    rest = (statement.principal == source.principal) + (statement.source_account == source.arn.account)
    is_alive = scene.seen.sources.get(statement.source_arn or "") == Read(value=True)
    if not arn and (rest < 2 or is_alive or statement.resource != alias):
        return 0
    return 2 * arn + rest + (statement.resource == alias)
