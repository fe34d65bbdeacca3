"""Embeddings that are like each other when their texts share words."""
import math
import zlib


def vector(text, size):
    """Of length 1; each word counts at its own place."""
    counts = [0.0] * size
    for word in text.lower().split():
        counts[zlib.crc32(word.encode()) % size] += 1
    length = math.sqrt(sum(count * count for count in counts))
    return [count / length for count in counts] if length else [1.0, *counts[1:]]
