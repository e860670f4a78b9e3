"""Measures, side by side: each figure beside what it is compared with, taken in turns in the same run. `docs/bench.md`
says how to read them."""
