"""Makes sure that the log group exists to which Amazon Connect writes the flow logs of one instance."""
