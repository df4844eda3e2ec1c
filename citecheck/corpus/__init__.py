"""Many manuscripts together: their sources, contradictions, and quotations."""
