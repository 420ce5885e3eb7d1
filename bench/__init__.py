"""What is measured against peers. `make bench` runs it; it is not in the wheel."""
