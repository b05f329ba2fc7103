"""Speed, live cost, latency and accuracy of Antiphon beside Essentia, librosa and the bare FFT; run by scripts/benchmark."""
import argparse
import csv
import json
import os
import resource
import shutil
import subprocess
import sys
import time
import wave

HOP, FRAME, RATE = 1024, 4096, 44100
NOTES = {"C": 0, "C#": 1, "Db": 1, "D": 2, "D#": 3, "Eb": 3, "E": 4, "F": 5, "F#": 6, "Gb": 6, "G": 7, "G#": 8,
         "Ab": 8, "A": 9, "A#": 10, "Bb": 10, "B": 11}

# One thread for everybody, before numpy is loaded.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[variable] = "1"


def optional(name):
    """A package that may be missing; its rows are then skipped with a sentence."""
    try:
        return __import__(name)
    except ImportError as error:
        print(f"benchmark: {name} cannot be loaded ({error}); its rows are skipped.", file=sys.stderr)
        return None


def cpu_of(command, **options):
    """Runs a program; gives its processor seconds, output and complaints."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, **options)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"benchmark: {' '.join(command)} failed: {done.stderr.strip()}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout, done.stderr


def best(repeats, measure):
    """The least of several measurements: what is above it is other people's work."""
    return min(measure() for _ in range(repeats))


def cpu(function):
    start = time.process_time()
    function()
    return time.process_time() - start


def row(name, seconds, audio, note=""):
    print(f"  {name:<46}{audio / seconds:>9,.0f} ×   {1000 * seconds / audio:8.3f} ms a second  {note}", flush=True)


def synthesise(path, rate, seconds=300):
    """Chords of harmonic tones with a bass and a little noise, stereo, 16 bits."""
    import numpy as np
    if os.path.exists(path):
        return
    random = np.random.default_rng(1)
    chords = [(0, 4, 7), (9, 12, 16), (5, 9, 12), (7, 11, 14)]
    parts = []
    for bar in range(seconds // 2):
        t = np.arange(2 * rate) / rate
        sound = np.zeros_like(t)
        for pitch in [p + 60 for p in chords[bar % 4]] + [chords[bar % 4][0] + 36]:
            for harmonic in range(1, 9):
                frequency = 440 * 2 ** ((pitch - 69) / 12) * harmonic
                sound += 0.1 / harmonic * np.exp(-t * harmonic / 2) * np.sin(2 * np.pi * frequency * t)
        parts.append(sound + 0.003 * random.standard_normal(len(t)))
    samples = (np.clip(np.concatenate(parts), -1, 1) * 32767).astype("<i2")
    with wave.open(path, "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(np.repeat(samples[:, None], 2, axis=1).tobytes())


def analyze(bin_folder, model, *arguments):
    return [os.path.join(bin_folder, "antiphon"), "analyze", *(["--model", model] if model else []), *arguments]


def timings(options, path):
    """Whole-process seconds and the parts' seconds, each the best of three."""
    runs = [cpu_of(analyze(options.bin, options.model, "--json", "--timing", path)) for _ in range(3)]
    parts = [json.loads(errors.strip().splitlines()[-1]) for _, _, errors in runs]
    return min(seconds for seconds, _, _ in runs), {key: min(part[key] for part in parts) for key in parts[0]}


def speed(options):
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    path = options.arguments[0] if options.arguments else os.path.join(options.work, "long-44100.wav")
    if not options.arguments:
        synthesise(path, RATE)
    whole, parts = timings(options, path)
    audio = parts["audio"]
    print(f"{path}: {audio:.0f} s; one core, processor time, best of several runs")
    row("antiphon analyze, whole process", whole, audio, "start, decoding, steady readout, whole")
    row("antiphon chain", parts["total"], audio, "the same without the program's start")
    row("antiphon chroma + classifier", parts["chroma"] + parts["detector"], audio, "as it runs live")
    row("antiphon chroma alone", parts["chroma"], audio)
    row("antiphon decoding alone", parts["decode"], audio)

    essentia = optional("essentia")
    if essentia:
        essentia.log.infoActive = essentia.log.warningActive = False
        import essentia.standard as es
        load = lambda: es.MonoLoader(filename=path, sampleRate=RATE)()
        sound = load()
        for hop in (HOP, 4096):
            extractor = es.KeyExtractor(hopSize=hop, frameSize=FRAME, sampleRate=RATE)
            seconds = best(3, lambda: cpu(lambda: extractor(sound)))
            row(f"Essentia KeyExtractor, hop {hop}", seconds, audio, "decoding not counted")
            if hop == HOP:
                row("Essentia decoding + KeyExtractor, hop 1024", seconds + best(2, lambda: cpu(load)), audio)
    librosa = optional("librosa")
    if librosa:
        sound, _ = librosa.load(path, sr=RATE, duration=60)
        librosa.feature.chroma_cqt(y=sound[:10 * RATE], sr=RATE, hop_length=HOP)  # compiles
        seconds = best(2, lambda: cpu(lambda: librosa.feature.chroma_cqt(y=sound, sr=RATE, hop_length=HOP)))
        row("librosa chroma_cqt, hop 1024", seconds, len(sound) / RATE, "first 60 s, decoding not counted")
    fft = os.path.join(options.work, "fft")
    if os.path.exists(fft):
        samples = int(min(audio, 300) * RATE)
        for size in (4096, 8192):
            seconds = best(3, lambda: float(cpu_of([fft, str(size), str(HOP), str(samples)])[1].split()[0]))
            row(f"bare FFT power spectrum {size}, hop 1024 (FFTW)", seconds, samples / RATE)

    path = os.path.join(options.work, "long-48000.wav")
    synthesise(path, 48000)
    _, parts = timings(options, path)
    print(f"live at 48 kHz: {100 * (parts['chroma'] + parts['detector']) / parts['audio']:.3f} % of one core"
          f" (chroma {100 * parts['chroma'] / parts['audio']:.3f} %,"
          f" classifier {100 * parts['detector'] / parts['audio']:.3f} %)")
    for period in (64, 256, 1024):
        latency = json.loads(cpu_of(analyze(options.bin, None, "--latency", str(period)))[1])
        print(f"onset to changed readout, 48 kHz, period {period}: median {latency['median']:.1f} ms, "
              f"worst {latency['worst']:.1f} ms; one hop plus one period is {latency['bound']:.1f} ms")
    os.sched_setaffinity(0, cores)
    callback(options)


def wait_for(seconds, ask):
    """Asks until there is an answer; None when time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.2)
    return None


def callback(options, period=64, rate=48000, seconds=20):
    """The daemon on a private jackd at a period of 64: what its callback costs."""
    daemon, client = (os.path.join(options.bin, name) for name in ("antiphond", "antiphon"))
    if not shutil.which("jackd") or not os.path.exists(daemon):
        print("benchmark: jackd or antiphond is missing; the callback's figures are skipped.", file=sys.stderr)
        return
    server = f"antiphon-benchmark-{os.getpid()}"
    folder = os.path.abspath(os.path.join(options.work, f"run-{os.getpid()}"))
    os.makedirs(folder, mode=0o700, exist_ok=True)
    environment = dict(os.environ, JACK_DEFAULT_SERVER=server, JACK_NO_AUDIO_RESERVATION="1", XDG_RUNTIME_DIR=folder)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment}
    started = []

    def status():
        done = subprocess.run([client, "status", "--json"], capture_output=True, text=True, env=environment)
        found = json.loads(done.stdout) if done.returncode == 0 and done.stdout.strip() else None
        return found if found and found["audio"]["callbackWorstMicroseconds"] > 0 else None

    try:
        started.append(subprocess.Popen(["jackd", "-n", server, "-d", "dummy", "-r", str(rate), "-p", str(period)], **quiet))
        wait_for(5, lambda: subprocess.run(["jack_lsp", "-s", server], **quiet).returncode == 0
                 if shutil.which("jack_lsp") else time.sleep(1) is None)
        started.append(subprocess.Popen([daemon, *(["--model", options.model] if options.model else [])], **quiet))
        if not wait_for(10, status):
            print("benchmark: antiphond did not report from its callback; the figures are skipped.", file=sys.stderr)
            return
        time.sleep(seconds)
        audio = (status() or {}).get("audio")
        if not audio:
            print("benchmark: antiphond stopped reporting; the callback's figures are skipped.", file=sys.stderr)
            return
        budget = 1e6 * period / rate
        times = [(name, audio[f"callback{name}Microseconds"]) for name in ("Median", "Mean", "Worst")]
        figures = ", ".join(f"{name.lower()} {value:.2f} µs ({100 * value / budget:.2f} %)" for name, value in times)
        print(f"JACK callback at period {period}, {rate} Hz ({budget:.0f} µs): {figures}; "
              f"{audio['xruns']} xruns, {audio['droppedFrames']} frames dropped in {seconds} s")
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(timeout=10)
        shutil.rmtree(folder, ignore_errors=True)


def profile_key(chroma, profiles):
    """Tonic and mode whose profile correlates best with a chroma."""
    import numpy as np
    scores = [(np.corrcoef(np.roll(profile, tonic), chroma)[0, 1], tonic, mode)
              for mode, profile in profiles.items() for tonic in range(12)]
    return max(scores)[1:]


def essentia_answers(paths, seconds):
    """Essentia with the detuning corrected, 12 bins and the Noland profile."""
    import essentia.standard as es
    for path in paths:
        sound = es.MonoLoader(filename=path, sampleRate=RATE)()
        sound = sound[:int(seconds * RATE)] if seconds else sound
        extractor = es.KeyExtractor(profileType="noland", hpcpSize=12, hopSize=HOP, frameSize=FRAME, sampleRate=RATE,
                                    averageDetuningCorrection=True)
        key, mode, _ = extractor(sound)
        yield NOTES[key], mode


def librosa_answers(paths, seconds):
    """librosa's chroma_cqt with Temperley's key profiles (What's Key for Key?, 1999)."""
    import warnings
    import librosa
    import numpy as np
    warnings.filterwarnings("ignore", message="n_fft=")
    profiles = {"major": np.array([5, 2, 3.5, 2, 4.5, 4, 2, 4.5, 2, 3.5, 1.5, 4]),
                "minor": np.array([5, 2, 3.5, 4.5, 2, 4, 2, 4.5, 3.5, 2, 1.5, 4])}
    for path in paths:
        sound, rate = librosa.load(path, sr=22050, duration=seconds)
        chroma = librosa.feature.chroma_cqt(y=sound, sr=rate).mean(axis=1)
        yield profile_key(chroma, profiles) if np.ptp(chroma) > 0 else (None, "none")


def antiphon_answers(options, paths, seconds):
    first = ["--first", str(seconds)] if seconds else []
    for start in range(0, len(paths), 200):
        batch = paths[start:start + 200]
        command = analyze(options.bin, options.model, "--json", "--classes", "24", *first, *batch)
        done = subprocess.run(command, capture_output=True, text=True)
        answers = {}
        for line in done.stdout.splitlines():
            answer = json.loads(line)
            answers[answer["file"]] = (answer["tonic"], answer["family"])
        if done.stderr:
            print(done.stderr.strip(), file=sys.stderr)
        yield from (answers.get(path, (None, "none")) for path in batch)


def accuracy(options):
    """Share of right keys of 24 on labelled files: after two, four and thirty seconds."""
    for folder in options.arguments:
        labels = os.path.join(folder, "labels.csv")
        if not os.path.exists(labels):
            sys.exit(f"benchmark: {labels} is missing; make it with the columns file, tonic (0-11) and mode (major, minor).")
        with open(labels, newline="") as file:
            rows = [r for r in csv.DictReader(file) if r.get("mode") in ("major", "minor")]
        if not rows:
            sys.exit(f"benchmark: {labels} names no file in major or minor; it needs the columns file, tonic and mode.")
        paths = [os.path.join(folder, r["file"]) for r in rows]
        truth = [(int(r["tonic"]), r["mode"]) for r in rows]
        print(f"{folder}: {len(paths)} files, keys of 24 named right")
        detectors = [("Antiphon", lambda s: antiphon_answers(options, paths, s))]
        if optional("essentia"):
            import essentia
            essentia.log.infoActive = essentia.log.warningActive = False
            detectors.append(("Essentia KeyExtractor, noland", lambda s: essentia_answers(paths, s)))
        if optional("librosa"):
            detectors.append(("librosa chroma_cqt, Temperley", lambda s: librosa_answers(paths, s)))
        for name, answers in detectors:
            cells = []
            for seconds in (2, 4, 30):
                right = [answer == label for answer, label in zip(answers(seconds), truth)]
                cells.append(f"{seconds:>3} s: {100 * sum(right) / len(right):5.1f} %")
            print(f"  {name:<34}" + "   ".join(cells), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True, help="directory with antiphon and antiphond")
    parser.add_argument("--work", required=True, help="directory for what is made on the way")
    parser.add_argument("--model", default=os.environ.get("ANTIPHON_MODEL"), help="model file for antiphon")
    parser.add_argument("arguments", nargs="*", help="a sound file, or: accuracy DIR…")
    options = parser.parse_args()
    if options.arguments[:1] == ["accuracy"]:
        options.arguments = options.arguments[1:]
        if not options.arguments:
            sys.exit("benchmark: accuracy wants at least one directory with labels.csv.")
        accuracy(options)
    else:
        speed(options)


if __name__ == "__main__":
    main()
