"""A hostile walk: seeded, bounded, and outside the tests; a later step repeats what an earlier one survived."""
