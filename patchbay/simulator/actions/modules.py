"""Invoke module and Return.

Source: administrator guide, "Flow modules for reusable functions"; developer guide, InvokeFlowModule and
EndFlowModuleExecution. `Input`, `Result` and `ResultData`, which flows in use carry, are not on those pages;
the list of contact attributes has `$.Modules.Input`, `$.Modules.Result` and `$.Modules.ResultData`.
"""

from patchbay.simulator import references
from patchbay.simulator.actions.outside import came_of, given_for
from patchbay.simulator.branches import (
    NO_MATCHING_CONDITION,
    NO_MATCHING_ERROR,
    leave_module,
    on_error,
    on_result,
    success,
)
from patchbay.simulator.call import Call, Ended
from patchbay.simulator.flow import Action, Flow
from patchbay.simulator.modules import Return
from patchbay.simulator.transcript import Who

DEEPEST = 5
"""How deep modules nest here. The guide's page of modules says that a module cannot invoke another."""


def invoke_flow_module(action: Action, call: Call) -> str | None:
    """Goes on in the module; it comes back to this block's branches.

    Of a module that is not at hand the call may have said what came of it.
    """
    target = call.parameter(action, "FlowModuleId")
    module, given = _found(target, call), given_for(action, call)
    if module is None and given is not None:
        return came_of(given, action, call)
    if module is None or not module.is_module:
        what = "is a flow, not a module" if module else "is not at hand"
        return on_error(action, call, NO_MATCHING_ERROR, f"the module {target or '(nothing)'} {what}")
    if call.returns and not _nests(call):
        return on_error(action, call, NO_MATCHING_ERROR, f"modules are more than {DEEPEST} deep")
    return _enter(module, action, call)


def _enter(module: Flow, action: Action, call: Call) -> str:
    read = references.values(action.mapping("Input"), call.contact.data())
    call.log(action, {})
    call.returns.append(Return(call.flow, action, call.contact.enter_module()))
    call.contact.other["Modules"] = {"Input": read}
    call.contact.modules = (module.arn, *(call.contact.modules or (call.flow.arn,)))
    call.note(Who.FLOW, f"the module {module.name} runs")
    call.flow = module
    return module.start


def end_flow_module_execution(action: Action, call: Call) -> str | None:
    """Returns to the block that invoked the module: along its NextAction, or the condition for `Result`."""
    result = call.parameter(action, "Result")
    data = references.values(action.mapping("ResultData"), call.contact.data())
    call.log(action, {})
    if not call.returns:
        call.end(Ended.MODULE_ENDED, "the module returns to the flow that invoked it")
        return None
    module, block = call.flow.name, leave_module(call)
    call.contact.other["Modules"] = {"Result": result, "ResultData": data}
    call.note(Who.FLOW, f"the module {module} returns" + (f" with {result}" if result else ""))
    if not result:
        return success(block, call)
    if not block.conditions and NO_MATCHING_CONDITION not in block.errors:
        return success(block, call)
    return on_result(block, call, result)


def _found(target: str, call: Call) -> Flow | None:
    """By id, ARN or name, with or without a version or an alias behind it."""
    head, slash, last = target.rpartition("/")
    unqualified = f"{head}{slash}{last.partition(':')[0]}"
    return next((call.flows[key] for key in (target, unqualified) if key and key in call.flows), None)


def _nests(call: Call) -> bool:
    if len(call.returns) >= DEEPEST:
        return False
    call.note(
        Who.FLOW,
        "a module invokes another: AWS's guide of modules says that it cannot; it runs here all the same",
    )
    return True
