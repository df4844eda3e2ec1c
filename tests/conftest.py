"""Settings of all tests."""

from hypothesis import settings

# How long an example takes depends on what else the machine does; speed is what benchmarks/ measures.
settings.register_profile("citecheck", deadline=None)
settings.load_profile("citecheck")
