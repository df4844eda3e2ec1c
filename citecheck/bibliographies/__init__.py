"""Reads bibliographies and tables of contents into entries."""
