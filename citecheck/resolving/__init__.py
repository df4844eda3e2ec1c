"""Finds what each citation stands for, through all the ways in which a name or a title is written."""
