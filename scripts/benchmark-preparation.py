#!/usr/bin/env python3
"""Times "antiphon-train notes prepare" beside symusic, and measures its memory for 1 and 20 times a corpus.

The MIDI files are made here, the same ones every time: four tracks with their own programs, drums, and tempo changes.
Needs numpy and symusic from PyPI:
  python3 -m venv venv && venv/bin/pip install numpy symusic
  venv/bin/python scripts/benchmark-preparation.py --program .build/release/antiphon-train
"""
import argparse
import os
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy


def delta(ticks):
    """A variable-length number."""
    data = [ticks & 0x7F]
    while ticks := ticks >> 7:
        data.insert(0, ticks & 0x7F | 0x80)
    return bytes(data)


def chunk(name, data):
    return name + struct.pack(">I", len(data)) + data


def midi_file(random, notes):
    """A file of format 1 with 480 ticks a quarter, four tracks and `notes` notes."""
    tempo = b""
    for _ in range(8):
        tempo += delta(int(random.integers(480, 9600))) + b"\xff\x51\x03"
        tempo += int(random.integers(300_000, 900_000)).to_bytes(3, "big")
    tracks = [chunk(b"MTrk", tempo + b"\x00\xff\x2f\x00")]
    for track in range(4):
        channel = 9 if track == 3 else track
        count = notes // 4
        # Six bytes a note with running status: two delta times below 128, key and velocity, key and 0.
        events = numpy.zeros((count, 6), numpy.uint8)
        events[:, 0] = random.integers(0, 3, count) * 60
        events[:, 1] = events[:, 4] = numpy.clip(60 + numpy.cumsum(random.integers(-2, 3, count)), 24, 100)
        events[:, 2] = random.integers(40, 120, count)
        events[:, 3] = random.integers(30, 120, count)
        program = bytes([0, 0xC0 | channel, int(random.integers(0, 128))])
        body = program + bytes([0, 0x90 | channel]) + events.tobytes()[1:] + b"\x00\xff\x2f\x00"
        tracks.append(chunk(b"MTrk", body))
    return chunk(b"MThd", struct.pack(">HHH", 1, len(tracks), 480)) + b"".join(tracks)


def make_corpus(folder, count, notes):
    for index in range(count):
        file = folder / f"{index % 20:02}" / f"{index:05}.mid"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(midi_file(numpy.random.default_rng(index), notes))


def link_corpus(source, folder, times):
    """`times` times the files of a corpus, as links, in folders of their own."""
    for file in sorted(path for path in source.rglob("*") if path.is_file()):
        for copy in range(times):
            link = folder / f"{copy:02}" / file.relative_to(source)
            link.parent.mkdir(parents=True, exist_ok=True)
            os.symlink(file.resolve(), link)


def prepare(program, folder, output, threads, everything):
    """Seconds and peak memory in MiB (the most that was resident, VmHWM) of one preparation."""
    command = [program, "notes", "prepare", str(folder), "-o", str(output), "--threads", str(threads)]
    command += ["--keep-duplicates"] + (["--table", "--rolls", "--tokens"] if everything else [])
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0
    while child.poll() is None:
        # The kernel keeps the peak, so that looking now and then is enough.
        status = Path(f"/proc/{child.pid}/status").read_text()
        peak = max([peak] + [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")])
        time.sleep(0.02)
    if child.returncode != 0:
        sys.exit(f"{' '.join(command)} failed; run it by hand to see why.")
    return time.monotonic() - start, peak / 1024


def read_with_symusic(folder):
    from symusic import Score

    start = time.monotonic()
    notes = 0
    for file in sorted(folder.rglob("*.mid")):
        notes += Score(str(file)).note_num()
    return time.monotonic() - start, notes


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, help="antiphon-train, built for release")
    parser.add_argument("--files", type=int, default=10_000, help="MIDI files; a twentieth of them is the small corpus")
    parser.add_argument("--notes", type=int, default=1000, help="notes a file")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--corpus", type=Path, help="a folder of music to prepare as well, once and 20 times")
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        make_corpus(work / "large", options.files, options.notes)
        make_corpus(work / "small", options.files // 20, options.notes)
        output = work / "notes.safetensors"
        reference, notes = read_with_symusic(work / "large")
        print(f"{options.files} MIDI files, {notes} notes")
        print(f"symusic, reading only, 1 thread: {reference:.1f} s")
        seconds, peak = prepare(program, work / "large", output, options.threads, False)
        ratio = seconds / reference
        print(f"notes prepare, {options.threads} threads: {seconds:.1f} s, {ratio:.2f} x symusic, {peak:.0f} MiB")
        _, small = prepare(program, work / "small", output, options.threads, False)
        print(f"peak memory for 1 x and 20 x: {small:.0f} and {peak:.0f} MiB")
        seconds, peak = prepare(program, work / "large", output, options.threads, True)
        _, small = prepare(program, work / "small", output, options.threads, True)
        print(f"with --table --rolls --tokens: {seconds:.1f} s; 1 x and 20 x: {small:.0f} and {peak:.0f} MiB")
        if options.corpus:
            link_corpus(options.corpus, work / "once", 1)
            link_corpus(options.corpus, work / "often", 20)
            seconds, small = prepare(program, work / "once", output, options.threads, True)
            print(f"{options.corpus.name}: {seconds:.1f} s")
            seconds, peak = prepare(program, work / "often", output, options.threads, True)
            print(f"20 x: {seconds:.1f} s; peak memory for 1 x and 20 x: {small:.0f} and {peak:.0f} MiB")


if __name__ == "__main__":
    main()
