"""What antiphond costs at rest, how soon it is ready, and how it stands many clients; run by scripts/benchmark.

Under a jackd of its own with the dummy driver, in silence. Of the clients some never read; the others send commands at
a steady pace and time the replies, while random notes are played. Xruns are compared with the same minute without
clients, and with a server on which antiphond does not run.
"""
import argparse
import collections
import glob
import json
import os
import random
import selectors
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

from benchmark_stage import RATE, Stage, wait_for

COMMANDS = [
    {"command": "ping"}, {"command": "status"}, {"command": "settings"}, {"command": "styles"},
    {"command": "set", "name": "temperature", "value": 1.1}, {"command": "set", "name": "density", "value": 1.0},
    {"command": "mode", "mode": "answer"}, {"command": "scale", "rule": "follow"}, {"command": "version"},
]
REPLIES = {"hello", "pong", "watching", "status", "settings", "styles", "done", "error", "recording"}


def line(command):
    return json.dumps(command).encode() + b"\n"


class Client:
    """One connection; replies come in the order of the commands."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.socket.setblocking(False)
        self.waiting, self.rest, self.greeted = collections.deque(), b"", False

    def send(self, command):
        self.waiting.append(time.monotonic())
        self.socket.sendall(line(command))

    def read(self):
        """The seconds that the replies took that have come."""
        data = self.socket.recv(1 << 16)
        if not data:
            sys.exit("benchmark: antiphond has closed a connection that reads what it is sent.")
        *lines, self.rest = (self.rest + data).split(b"\n")
        now, times = time.monotonic(), []
        for text in lines:
            kind = json.loads(text)["type"]
            if not self.greeted:
                self.greeted = True
            elif kind in REPLIES:
                if kind == "error":
                    sys.exit(f"benchmark: antiphond refused a command: {text.decode()}")
                times.append(now - self.waiting.popleft())
        return times


class Deaf:
    """A connection that asks and never reads; a new one when it is dropped."""

    def __init__(self, path):
        self.path, self.dropped = path, 0
        self.connect()

    def connect(self):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(self.path)
        self.socket.setblocking(False)
        self.socket.sendall(line({"command": "watch", "notes": True}))

    def ask(self):
        try:
            self.socket.sendall(line({"command": "settings"}))
        except BlockingIOError:
            pass
        except (BrokenPipeError, ConnectionResetError):
            self.dropped += 1
            self.socket.close()
            self.connect()


def load(path, options, play):
    """Sends commands for a while; gives the seconds of all replies, and how often a deaf client was dropped."""
    talkers = [Client(path) for _ in range(options.clients - options.deaf)]
    deaf = [Deaf(path) for _ in range(options.deaf)]
    poller = selectors.DefaultSelector()
    for client in talkers:
        poller.register(client.socket, selectors.EVENT_READ, client)
    for client in talkers[:8]:
        client.send({"command": "watch", "notes": True})
    draw, times, sent = random.Random(3), [], 0
    begin = last = time.monotonic()
    while (now := time.monotonic()) < begin + options.seconds:
        while sent < (now - begin) * options.rate:
            talkers[sent % len(talkers)].send(draw.choice(COMMANDS))
            sent += 1
        if now - last > 0.05:
            last = now
            play()
            for client in deaf:
                client.ask()
        for key, _ in poller.select(max(0, begin + sent / options.rate - now)):
            times += key.data.read()
    end = time.monotonic() + 5
    while any(client.waiting for client in talkers) and time.monotonic() < end:
        for key, _ in poller.select(0.1):
            times += key.data.read()
    lost = sum(len(client.waiting) for client in talkers)
    for client in talkers + deaf:
        client.socket.close()
    return sent, times, lost, sum(client.dropped for client in deaf)


def player(stage):
    """Plays a note now and then, so that there is something to send to those who watch."""
    keys, draw, state = stage.keyboard, random.Random(5), {"next": 0}

    def play():
        keys.take()
        now = keys.now() + RATE // 20
        if now < state["next"]:
            return
        pitch, length = draw.randint(48, 84), RATE // 6
        keys.play([(now, 0x90, pitch, 90), (now + length, 0x80, pitch, 64)])
        state["next"] = now + draw.choice([RATE // 5, RATE // 4, RATE * 2])
    return play


def seconds_of_cpu(pid):
    """As the scheduler counts it, in nanoseconds; the ticks of /proc/PID/stat miss or exaggerate short wakes."""
    return sum(int(open(path).read().split()[0]) for path in glob.glob(f"/proc/{pid}/task/*/schedstat")) / 1e9


def memory(pid):
    """MiB of its own and of files, and of memory shared with the audio server."""
    with open(f"/proc/{pid}/status") as file:
        values = dict(text.split(":", 1) for text in file.read().splitlines())
    size = lambda name: int(values[name].split()[0]) / 1024
    return size("RssAnon") + size("RssFile"), size("RssShmem")


def start_times(options, rounds):
    """Milliseconds from the start of the process to READY=1, as the service manager sees it."""
    times = []
    with tempfile.TemporaryDirectory(prefix="antiphon-ready-") as folder:
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        listening.bind(folder + "/notify")
        listening.settimeout(20)
        environment = dict(os.environ, NOTIFY_SOCKET=folder + "/notify", XDG_RUNTIME_DIR=folder, XDG_STATE_HOME=folder,
                           XDG_CONFIG_HOME=folder)
        for _ in range(rounds):
            begin = time.monotonic()
            daemon = subprocess.Popen([os.path.join(options.bin, "antiphond"), "--server", "antiphon-nobody"],
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
            while b"READY=1" not in listening.recv(4096):
                pass
            times.append(1000 * (time.monotonic() - begin))
            daemon.send_signal(signal.SIGTERM)
            daemon.wait(timeout=20)
    return times


def rest(options):
    """Processor and memory in silence, with a SoundFont and without, and with a keyboard on JACK."""
    nothing = ["--soundfont", os.path.join(tempfile.gettempdir(), "no-such-font.sf2")]
    for name, arguments, has_keyboard in (("no SoundFont", nothing, False), ("the system's SoundFont", [], False),
                                          ("that and a keyboard on JACK", [], True)):
        try:
            stage = Stage(options, 256, *arguments, needs_voice=not arguments, has_keyboard=has_keyboard)
        except SystemExit as problem:
            print(f"  {name}: {problem}")
            continue
        try:
            wait_for(10, lambda: stage.status().get("audio", {}).get("input", {}).get("state") == "active")
            time.sleep(2)
            begin, used = time.monotonic(), seconds_of_cpu(stage.daemon.pid)
            time.sleep(options.idle)
            share = (seconds_of_cpu(stage.daemon.pid) - used) / (time.monotonic() - begin)
            own, shared = memory(stage.daemon.pid)
            print(f"at rest with {name}: {100 * share:.2f} % of a core over {options.idle:g} s at period 256 "
                  f"(limit 1.5); {own:.1f} MiB resident (limit 80 beside the SoundFont), and {shared:.0f} MiB "
                  f"of jackd's own shared memory", flush=True)
        finally:
            stage.close()


def idle_xruns(options, alone):
    stage = Stage(options, 64, alone=alone)
    try:
        play = (lambda: None) if alone else player(stage)
        end = time.monotonic() + options.seconds
        while time.monotonic() < end:
            play()
            stage.keyboard.until(0.05, lambda: False)
        return len(stage.keyboard.xruns), stage.late_clients()
    finally:
        stage.close()


def clients(options):
    alone, _ = idle_xruns(options, alone=True)
    quiet, quiet_late = idle_xruns(options, alone=False)
    stage = Stage(options, 64)
    try:
        path = os.path.join(stage.folder, "antiphon", "control")
        before = memory(stage.daemon.pid)[0]
        sent, times, lost, dropped = load(path, options, player(stage))
        xruns, late, status = len(stage.keyboard.xruns), stage.late_clients(), stage.status()
        after = memory(stage.daemon.pid)[0]
    finally:
        code = stage.close()
    milliseconds = sorted(1000 * value for value in times)
    if not milliseconds:
        sys.exit("benchmark: no command was answered.")
    name = lambda found: ", ".join(f"{who} {state} {count}" for (who, state), count in found.items()) or "nobody"
    print(f"{options.clients} clients, {options.deaf} of them deaf, {options.rate} commands/s for {options.seconds:g} s "
          f"under jackd at period 64:")
    print(f"  {sent} commands, {len(milliseconds)} replies, {lost} lost; deaf clients dropped {dropped} times")
    print(f"  reply: median {statistics.median(milliseconds):.2f} ms (limit 5), 99 % under "
          f"{milliseconds[int(len(milliseconds) * 0.99)]:.1f} ms, worst {milliseconds[-1]:.1f} ms")
    print(f"  xruns: {xruns} with the clients, {quiet} without them, {alone} without antiphond; jackd found late: "
          f"{name(late)} with the clients, {name(quiet_late)} without")
    print(f"  callback: median {status['audio']['callbackMedianMicroseconds']} µs, worst "
          f"{status['audio']['callbackWorstMicroseconds']} µs of {1e6 * 64 / RATE:.0f}; memory {before:.1f} MiB before, "
          f"{after:.1f} after; ended with status {code}")


def main():
    parser = argparse.ArgumentParser(prog="scripts/benchmark serve", description=__doc__.splitlines()[0])
    parser.add_argument("--bin", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--keys", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--starts", type=int, default=20, help="starts to time; 0 leaves them out")
    parser.add_argument("--idle", type=float, default=30, help="seconds of silence; 0 leaves them out")
    parser.add_argument("--seconds", type=float, default=60, help="seconds of commands; 0 leaves them out")
    parser.add_argument("--clients", type=int, default=64, help="clients at a time")
    parser.add_argument("--deaf", type=int, default=8, help="clients that never read")
    parser.add_argument("--rate", type=int, default=1000, help="commands a second")
    options = parser.parse_args()
    if options.starts > 0:
        times = start_times(options, options.starts)
        print(f"start to READY: median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms of {len(times)} "
              f"(limit 400)", flush=True)
    if options.idle > 0:
        rest(options)
    if options.seconds > 0:
        clients(options)


main()
