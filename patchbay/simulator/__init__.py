"""Places a simulated call: runs a contact flow and invokes its functions as Amazon Connect does."""
