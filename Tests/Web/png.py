# Reads the pixels of a picture as a browser takes it: PNG, 8 bits, no interlacing.
import struct
import zlib


def colours(data):
    """How often each colour occurs, as a dictionary of (red, green, blue)."""
    position, packed, width, channels = 8, b"", 0, 0
    while position < len(data):
        length, kind = struct.unpack(">I4s", data[position:position + 8])
        content = data[position + 8:position + 8 + length]
        if kind == b"IHDR":
            width, _, depth, colour = struct.unpack(">IIBB", content[:10])
            channels = {2: 3, 6: 4}[colour]
            assert depth == 8
        elif kind == b"IDAT":
            packed += content
        position += 12 + length
    raw, row = zlib.decompress(packed), bytearray(width * channels)
    found = {}
    for start in range(0, len(raw), width * channels + 1):
        row = unfiltered(raw[start], bytearray(raw[start + 1:start + 1 + width * channels]), row, channels)
        for pixel in range(0, len(row), channels):
            colour = tuple(row[pixel:pixel + 3])
            found[colour] = found.get(colour, 0) + 1
    return found


def unfiltered(kind, row, above, channels):
    """Undoes a row's filter (PNG specification, section 9)."""
    for index in range(len(row)):
        left = row[index - channels] if index >= channels else 0
        up = above[index]
        corner = above[index - channels] if index >= channels else 0
        if kind == 1:
            row[index] = (row[index] + left) & 255
        elif kind == 2:
            row[index] = (row[index] + up) & 255
        elif kind == 3:
            row[index] = (row[index] + (left + up) // 2) & 255
        elif kind == 4:
            guess = left + up - corner
            nearest = min((left, up, corner), key=lambda value: abs(guess - value))
            row[index] = (row[index] + nearest) & 255
    return row
