"""A media file -> Findings: what it says of itself, and where its pictures and its sound have been seen before."""
