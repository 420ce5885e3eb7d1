"""Text reuse with known lineage: articles derived from PolNeAR's, the truth about them, and what a finder makes of it.

`generate` makes the articles, `truth` says what is known of each, `score` compares that with what was found, `speed`
measures it beside other libraries, `tables` shows it. `python -m bench.lineage` writes a set to two files.
"""
