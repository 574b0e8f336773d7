"""One embedded AWS per module."""

from tests.local import embedded

local_aws = embedded.local_aws
