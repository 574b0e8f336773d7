"""The input parameters that each sample knows, with values that lead deep into it."""

from collections.abc import Mapping, Sequence, Set
from functools import cache

from hypothesis import strategies as st

from tests.lambdas.fuzz.hostile import mostly, odd, seldom, texts

RIGHT_CODE = "the code that was sent"
"""Stands for a code that is known only once it has been sent."""

CALLERS = ("+14165550011", "+14165550022", "+14165550033", "+14165550044", "+14165550099", "anonymous", "",
           "+1 (416) 555-0022", "0014165550022")  # fmt: skip
_CUSTOMERS = ("C-1001", "C-1002", "C-1003", "C-1004", " C-1002 ", "C-9999", "none")
_POTS = ("savings", "checking", "Savings", "CHECKING", "credit")
_AMOUNTS = ("200", "12.50", "0.01", 12.5, 200, 1, "577.42", "999999999999.99", "0", "0.00", "-5", True)
_DONE = "00000001-0000-4000-8000-000000000005.caec15696559.1767225600"
_SEARCHES = (_DONE, f"{_DONE[:-10]}0000000000", f"{_DONE[:-10]}9999999999", f"c.0123456789ab.{1_800_000_000}")

Known = Mapping[str, Sequence[object]]

KNOWN: Mapping[str, Known] = {
    "tutorial": {"companyName": ("GGG", "Ümlaut & Söhne", "---", "a.b.c", 7, 1e22)},
    "tutorial_node": {"companyName": ("GGG", "Ümlaut & Söhne", "---", "a.b.c", 7, 1e22)},
    "customer_lookup": {"phoneNumber": CALLERS},
    "account_service": {
        "operation": ("checkBalance", "lockCard", "fundsTransfer", "requestState"),
        "of": ("lockCard", "fundsTransfer"),
        "customerId": _CUSTOMERS,
        "fromAccount": _POTS,
        "toAccount": _POTS,
        "amount": _AMOUNTS,
    },
    "one_time_password": {
        "operation": ("issue", "verify", "state"),
        "customerId": _CUSTOMERS,
        "code": (RIGHT_CODE, RIGHT_CODE, "424242", "42-42-42", "4 2 4 2 4 2", 424242, "٤٢٤٢٤٢"),
    },
    "start_order_search": {"customerId": _CUSTOMERS},
    "order_search_result": {"searchId": _SEARCHES},
    "pay_bill": {
        "operation": ("amountDue", "pay", "state"),
        "customerId": _CUSTOMERS,
        "paymentToken": ("tok_1002", "tok_1004", "tok_QZJXKVWYBPQH", "4111 1111 1111 1111", "tok_٤٢٤٢٤٢٤٢"),
        "billId": ("B-3001", "B-3002", "B-9999", "none"),
    },
    "contact_archive": {},
}


def good(function: str) -> st.SearchStrategy[dict[str, object]]:
    """Parameters that the function knows, each with a value of its kind."""
    return st.fixed_dictionaries({name: st.sampled_from(values) for name, values in KNOWN[function].items()})


@cache
def hostile(function: str) -> st.SearchStrategy[object]:
    """Some of them, some with any value, with others between; or no object at all."""
    known = {name: mostly(st.sampled_from(values)) for name, values in KNOWN[function].items()}
    given = st.fixed_dictionaries(known, optional={} if "phoneNumber" in known else {"phoneNumber": odd})
    left_out = st.sets(st.sampled_from(["nothing", *known, "nothing either"]), max_size=1)
    more = st.dictionaries(texts, odd, max_size=2)
    sound = st.builds(_put_together, given, left_out, more)
    return seldom(15).flatmap(lambda now: odd if now else sound)


def _put_together(
    given: Mapping[str, object], left_out: Set[str], more: Mapping[str, object]
) -> dict[str, object]:
    return {**more, **{name: value for name, value in given.items() if name not in left_out}}
