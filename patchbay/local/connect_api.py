"""Amazon Connect for the embedded AWS: moto's instances, plus what moto lacks.

That is: instance attributes, associations, flows and contact attributes.

Requests are parsed, and answers and errors written, from botocore's service model by moto.
"""

import threading
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from moto.connect import responses, urls
from moto.connect.models import Instance, connect_backends
from moto.core.responses import ActionResult, EmptyResult
from moto.moto_server.werkzeug_app import create_backend_app

from patchbay.arns import InstanceArn
from patchbay.local.connect_attributes import InstanceAttributes
from patchbay.local.connect_contacts import ContactAttributes
from patchbay.local.connect_state import ConnectError, ConnectState, StoredFlow

_PAGE = 25
_INSTANCE, _FLOW = "(?P<InstanceId>[^/]+)", "(?P<ContactFlowId>[^/]+)"
_CONTACT, _MODULE = "(?P<InitialContactId>[^/]+)", "(?P<ContactFlowModuleId>[^/]+)"
_PATHS = (
    f"/instance/{_INSTANCE}/lambda-function$",
    f"/instance/{_INSTANCE}/lambda-functions$",
    f"/instance/{_INSTANCE}/attributes$",
    f"/instance/{_INSTANCE}/attribute/(?P<AttributeType>[^/]+)$",
    f"/contact-flows-summary/{_INSTANCE}$",
    f"/contact-flows/{_INSTANCE}$",
    f"/contact-flows/{_INSTANCE}/{_FLOW}$",
    *(f"/contact-flows/{_INSTANCE}/{_FLOW}/{part}$" for part in ("content", "name", "metadata")),
    f"/contact-flow-modules-summary/{_INSTANCE}$",
    f"/contact-flow-modules/{_INSTANCE}/{_MODULE}$",
    "/contact/attributes$",
    f"/contact/attributes/{_INSTANCE}/{_CONTACT}$",
)

_states: dict[tuple[str, str], ConnectState] = defaultdict(ConnectState)
_contacts: dict[tuple[str, str], ContactAttributes] = defaultdict(ContactAttributes)
_attributes: dict[tuple[str, str], InstanceAttributes] = defaultdict(InstanceAttributes)
_lock = threading.Lock()


def state(account: str, region: str) -> ConnectState:
    """The associations and flows of one account and Region."""
    with _lock:
        return _states[account, region]


def contacts(account: str, region: str) -> ContactAttributes:
    """The attributes that the API was told in one account and Region."""
    with _lock:
        return _contacts[account, region]


def attributes(account: str, region: str) -> InstanceAttributes:
    """The toggles of the instances of one account and Region."""
    with _lock:
        return _attributes[account, region]


def add_instance(arn: InstanceArn, alias: str) -> None:
    """An instance that exists before any deploy, as in a real account."""
    instance = Instance("CONNECT_MANAGED", True, True, arn.account, arn.region, alias)
    instance.id, instance.arn = arn.instance_id, str(arn)
    connect_backends[arn.account][arn.region].instances[instance.id] = instance


class ConnectResponse(responses.ConnectResponse):
    """The operations that moto lacks, one method each, named as moto's dispatcher wants them."""

    def __init__(self) -> None:
        super().__init__()
        self.automated_parameter_parsing = True

    @property
    def _state(self) -> ConnectState:
        self.connect_backend.describe_instance(self._instance_id)
        return state(self.current_account, self.region)

    @property
    def _instance_id(self) -> str:
        return str(self._get_param("InstanceId")).rpartition("/")[2]

    def describe_instance_attribute(self) -> ActionResult:
        kind = str(self._get_param("AttributeType"))
        value = self._attributes.get(self._instance_id, kind)
        return ActionResult({"Attribute": {"AttributeType": kind, "Value": value}})

    def list_instance_attributes(self) -> ActionResult:
        found = self._attributes.all(self._instance_id).items()
        return self._page("Attributes", [{"AttributeType": kind, "Value": value} for kind, value in found])

    def update_instance_attribute(self) -> ActionResult:
        kind, value = str(self._get_param("AttributeType")), str(self._get_param("Value"))
        self._attributes.update(self._instance_id, kind, value)
        return EmptyResult()

    def associate_lambda_function(self) -> ActionResult:
        self._state.associate(self._instance_id, self._get_param("FunctionArn"))
        return EmptyResult()

    def disassociate_lambda_function(self) -> ActionResult:
        self._state.disassociate(self._instance_id, self._get_param("FunctionArn"))
        return EmptyResult()

    def list_lambda_functions(self) -> ActionResult:
        return self._page("LambdaFunctions", self._state.associations(self._instance_id))

    def create_contact_flow(self) -> ActionResult:
        instance = connect_backends[self.current_account][self.region].describe_instance(self._instance_id)
        flow = self._state.create_flow(
            instance["Arn"],
            name=self._get_param("Name"),
            flow_type=self._get_param("Type"),
            content=self._get_param("Content"),
            description=self._get_param("Description", ""),
        )
        return ActionResult({"ContactFlowId": flow.id, "ContactFlowArn": flow.arn})

    def describe_contact_flow(self) -> ActionResult:
        flow = self._state.flow(self._instance_id, self._get_param("ContactFlowId"))
        return ActionResult({"ContactFlow": _described(flow)})

    def list_contact_flows(self) -> ActionResult:
        return self._page(
            "ContactFlowSummaryList", [_summary(flow) for flow in self._state.flows(self._instance_id)]
        )

    def update_contact_flow_content(self) -> ActionResult:
        return self._update({"content": self._get_param("Content")})

    def update_contact_flow_name(self) -> ActionResult:
        return self._update({"name": self._get_param("Name"), "description": self._get_param("Description")})

    update_contact_flow_metadata = update_contact_flow_name

    def delete_contact_flow(self) -> ActionResult:
        self._state.delete_flow(self._instance_id, self._get_param("ContactFlowId"))
        return EmptyResult()

    def list_contact_flow_modules(self) -> ActionResult:
        """Modules are made by hand in Connect; here there are none."""
        self.connect_backend.describe_instance(self._instance_id)
        return self._page("ContactFlowModulesSummaryList", [])

    def describe_contact_flow_module(self) -> ActionResult:
        self.connect_backend.describe_instance(self._instance_id)
        module = self._get_param("ContactFlowModuleId")
        raise ConnectError("ResourceNotFoundException", f"Contact flow module {module} not found")

    def update_contact_attributes(self) -> ActionResult:
        self._contacts.update(
            self._instance_id, self._get_param("InitialContactId"), self._get_param("Attributes", {})
        )
        return EmptyResult()

    def get_contact_attributes(self) -> ActionResult:
        found = self._contacts.get(self._instance_id, self._get_param("InitialContactId"))
        return ActionResult({"Attributes": found})

    @property
    def _attributes(self) -> InstanceAttributes:
        self.connect_backend.describe_instance(self._instance_id)
        return attributes(self.current_account, self.region)

    @property
    def _contacts(self) -> ContactAttributes:
        self.connect_backend.describe_instance(self._instance_id)
        return contacts(self.current_account, self.region)

    def _update(self, changes: Mapping[str, str | None]) -> ActionResult:
        given = {key: value for key, value in changes.items() if value is not None}
        self._state.update_flow(self._instance_id, self._get_param("ContactFlowId"), **given)
        return EmptyResult()

    def _page(self, key: str, items: list[Any]) -> ActionResult:
        token, size = str(self._get_param("NextToken", "0")), int(self._get_param("MaxResults", _PAGE))
        if not token.isdigit():
            raise ConnectError("InvalidParameterException", f"NextToken {token} is not valid")
        start = int(token)
        more = {"NextToken": str(start + size)} if start + size < len(items) else {}
        return ActionResult({key: items[start : start + size], **more})


def _described(flow: StoredFlow) -> dict[str, str]:
    return {
        "Arn": flow.arn,
        "Id": flow.id,
        "Name": flow.name,
        "Type": flow.type,
        "State": "ACTIVE",
        "Status": "PUBLISHED",
        "Description": flow.description,
        "Content": flow.content,
    }


def _summary(flow: StoredFlow) -> dict[str, str]:
    return {
        "Id": flow.id,
        "Arn": flow.arn,
        "Name": flow.name,
        "ContactFlowType": flow.type,
        "ContactFlowState": "ACTIVE",
        "ContactFlowStatus": "PUBLISHED",
    }


def wsgi_app() -> Any:
    """The Flask application that serves Connect."""
    urls.url_paths.update({"{0}" + path: ConnectResponse.dispatch for path in _PATHS})
    return create_backend_app("connect")
