"""Pays a customer's bill with a payment token: from a flow's Invoke block, or as fulfilment of a Lex bot."""
