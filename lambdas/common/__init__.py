"""What every handler shares: Connect's event, its response, and the decorator between them."""
