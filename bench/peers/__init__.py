"""Other readers of attributions. They run in a virtual environment of their own: see requirements/bench.txt."""
