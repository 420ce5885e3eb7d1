"""What the bench of media is held against."""

WANTED = {
    "re-encoded": 97, "mirrored": 97, "letterboxed": 97, "1.25x": 97, "4 s in 60 s": 93,
    "4 s in 60 s, mirrored, boxed, 200 kb/s": 85, "cropped": 90, "logo": 90, "blurred bars": 90,
    "picture in picture": 65, "sound, clean": 97, "sound, telephone": 97, "sound, speed changed": 97,
    "sound, noise at 10 dB": 75,
}  # fmt: skip
"""Per cent that the project wants to find of each kind: with the deep stage, or by the sound."""
