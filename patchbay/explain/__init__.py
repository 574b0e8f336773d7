"""What happened to a call: the flow log joined with the functions' logs, and a cause for each failure."""
