"""Keeps a contact's attributes in S3 and tells the contact where."""
