#!/usr/bin/env python3
"""Golden numbers for the chroma chain, from an implementation of its own in NumPy (double precision).

    python3 scripts/golden/chroma.py > Tests/ChromaTests/Golden/chroma.json

Written from the description in the doc comments, not from the Swift: convolution with np.convolve, spectra with
np.fft, interpolation and medians by NumPy. Signals are sums of partials with a start and an end, plus white noise from a
64-bit linear congruential generator, so that the test can make the same ones. Needs NumPy.
"""
import json
import math
import sys

import numpy as np

LOW, HIGH, PER = 28, 100, 5
PITCH = LOW + (np.arange((HIGH - LOW) * PER) - 2) / PER
LONG = PITCH < 57 - 2 / PER - 1e-9          # bins before (57 - 28) * 5
STEPS = {3: 95, 5: 139, 6: 155, 7: 168, 9: 190, 10: 199, 12: 215}


def signal(case):
    rate, seconds = case["rate"], case["seconds"]
    n = int(rate * seconds)
    t = np.arange(n) / rate
    x = np.zeros(n)
    for frequency, amplitude, start, end in case["partials"]:
        x += np.where((t >= start) & (t < end), amplitude * np.sin(2 * math.pi * frequency * t), 0)
    state = 1
    noise = np.empty(n)
    if case["noise"]:
        for i in range(n):
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            noise[i] = (state >> 11) / 2**52 - 1
        x += case["noise"] * noise
    return x.astype(np.float32).astype(float)


def low_pass(rate, passband, stopband):
    attenuation = 70.0
    width = 2 * math.pi * (stopband - passband) / rate
    count = math.ceil((attenuation - 7.95) / (2.285 * width)) | 1
    m = np.arange(count) - (count - 1) / 2
    cutoff = (passband + stopband) / 2 / rate
    taps = 2 * cutoff * np.sinc(2 * cutoff * m) * np.kaiser(count, 0.1102 * (attenuation - 8.7))
    return taps / taps.sum()


def decimate(x, rate, factor, passband):
    if factor == 1:
        return x
    taps = low_pass(rate, passband, rate / factor - passband)
    return np.convolve(x, taps)[: len(x)][factor - 1 :: factor]


def smooth(n):
    n += n % 2
    while True:
        rest = n
        for p in (2, 3, 5, 7):
            while rest % p == 0:
                rest //= p
        if rest == 1:
            return n
        n += 2


def levels(x, rate, window, padding, end, which):
    """Log-frequency levels in dB of the bins `which` for the `window` samples before `end`."""
    size = smooth(window * padding)
    w = 0.5 - 0.5 * np.cos(2 * math.pi * (np.arange(window) + 0.5) / window)
    frame = np.zeros(window)
    got = x[max(0, end - window) : end]
    frame[window - len(got) :] = got
    power = np.abs(np.fft.rfft(frame * w, size)) ** 2 * 4 / w.sum() ** 2
    db = 10 * np.log10(power + 1e-12)
    out = []
    for pitch in PITCH[which]:
        k = 440 * 2 ** ((pitch - 69) / 12) * size / rate
        i = int(k)
        t = k - i
        v = db[i - 1 : i + 3]
        m0, m1 = (v[2] - v[0]) / 2, (v[3] - v[1]) / 2     # cubic Hermite with Catmull-Rom tangents
        value = ((2 * t**3 - 3 * t**2 + 1) * v[1] + (t**3 - 2 * t**2 + t) * m0
                 + (3 * t**2 - 2 * t**3) * v[2] + (t**3 - t**2) * m1)
        lower = 440 * 2 ** ((pitch - 0.1 - 69) / 12) * size / rate
        upper = 440 * 2 ** ((pitch + 0.1 - 69) / 12) * size / rate
        inside = db[math.ceil(lower) : math.ceil(upper)]
        out.append(max([value, *inside]))
    return np.array(out)


def peaks(d, loudest):
    reach = 8 * PER
    padded = np.pad(d, reach, mode="reflect")
    mean = np.convolve(padded, np.ones(2 * reach + 1) / (2 * reach + 1), mode="valid")
    s = np.where(d > loudest - 50, np.clip(d - mean - 3, 0, 24), 0)
    found = []
    for j in range(1, len(d) - 1):
        if not (s[j] > 0 and d[j] >= d[j - 1] and d[j] > d[j + 1]):
            continue
        if d[max(0, j - reach) : j + reach + 1].max() > d[j] + 28:
            continue
        bend = d[j - 1] - 2 * d[j] + d[j + 1]
        offset = np.clip(0.5 * (d[j - 1] - d[j + 1]) / min(bend, -1e-6), -0.5, 0.5)
        below = [s[j - q + e] for q in STEPS.values() for e in (-1, 0, 1) if j - q >= 1]
        share = min(1, max(below, default=0) / s[j])
        found.append((PITCH[j] + offset / PER, s[j] * (1 - 0.5 * share)))
    return found


def analyse(case):
    rate = case["rate"]
    x = signal(case)
    factor = max(1, int(rate / 10900))
    inner = rate / factor
    long_factor = round(inner * 8 / 11025)
    inner_hop = round(inner * 256 / 11025)
    y = decimate(x, rate, factor, 2800.0)
    z = decimate(y, inner, long_factor, 300.0)
    window, long_window = round(inner * 2048 / 11025), round(inner / long_factor * 4096 / 11025)
    hop = inner_hop * factor
    history, tuning, steps, tunings = [np.full(len(PITCH), -120.0)] * 9, 0j, [], []
    step = np.zeros((3, 12))
    for h in range(1, len(x) // hop + 1):
        if h % 2:
            continue
        end = h * inner_hop
        d = np.empty(len(PITCH))
        d[LONG] = levels(z, inner / long_factor, long_window, 2, end // long_factor, LONG)
        d[~LONG] = levels(y, inner, window, 1, end, ~LONG)
        history = history[1:] + [d]
        loudest = d.max()
        if loudest > -75:
            found = peaks(np.median(history, axis=0), loudest)
            tuning *= math.exp(-2 * hop / rate / 20)
            tuning += sum(w * np.exp(2j * math.pi * p) for p, w in found if 52 <= p <= 96)
            deviation = np.angle(tuning) / (2 * math.pi) if tuning else 0.0
            for p, w in found:
                tuned = p - deviation
                nearest = math.floor(tuned + 0.5)
                band = 0 if nearest < 55 else 1 if nearest < 74 else 2
                step[band, nearest % 12] += w * math.exp(-0.5 * ((tuned - nearest) / 0.18) ** 2)
        if h % 8 == 0:
            steps.append(np.round(np.log1p(step / 4 / 4).reshape(-1), 5).tolist())
            tunings.append(round(100 * float(np.angle(tuning)) / (2 * math.pi), 3))
            step = np.zeros((3, 12))
    return {**case, "hop": hop, "steps": steps, "tuningCents": tunings}


def tone(frequency, amplitude, start, end, partials=8):
    return [[frequency * n, amplitude / n, start, end] for n in range(1, partials + 1) if frequency * n < 3300]


def pitch(number, cents=0):
    return 440 * 2 ** ((number - 69 + cents / 100) / 12)


CASES = [
    {"name": "A4", "rate": 44100, "seconds": 1.5, "noise": 0, "partials": tone(440, 0.3, 0, 2, 1)},
    {"name": "bass E1 with overtones", "rate": 44100, "seconds": 1.5, "noise": 0, "partials": tone(pitch(28), 0.3, 0, 2)},
    {"name": "C major chord at 432 Hz", "rate": 48000, "seconds": 1.5, "noise": 0.001,
     "partials": sum((tone(pitch(p, -31.77), 0.1, 0, 2) for p in (48, 64, 67)), [])},
    {"name": "melody in noise", "rate": 8000, "seconds": 3, "noise": 0.02,
     "partials": sum((tone(pitch(p, 12), 0.2, 0.4 * i, 0.4 * i + 0.45) for i, p in enumerate((62, 65, 69, 60, 67, 64, 62))), [])},
    {"name": "bass line at 96 kHz", "rate": 96000, "seconds": 1.5, "noise": 0,
     "partials": sum((tone(pitch(p), 0.3, 0.5 * i, 0.5 * i + 0.5) for i, p in enumerate((33, 40, 36))), [])},
    {"name": "quiet noise", "rate": 22050, "seconds": 1.5, "noise": 0.0005, "partials": []},
]

if __name__ == "__main__":
    json.dump([analyse(case) for case in CASES], sys.stdout, indent=None, separators=(",", ":"))
    print()
