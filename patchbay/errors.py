"""The one error a user is meant to read."""


class UserError(Exception):
    """Bad input or an unusable environment.

    The message is one sentence: what is wrong, the value, what is allowed, what to do next.
    The command line prints it without a traceback and exits with code 2.
    """
