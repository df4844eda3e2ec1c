"""The store of many manuscripts: what each says is read once, in any number of processes, and kept in one file."""
