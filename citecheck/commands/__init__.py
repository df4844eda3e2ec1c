"""The commands of the command line, one file each, with ``add_arguments`` and ``run``."""
