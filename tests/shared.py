"""Where the real documents and their annotations lie that tests use when they are there: beside the project."""

from pathlib import Path

SHARED = Path(__file__).parents[2] / "shared"
