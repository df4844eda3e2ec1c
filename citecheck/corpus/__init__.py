"""Many manuscripts together: their sources, contradictions, quotations, and the store that keeps them."""
