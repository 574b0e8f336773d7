"""Every rule, in the order in which `patchbay lint-flow --rules` lists them."""

from patchbay.lint import acceptance
from patchbay.lint.model import Rule
from patchbay.lint.rules import (
    alias,
    block_types,
    chains,
    effects_twice,
    error_branch,
    external_reads,
    identifiers,
    invoke_block,
    loops,
    placeholders,
    response_type,
    secrets_in_log,
    time_limit,
    values,
    ways,
)

RULES: tuple[Rule, ...] = (
    *error_branch.RULES,
    *time_limit.RULES,
    *response_type.RULES,
    *values.RULES,
    *alias.RULES,
    *invoke_block.RULES,
    *external_reads.RULES,
    *chains.RULES,
    *ways.RULES,
    *loops.RULES,
    *effects_twice.RULES,
    *block_types.RULES,
    *identifiers.RULES,
    *secrets_in_log.RULES,
    *placeholders.RULES,
    acceptance.GONE,
)
