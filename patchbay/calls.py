"""Placing a call on an environment: the flow, the contact, and the AWS behind them."""

import json
import random
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict, Unpack

from patchbay import environments, flow_templates
from patchbay.aws import Aws
from patchbay.bots import fulfilments
from patchbay.calls_offline import with_own_settings
from patchbay.calls_stubs import StubNames
from patchbay.config import Environment, Instance
from patchbay.deployed_flows import DeployedFlows
from patchbay.errors import UserError
from patchbay.lambda_functions import LambdaFunctions
from patchbay.limits import CHAIN_SECONDS
from patchbay.local.connect_service import CloudWatchFlowLog, LambdaMetrics
from patchbay.local.text_messages import EmbeddedPhone
from patchbay.simulator import flow as flows
from patchbay.simulator import stubs
from patchbay.simulator.contact import Contact, Endpoint
from patchbay.simulator.flow import Flow
from patchbay.simulator.functions import FunctionName
from patchbay.simulator.given import Given
from patchbay.simulator.interpreter import place_call
from patchbay.simulator.participant import Participant
from patchbay.simulator.phone import NoPhone, Phone
from patchbay.simulator.transcript import CallResult
from patchbay.simulator.verdicts import Block

_ADDRESS = re.compile(r"\+[1-9]\d{3,14}|[^@\s]+@[^@\s]+")
_DEFAULT_ADDRESS = {"VOICE": "+14165550199", "EMAIL": "caller@example.com"}


class Circumstances(TypedDict, total=False):
    """What a call can have besides its caller, as `place_call` takes it."""

    digits: Sequence[str]
    participant: Participant
    hours_open: bool
    given: Mapping[str, Given]
    pace: float


@dataclass(frozen=True)
class Caller:
    """Who calls, how, and with what."""

    channel: str = "VOICE"
    address: str | None = None
    """E.164 number or e-mail address; None takes a made-up one where the channel has one."""
    attributes: Mapping[str, str] = field(default_factory=dict)

    def contact(self, instance: Instance | None) -> Contact:
        """A new contact. Raises UserError on an address that is neither."""
        address = self.address or _DEFAULT_ADDRESS.get(self.channel)
        if address is not None and not _ADDRESS.fullmatch(address):
            raise UserError(f"--from {address!r} is neither a number like +14165550199 nor an e-mail address")
        contact = Contact(
            contact_id=str(uuid.uuid4()),
            channel=self.channel,
            customer=Endpoint.of(address),
            system=Endpoint.of("+18005550100") if self.channel == "VOICE" else None,
            attributes=dict(self.attributes),
        )
        if instance is not None:
            contact.instance = instance.arn
        return contact


@dataclass(frozen=True)
class Line:
    """An instance of an environment, ready to take calls."""

    environment: Environment
    instance: Instance
    aws: Aws
    allow_effects: bool = False

    @property
    def resource_keys(self) -> dict[str, str]:
        """The key of each of the instance's resources by its ARN; the first where an ARN has more."""
        return {arn: key for key, arn in reversed(self.instance.resources.items())}

    def call(
        self, flow: str, caller: Caller, *, stub: Iterable[str] = (), **how: Unpack[Circumstances]
    ) -> CallResult:
        """Runs a deployed flow, or a flow file with this environment's ARNs filled in.

        On the embedded AWS the flow log and the alias's metrics are written as Connect and Lambda would, and
        the caller's phone gets text messages.
        """
        deployed = DeployedFlows(self.aws, self.instance)
        found = self._file(flow) if is_file(flow) else self._named(flow, deployed)
        options = StubNames(self.environment, self.instance).physical(stub, found)
        log, metrics = CloudWatchFlowLog(self.aws, self.instance), LambdaMetrics(self.aws)
        contact = caller.contact(self.instance)
        behind = LambdaFunctions(self.aws, self.environment, allow_effects=self.allow_effects)
        functions = stubs.load(options, behind)
        try:
            return place_call(
                found,
                contact,
                functions,
                flows=deployed,
                bots=fulfilments(self.environment, self.instance),
                flow_log=log,
                observer=metrics,
                rng=random.Random(),  # noqa: S311 - routing needs chance, not secrecy
                phone=self._phone(contact),
                **how,
            )
        finally:
            if self.aws.embedded:
                log.flush(contact.contact_id)
                metrics.flush()

    def block(
        self, function: str, caller: Caller, parameters: Mapping[str, str], region: str | None = None
    ) -> Block:
        """What an Invoke block of this instance asks for; `region` is the preferred one by default.

        Raises UserError where that would change something in a real account unasked.
        """
        environment, settings = self.environment, self.environment.function(function)
        regions = environment.group(self.instance).regions
        chosen = region or regions[0]
        if chosen not in regions:
            known = ", ".join(regions)
            raise UserError(
                f"--region {chosen!r} has no functions for {self.instance.name}: there are {known}"
            )
        event = caller.contact(self.instance).event(dict(parameters))
        block = Block(
            function=FunctionName.parse(environment.alias_arn(function, chosen)),
            payload=json.dumps(event).encode(),
            limit_ms=settings.time_limit_seconds * 1000,
            chain_left_ms=CHAIN_SECONDS * 1000,
            response_type=settings.response,
            instance=self.instance.arn,
        )
        LambdaFunctions(self.aws, self.environment, allow_effects=self.allow_effects).check_effects(
            block.function, block.payload
        )
        return block

    def _phone(self, contact: Contact) -> Phone:
        """On the embedded AWS what is sent to the caller's number can be read."""
        if not self.aws.embedded or contact.customer is None:
            return NoPhone()
        connect = self.aws.client("connect", self.instance.arn.region, self.instance.arn.account)
        return EmbeddedPhone(connect.meta.endpoint_url, contact.customer.address)

    def _file(self, path: str) -> Flow:
        text = flow_templates.render(_read(path), self.environment, self.instance, path)
        return flows.load(text, Path(path).stem)

    def _named(self, name: str, deployed: DeployedFlows) -> Flow:
        for candidate in (self.environment.names.flow(name), name):
            if candidate in deployed:
                return deployed[candidate]
        known = ", ".join(deployed.names) or "none"
        raise UserError(
            f"flow {name!r} is not on instance {self.instance.name}: there are {known}; "
            "a path to a flow file works too"
        )


def line(env: str, instance: str | None, *, allow_effects: bool = False) -> Line:
    """The named environment's instance (its first where none is named)."""
    environment = environments.load(env)
    chosen = environment.instance(instance) if instance else environment.instances[0]
    return Line(environment, chosen, Aws(environment), allow_effects)


def offline(
    path: str, caller: Caller, *, stub: Iterable[str] = (), **how: Unpack[Circumstances]
) -> CallResult:
    """Runs a flow file with stubs and no AWS at all."""
    flow = flows.load(with_own_settings(_read(path)), Path(path).stem)
    return place_call(flow, caller.contact(None), stubs.load(stub), **how)


def is_file(flow: str) -> bool:
    """Whether FLOW is a path: one with a folder, an ending, or a file of that name."""
    return flow.endswith(".json") or "/" in flow or Path(flow).is_file()


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"cannot read the flow file {path}: {getattr(error, 'strerror', None) or error}"
        ) from error
