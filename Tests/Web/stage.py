# What the test of the page plays on: the daemon, the web server and a keyboard, as processes that end with it.
import json
import os
import signal
import subprocess
import time

PHRASE = [62, 65, 69, 72, 71, 69, 67, 64, 62]  # D dorian
SOUND_FONT = "/usr/share/sounds/sf2/TimGM6mb.sf2"


def eventually(what, condition, seconds=15):
    """Waits until the condition holds, and gives back its value."""
    end = time.monotonic() + seconds
    problem = None
    while time.monotonic() < end:
        try:
            value = condition()
            if value:
                return value
        except Exception as error:  # a page that is being loaded lacks elements
            problem = error
        time.sleep(0.05)
    raise AssertionError(f"this did not come true in {seconds} s: {what}" + (f" ({problem})" if problem else ""))


class Stage:
    def __init__(self, build):
        self.build = build
        self.daemon = self.web = self.keys = None
        self.address = ""

    def antiphon(self, *arguments):
        run = subprocess.run([f"{self.build}/antiphon", *arguments], capture_output=True, text=True, timeout=20)
        assert run.returncode == 0, f"antiphon {' '.join(arguments)}: {run.stderr}"
        return run.stdout

    def setting(self, name):
        settings = json.loads(self.antiphon("settings", "--json"))["settings"]
        return next(each["value"] for each in settings if each["name"] == name)

    def choice(self, name):
        return json.loads(self.antiphon("settings", "--json"))[name]

    def start_daemon(self):
        """Starts antiphond, which listens to its own synthesizer, and connects the keyboard."""
        font = ["--soundfont", SOUND_FONT] if os.path.exists(SOUND_FONT) else []
        log = open(os.environ["XDG_RUNTIME_DIR"] + "/antiphond.log", "a")
        self.daemon = subprocess.Popen([f"{self.build}/antiphond", "--no-connect", "--seed", "1", *font], stderr=log)
        connect = lambda *ports: subprocess.run(["jack_connect", *ports], capture_output=True).returncode == 0
        eventually("the daemon hears itself", lambda: connect("antiphon:out_left", "antiphon:in_1"), 30)
        eventually("the daemon hears the keyboard", lambda: connect("keys:out", "antiphon:midi_in"), 30)

    def kill_daemon(self):
        self.daemon.send_signal(signal.SIGKILL)
        self.daemon.wait()

    def start_keys(self):
        """A phrase of three seconds, and seven for its answer."""
        rate = int(subprocess.check_output(["jack_samplerate"], text=True).split()[0])
        notes = []
        for index, pitch in enumerate(PHRASE):
            notes += [str(rate // 10 + index * rate // 3), str(pitch), str(rate * 3 // 10)]
        self.keys = subprocess.Popen(["jack_midiseq", "keys", str(rate * 10), *notes], stdout=subprocess.DEVNULL)
        ports = lambda: subprocess.check_output(["jack_lsp"], text=True)
        eventually("the keyboard is there", lambda: "keys:out" in ports())

    def start_web(self):
        self.web = subprocess.Popen(
            [f"{self.build}/antiphon", "web", "--port", "0"], stdout=subprocess.PIPE, text=True)
        self.address = self.web.stdout.readline().split()[-1]

    def end(self):
        for process, number in [(self.web, signal.SIGINT), (self.keys, signal.SIGTERM), (self.daemon, signal.SIGTERM)]:
            if process and process.poll() is None:
                process.send_signal(number)
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
