#!/usr/bin/env python3
"""Words, streams and draws of `RandomStream`, by plain code; the numbers in `StreamValueTests`.

usage: random_streams.py

Philox-4x32-10 as in Salmon et al. 2011; a word is two of the four numbers of a block, counted by its
first two counters; a stream of another name has the first word of the block (label, 0, 1) for a key.
"""
import math

MASK = 0xFFFFFFFF


def philox(counter, key):
    x, k = list(counter), [key & MASK, key >> 32 & MASK]
    for _ in range(10):
        a, b = 0xD2511F53 * x[0], 0xCD9E8D57 * x[2]
        x = [b >> 32 ^ x[1] ^ k[0], b & MASK, a >> 32 ^ x[3] ^ k[1], a & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return x



class Stream:
    def __init__(self, key, position=0):
        self.key, self.position = key, position

    def next(self):
        block = philox([self.position >> 1 & MASK, self.position >> 33 & MASK, 0, 0], self.key)
        half = self.position % 2 * 2
        self.position += 1
        return block[half] | block[half + 1] << 32

    def stream(self, name):
        if isinstance(name, str):
            stream = self.stream(0x70757270)
            for byte in name.encode():
                stream = stream.stream(byte)
            return stream
        label = name & (1 << 64) - 1
        block = philox([label & MASK, label >> 32, 0, 1], self.key)
        return Stream(block[0] | block[1] << 32)

    def uniform(self):
        return (self.next() >> 40) / 2**24

    def index(self, count):
        """Lemire 2019: the upper half of word times count, where the lower is not too small."""
        while True:
            product = self.next() * count
            if product % 2**64 >= 2**64 % count:
                return product >> 64

    def normal(self):
        radius = math.sqrt(-2 * math.log(1 - self.uniform()))
        return radius * math.cos(2 * math.pi * self.uniform())

    def shuffle(self, elements):
        for last in range(len(elements) - 1, 0, -1):
            other = self.index(last + 1)
            elements[last], elements[other] = elements[other], elements[last]
        return elements

    def sample(self, count, elements):
        pool = list(elements)
        for first in range(count):
            other = first + self.index(len(pool) - first)
            pool[first], pool[other] = pool[other], pool[first]
        return pool[:count]


def words(stream, count):
    return ", ".join(f"0x{stream.next():016X}" for _ in range(count))


seed = 20_240_607
print("words      ", words(Stream(seed), 4))
print("far words  ", words(Stream(seed, 2**34 + 5), 2))
for name in (0, 3, -1, 1 << 40, "", "order", "weights"):
    print(f"stream({name!r})", words(Stream(seed).stream(name), 1))
print("nested     ", words(Stream(seed).stream("order").stream(2).stream(7), 1))
stream = Stream(seed)
print("uniform    ", [stream.uniform() for _ in range(3)])
stream = Stream(seed)
print("in -3 ..< 5", [-3 + 8 * stream.uniform() for _ in range(3)])
stream = Stream(seed)
print("below 43   ", [stream.index(43) for _ in range(8)])
stream = Stream(seed)
print("rejecting  ", [stream.index(3 << 61) for _ in range(4)])
stream = Stream(seed)
print("normal     ", [round(stream.normal(), 6) for _ in range(3)])
print("shuffled   ", Stream(seed).shuffle(list(range(10))))
print("two        ", Stream(seed).shuffle([0, 1]), Stream(seed + 1).shuffle([0, 1]))
print("sample     ", Stream(seed).sample(4, range(10)))
print("all        ", Stream(seed).sample(5, range(5)))
