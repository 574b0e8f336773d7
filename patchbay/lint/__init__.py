"""What is wrong with a contact flow before anybody calls: the rules, and what a flow is to them."""
