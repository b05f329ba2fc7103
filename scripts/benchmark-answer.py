"""How fast antiphond answers and falls silent, and minutes of random playing; run by scripts/benchmark.

Under a jackd of its own with the dummy driver, in frames of the server: benchmark-keys plays the keyboard and listens.
A phrase is over PhraseGap's shortest silence after its last release, for it is played fast; or when a pedal hands over.
"""
import argparse
import collections
import heapq
import random
import statistics
import sys
import time

from benchmark_stage import RATE, Stage

GAP = RATE // 4  # PhraseGap.range.lowerBound
INTER_ONSET = RATE // 5  # 1.15 of it is less than the shortest gap
LENGTH = RATE // 8
PHRASE = [62, 65, 69, 67, 64, 60]
PEDAL = 20  # the controller that hands over
FADE = 64  # frames in which the synthesizer fades


def phrase(start, by_pedal):
    """The events of the phrase whose first key goes down at `start`, and the frame of the last."""
    events = []
    for i, pitch in enumerate(PHRASE):
        onset = start + i * INTER_ONSET
        events += [(onset, 0x90, pitch, 90), (onset + LENGTH, 0x80, pitch, 64)]
    if by_pedal:
        events += [(events[-1][0] + 480, 0xB0, PEDAL, 0), (events[-1][0] + 4800, 0xB0, PEDAL, 127)]
    return events, events[-1][0]


def is_on(event):
    return event[1] & 0xF0 == 0x90


def break_off(keys, press, found, odd, xruns):
    """What became of the answer after the key at `press`."""
    keys.until(0.4, lambda: keys.is_quiet() and not keys.held)
    keys.take(0.05)
    disturbed = len(keys.xruns) > xruns
    recent = keys.midi[-2000:]
    held = set()
    for event in recent:
        if event[0] < press:
            (held.add if is_on(event) else held.discard)(event[2])
    after = [event[0] for event in recent if press <= event[0]]
    if held and after:
        found["off"].append((max(after) - press, disturbed))
    quiet = [frame for kind, frame in keys.sounds[-4:] if kind == "quiet" and frame > press]
    if quiet:
        found["silence"].append((quiet[-1] - press, disturbed))
    if keys.held:
        odd.append(f"{len(keys.held)} notes were left after a key")
    if not keys.is_quiet():
        odd.append("the answer went on sounding after a key")


def measure(stage, rounds, by_pedal):
    """Plays phrases whose first key breaks the answer before off; gives frames, whether an xrun came, and oddities."""
    keys, draw = stage.keyboard, random.Random(stage.period)
    found, odd = collections.defaultdict(list), []
    start, answering = keys.now() + RATE // 5, False
    for _ in range(rounds + 1):
        keys.take()
        xruns = len(keys.xruns)
        events, last = phrase(start, by_pedal)
        keys.play(events)
        press = keys.at(start)
        if press is None:
            sys.exit("benchmark: the keyboard has stopped playing.")
        if answering:
            break_off(keys, press, found, odd, xruns)
        end = keys.at(last, 0xB0 if by_pedal else 0x80)
        end = (end or last) + (0 if by_pedal else GAP)
        # Nothing can be confused: the answer before was over with the first key of this phrase.
        first = keys.until(3, lambda: next(
            (event[0] for event in keys.midi[-50:] if is_on(event) and event[0] > start + RATE // 2), None))
        answering = first is not None
        if not answering:
            odd.append("a phrase was not answered")
            start = keys.now() + RATE
            continue
        sound = keys.until(1, lambda: next(
            (frame for kind, frame in keys.sounds[-4:] if kind == "sound" and frame > start + RATE // 2), None))
        disturbed = len(keys.xruns) > xruns
        found["note"].append((first - end, disturbed))
        if sound:
            found["sound"].append((sound - end, disturbed))
            found["attack"].append((sound - first, disturbed))
        start = max(keys.now() + RATE // 20, first + RATE // 10) + draw.randrange(RATE // 2)
    return found, odd


def row(name, frames, limit):
    """Least, median, worst, worst without an xrun; below 0 is before the time. `limit` in frames."""
    if not frames:
        return print(f"  {name:<42}nothing was measured")
    milliseconds = lambda values: [1000 * value / RATE for value in values]
    every = milliseconds(value for value, _ in frames)
    calm = milliseconds(value for value, disturbed in frames if not disturbed) or [float("nan")]
    figures = (min(every), statistics.median(every), max(every), max(calm))
    text = f"  {name:<42}{len(every):>4}" + "".join(f"{figure:>9.2f}" for figure in figures)
    if limit is not None:
        text += f"{1000 * limit / RATE:>9.2f}{sum(value > limit for value, _ in frames):>6}"
    print(text, flush=True)


def latency(options, period):
    stage = Stage(options, period, "--no-thru")
    try:
        done = stage.ask("learn", "answer", "--controller", str(PEDAL))
        if done.returncode:
            sys.exit(f"benchmark: {done.stderr.strip()}")
        gap, odd = measure(stage, options.rounds, by_pedal=False)
        pedal, more = measure(stage, options.rounds, by_pedal=True)
        title = f"period {period} at {RATE} Hz, milliseconds"
        print(f"{title:<44}   n    least   median    worst  no xrun  allowed  over")
        answer = period + RATE // 1000
        row("end of the gap → first note, midi_out", gap["note"], answer)
        row("end of the gap → first sound, out_left", gap["sound"], answer)
        row("hand-over pedal → first note, midi_out", pedal["note"], answer)
        row("hand-over pedal → first sound, out_left", pedal["sound"], answer)
        row("first note → first sound (the sample's own)", gap["attack"] + pedal["attack"], None)
        row("key → last note-off, midi_out", gap["off"] + pedal["off"], period)
        row("key → silence, out_left (fade of 64)", gap["silence"] + pedal["silence"], period + FADE)
        status = stage.status()
        late = ", ".join(f"{name} {state} {count}" for (name, state), count in stage.late_clients().items())
        print(f"  xruns {len(stage.keyboard.xruns)} ({late or 'no client late'}); callback worst "
              f"{status['audio']['callbackWorstMicroseconds']} µs; events late {status['voice']['late']}, "
              f"dropped {status['voice']['dropped']}; real-time priority of audio and hands: "
              f"{status['audio'].get('realtime')}, {status['midi']['realtime']}")
        for sentence in sorted(set(odd + more)):
            print(f"  {sentence} ({(odd + more).count(sentence)} times)")
    finally:
        stage.close()


def random_act(draw, channel):
    """A run, a chord, a pedal; frames from its beginning."""
    if draw.random() < 0.15:
        return [(0, 0xB0 | channel, 64, draw.randrange(128))]
    events, chord = [], draw.random() < 0.2
    for index in range(draw.randint(1, 12)):
        pitch, onset = draw.randint(30, 100), 0 if chord else int(index * draw.uniform(0, 0.3) * RATE)
        length = int(draw.uniform(0.02, 3 if index % 7 == 6 else 0.4) * RATE)
        events += [(onset, 0x90 | channel, pitch, draw.randint(1, 127)), (onset + length, 0x80 | channel, pitch, 64)]
    return events


def play_randomly(stage, seconds):
    """Random playing with pauses for answers; every key and pedal is up at the end.

    Gives the resident bytes after half a minute and at the end.
    """
    keys, draw, ahead = stage.keyboard, random.Random(11), RATE // 4
    begin = keys.now()
    waiting, next_act, early = [], begin, None
    while (now := keys.now()) < begin + seconds * RATE or waiting:
        if now + ahead >= next_act and now < begin + seconds * RATE:
            start = now + ahead
            for order, event in enumerate(random_act(draw, draw.randrange(3))):
                heapq.heappush(waiting, (start + event[0], order, event[1:]))
            next_act = start + int(draw.uniform(0.05, 4) * RATE)
        due = []
        while waiting and waiting[0][0] < now + ahead:
            frame, _, event = heapq.heappop(waiting)
            due.append((frame, *event))
        keys.play(due)
        if early is None and now > begin + min(30, seconds / 2) * RATE:
            early = stage.resident()
        time.sleep(0.02)
    now = keys.now() + ahead
    keys.play([(now, 0xB0 | channel, 64, 0) for channel in range(3)])
    return early, stage.resident()


def idle_xruns(options, seconds):
    """The xruns of a server on which only the keyboard runs."""
    stage = Stage(options, options.soak_period, alone=True)
    try:
        stage.keyboard.until(seconds, lambda: False)
        return len(stage.keyboard.xruns)
    finally:
        stage.close()


def soak(options):
    seconds = options.minutes * 60
    idle = min(seconds, 60)
    alone = idle_xruns(options, idle) / idle
    stage = Stage(options, options.soak_period)
    try:
        keys = stage.keyboard
        early, late = play_randomly(stage, seconds)
        # The last answer comes to its own end.
        count = -1
        for _ in range(10):
            keys.until(3, lambda: False)
            if len(keys.midi) == count:
                break
            count = len(keys.midi)
        left, quiet, status = len(keys.held), keys.is_quiet(), stage.status()
        final = stage.resident()
        who = ", ".join(f"{name} {state} {number}" for (name, state), number in stage.late_clients().items())
        audio, voice, mebi = status["audio"], status["voice"], 1 << 20
        print(f"soak of {options.minutes:g} minutes at period {options.soak_period}: {keys.pressed} notes played, "
              f"{keys.presses} answered; {left} stuck, {keys.stray} stray note-offs, "
              f"{'silent' if quiet else 'STILL SOUNDING'} 3 s after the end")
        print(f"  resident {early / mebi:.1f} MiB early, {late / mebi:.1f} at the end, "
              f"{final / mebi:.1f} after the last answer")
        print(f"  xruns {len(keys.xruns)} ({60 * len(keys.xruns) / seconds:.1f} a minute; {60 * alone:.1f} a minute "
              f"without antiphond); jackd's late clients: {who or 'none'}")
        print(f"  callback median {audio['callbackMedianMicroseconds']} µs, "
              f"worst {audio['callbackWorstMicroseconds']} µs of {1e6 * options.soak_period / RATE:.0f}; "
              f"events late {voice['late']}, dropped {voice['dropped']}; overruns {status['midi']['overruns']}")
        for warning in status["warnings"]:
            print(f"  it warns: {warning}")
    finally:
        code = stage.close()
    print(f"  antiphond ended with status {code}")


def main():
    parser = argparse.ArgumentParser(prog="scripts/benchmark answer", description=__doc__.splitlines()[0])
    parser.add_argument("--bin", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--keys", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--minutes", type=float, default=5, help="minutes of random playing; 0 leaves them out")
    parser.add_argument("--rounds", type=int, default=24, help="phrases of each kind; 0 leaves them out")
    parser.add_argument("--periods", type=int, nargs="+", default=[64, 256], help="frames of a period")
    parser.add_argument("--soak-period", type=int, default=128, help="frames of a period for the random playing")
    options = parser.parse_args()
    try:
        for period in options.periods if options.rounds > 0 else []:
            latency(options, period)
        if options.minutes > 0:
            soak(options)
    except BrokenPipeError:
        sys.exit("benchmark: the keyboard's process or jackd has ended.")


main()
