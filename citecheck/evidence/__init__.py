"""What the rules consult: the manuscript's own usage, and facts that several rules need."""
