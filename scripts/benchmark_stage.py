"""A private jackd, antiphond on it and a keyboard that plays it: what the live benchmarks measure on."""
import collections
import json
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

RATE = 48000


class Keyboard:
    """The keyboard and the ears: a process that speaks lines."""

    def __init__(self, program, server, client=None):
        self.process = subprocess.Popen([program, server, *([client] if client else [])], text=True, bufsize=1,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.lines = queue.Queue()
        self.played, self.midi, self.sounds, self.xruns = [], [], [], []
        self.held, self.presses, self.stray, self.pressed, self.frame = set(), 0, 0, 0, None
        self.is_ready = False
        threading.Thread(target=lambda: [self.lines.put(line) for line in self.process.stdout], daemon=True).start()
        if not self.until(15, lambda: self.is_ready):
            sys.exit("benchmark: the keyboard cannot be connected to antiphond.")

    def take(self, wait=0.0):
        """Takes in what was told; waits at most so long for the first line."""
        try:
            while True:
                self.hear(self.lines.get(timeout=wait) if wait else self.lines.get_nowait())
                wait = 0
        except queue.Empty:
            pass

    def hear(self, line):
        kind, *numbers = line.split()
        numbers = [int(number) for number in numbers]
        if kind == "ready":
            self.is_ready = True
        elif kind == "now":
            self.frame = numbers[0]
        elif kind == "played":
            self.played.append(numbers)
            self.pressed += numbers[1] & 0xF0 == 0x90
        elif kind in ("sound", "quiet"):
            self.sounds.append((kind, numbers[0]))
        elif kind == "xrun":
            self.xruns.append(numbers[0])
        elif kind == "midi":
            self.midi.append(numbers)
            note = (numbers[1] & 15, numbers[2])
            if numbers[1] & 0xF0 == 0x90:
                self.presses += 1
                self.held.add(note)
            elif numbers[1] & 0xF0 == 0x80:
                self.stray += note not in self.held
                self.held.discard(note)

    def until(self, seconds, condition):
        end = time.monotonic() + seconds
        while True:
            found = condition()
            if found or time.monotonic() > end:
                return found
            self.take(0.05)

    def now(self):
        self.frame = None
        self.process.stdin.write("now\n")
        self.until(5, lambda: self.frame is not None)
        if self.frame is None:
            sys.exit("benchmark: the keyboard does not answer any more.")
        return self.frame

    def play(self, events):
        """Events (frame, status, data, data) in the order of frames, later than all before."""
        self.process.stdin.write("".join("%d %d %d %d\n" % event for event in events))

    def at(self, frame, kind=0x90):
        """The frame at which something of this kind that was meant for `frame` was really played."""
        def find():
            return next((e[0] for e in self.played[-50:] if e[1] & 0xF0 == kind and e[0] >= frame), None)
        return self.until(8, find)

    def is_quiet(self):
        return not self.sounds or self.sounds[-1][0] == "quiet"

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=10)
        self.take()


class Stage:
    """A private jackd and, unless it is to play alone, antiphond."""

    def __init__(self, options, period, *arguments, alone=False, needs_voice=True, has_keyboard=True):
        self.options, self.period, self.daemon, self.keyboard = options, period, None, None
        self.folder = tempfile.mkdtemp(prefix="antiphon-answer-")
        server = os.path.basename(self.folder)
        self.environment = dict(os.environ, JACK_NO_AUDIO_RESERVATION="1", XDG_RUNTIME_DIR=self.folder,
                                XDG_STATE_HOME=self.folder, XDG_CONFIG_HOME=self.folder)
        self.jackd = None
        self.log = open(os.path.join(self.folder, "jackd"), "w+")
        realtime = [] if realtime_allowed() else ["--no-realtime"]
        try:
            self.jackd = self.start_server(["jackd", *realtime, "-n", server, "-d", "dummy", "-r", str(RATE), "-p",
                                            str(period)])
            if not alone:
                self.daemon = subprocess.Popen(
                    [os.path.join(options.bin, "antiphond"), "--server", server, "--no-connect", "--no-playback",
                     "--no-keyboards", "--seed", "1", *arguments],
                    stdout=subprocess.DEVNULL, stderr=open(os.path.join(self.folder, "antiphond"), "w"),
                    env=self.environment)
                if needs_voice and not wait_for(30, lambda: (self.status().get("voice") or {}).get("isReady")):
                    sys.exit("benchmark: antiphond has no voice: "
                             + "; ".join(self.status().get("warnings", ["it does not answer"])))
            if has_keyboard:
                self.keyboard = Keyboard(options.keys, server, None if alone else "antiphon")
        except BaseException:
            self.close()
            raise

    def start_server(self, command):
        """Servers that start at one time can trip over each other in the registry that they share: five tries."""
        for _ in range(5):
            server = subprocess.Popen(command, stdout=self.log, stderr=self.log, env=self.environment)
            socket = f"/dev/shm/jack_{command[command.index('-n') + 1]}_{os.getuid()}_0"
            wait_for(3, lambda: server.poll() is not None or os.path.exists(socket))
            if server.poll() is None:
                return server
        sys.exit("benchmark: jackd does not start; see whether \"jackd -d dummy\" does.")

    def ask(self, *arguments):
        return subprocess.run([os.path.join(self.options.bin, "antiphon"), *arguments], capture_output=True, text=True,
                              env=self.environment)

    def status(self):
        done = self.ask("status", "--json")
        return json.loads(done.stdout) if done.returncode == 0 else {}

    def resident(self):
        """Bytes of antiphond in memory."""
        with open(f"/proc/{self.daemon.pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def late_clients(self):
        """Whom jackd found unfinished at the end of a cycle, and in which state."""
        self.log.flush()
        self.log.seek(0)
        found = re.findall(r"client = (\S+) was not finished, state = (\w+)", self.log.read())
        return collections.Counter(found)

    def close(self):
        """Ends everybody, the server last and with SIGTERM, or it stays in the registry; gives antiphond's status."""
        if self.keyboard:
            self.keyboard.close()
        for process in (self.daemon, self.jackd):
            if process and process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(timeout=20)
            # The server notices that its client has gone.
            time.sleep(0.2)
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        return self.daemon.returncode if self.daemon else 0


def realtime_allowed():
    """Whether this process may have real-time priority."""
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(5))
    except PermissionError:
        return False
    os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
    return True


def wait_for(seconds, ask):
    end = time.monotonic() + seconds
    while not (found := ask()) and time.monotonic() < end:
        time.sleep(0.2)
    return found
