"""What all tests share."""

from hypothesis import settings

# Nothing is timed, and the same examples are tried on every machine.
settings.register_profile("rightsgraph", deadline=None, derandomize=True)
settings.load_profile("rightsgraph")
