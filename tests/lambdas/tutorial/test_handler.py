"""The tutorial's function, end to end."""

from tests.lambdas.invocations import contact_event, invoke


def test_company_name_in_balance_and_url_out() -> None:
    answer = invoke("tutorial", contact_event({"companyName": "GGG"}))
    assert answer.keys() == {"customerBalance", "websiteUrl"}
    assert answer["customerBalance"].isdigit()
    assert answer["websiteUrl"] == "www.GGG.com/support"


def test_the_same_caller_hears_the_same_balance_in_another_contact() -> None:
    first = invoke("tutorial", contact_event({"companyName": "GGG"}, ContactId="one"))
    assert invoke("tutorial", contact_event({"companyName": "GGG"}, ContactId="two")) == first


def test_a_contact_without_endpoint_and_company_is_answered() -> None:
    answer = invoke("tutorial", contact_event({}, caller=None))
    assert answer["customerBalance"].isdigit()
    assert answer["websiteUrl"] == "www.example.com/support"
