# The test of the page: what a person sees and does in a browser, and what the daemon makes of it.
#
#   page.py BUILD [FOLDER]      BUILD has antiphond and antiphon; pictures are left in FOLDER
import base64
import json
import sys
import time

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from png import colours
from stage import PHRASE, Stage, eventually

NAMES = ["C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B"]


class Page:
    def __init__(self, address, folder):
        self.address, self.folder = address, folder
        options = webdriver.ChromeOptions()
        for argument in ["headless=new", "no-sandbox", "disable-gpu", "hide-scrollbars", "disable-dev-shm-usage"]:
            options.add_argument("--" + argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options)
        self.resize(1280, 1000)
        self.scheme("dark")
        self.driver.get(address)

    def resize(self, width, height):
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def scheme(self, name):
        features = [{"name": "prefers-color-scheme", "value": name}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def __getitem__(self, name):
        return self.driver.find_element(By.ID, name)

    def text(self, name):
        return self[name].get_attribute("textContent")

    def script(self, text):
        return self.driver.execute_script("return " + text)

    def press(self, key, name=None):
        """Presses a key where the focus is, or on an element that gets it first."""
        if name:
            self.driver.execute_script("document.getElementById(arguments[0]).focus()", name)
        self.driver.switch_to.active_element.send_keys(key)

    def chosen(self, group):
        return self.script(f"document.querySelector('input[name={group}]:checked')?.value")

    def picture(self, name, width, height):
        if not self.folder:
            return
        self.resize(width, height)
        self.resize(width, self.script("document.documentElement.scrollHeight"))
        time.sleep(0.3)  # for a frame of the roll in its new size
        self.driver.save_screenshot(f"{self.folder}/{name}.png")
        self.resize(1280, 1000)

    def shades(self, name):
        """The colours of an element that are seen often enough to matter."""
        found = colours(base64.b64decode(self[name].screenshot_as_base64))
        return [colour for colour, count in found.items() if count >= 12]


def colour(page, name):
    """A colour of the style sheet as numbers."""
    value = page.script(f"getComputedStyle(document.documentElement).getPropertyValue('{name}').trim()")
    return tuple(int(value[index:index + 2], 16) for index in (1, 3, 5))


def shows_the_dialogue(page, stage):
    eventually("the page is live", lambda: page.text("link") == "live")
    phrase = " ".join(f"{NAMES[pitch % 12]}{pitch // 12 - 1}" for pitch in PHRASE)
    # A server without real-time priority that loses a cycle loses its notes: then a later phrase has to do.
    eventually("the phrase is written out", lambda: page.text("played") == phrase, 65)
    eventually("the answer is written out", lambda: page.text("answered") != "nothing yet")
    eventually("the scale is shown", lambda: "without-scale" not in page.script("document.body.className"), 25)

    def agrees():
        readout = json.loads(stage.antiphon("watch", "--json", "--count", "1"))
        return readout["scale"]["name"] == page.text("tonic") + " " + page.text("family")
    eventually("the scale follows the daemon's", agrees)
    named = lambda: page.driver.title == f"{page.text('tonic')} {page.text('family')} · Antiphon"
    eventually("the title has the scale, too", named)
    eventually("the likeliest scales have their shares", lambda: "%" in page.text("candidates"))


def draws_the_pictures(page, stage):
    near = lambda one, other: sum(abs(a - b) for a, b in zip(one, other)) < 120
    for name in ["--player", "--answer"]:
        wanted = colour(page, name)
        eventually(f"the roll shows {name}", lambda: any(near(shade, wanted) for shade in page.shades("roll")))
    eventually("the wheel shows notes", lambda: colour(page, "--accent") in page.shades("wheel"))
    before = page.script("[...document.querySelectorAll('#wheel text')].map((each) => each.getAttribute('y')).join()")
    page.script("document.querySelector('input[value=chromatic]').click()")
    after = page.script("[...document.querySelectorAll('#wheel text')].map((each) => each.getAttribute('y')).join()")
    assert before != after, "the wheel has one order only"
    page.script("document.querySelector('input[value=fifths]').click()")


def keys_move_the_knobs(page, stage):
    before = stage.setting("temperature")
    for _ in range(3):
        page.press(Keys.ARROW_RIGHT, "setting-temperature")
    eventually("the slider moves the setting", lambda: stage.setting("temperature") > before)
    shown = lambda: float(page["setting-temperature"].get_attribute("aria-valuetext"))
    eventually("both agree", lambda: abs(shown() - stage.setting("temperature")) < 0.006)
    thru = stage.setting("thru")
    page.press(Keys.SPACE, "setting-thru")
    eventually("the switch moves the setting", lambda: stage.setting("thru") == 1 - thru)
    page.press(Keys.SPACE, "setting-thru")
    eventually("and back", lambda: stage.setting("thru") == thru)
    page.press("structured", "style")
    eventually("the style is chosen", lambda: stage.choice("style") == "structured")
    page.script("document.querySelector('input[name=mode]:checked').focus()")
    page.press(Keys.ARROW_RIGHT)
    eventually("the mode is chosen", lambda: stage.choice("mode") == "accompany")
    page.press(Keys.ARROW_LEFT)
    eventually("and back", lambda: stage.choice("mode") == "answer")
    page.press(Keys.ESCAPE)
    eventually("Escape silences", lambda: "silent" in page.text("toasts"))


def others_change_things(page, stage):
    stage.antiphon("set", "density", "2")
    eventually("the slider follows", lambda: page["setting-density"].get_attribute("aria-valuetext") == "2")
    stage.antiphon("scale", "lock", "E♭ dorian")
    locked = lambda: page.chosen("rule") == "lock" and page["lockFamily"].get_attribute("value") == "dorian"
    eventually("the lock follows", lambda: locked() and page["lockTonic"].get_attribute("value") == "3")
    stage.antiphon("scale", "follow")
    eventually("and is open again", lambda: page.chosen("rule") == "follow")
    stage.antiphon("style", "balanced")
    eventually("the style follows", lambda: page["style"].get_attribute("value") == "balanced")
    # Another's value that comes while the slider is still the person's is told once only, and must be shown then.
    page.press(Keys.END, "setting-density")
    eventually("the slider moves the setting", lambda: stage.setting("density") == 4)
    stage.antiphon("set", "density", "1")
    eventually("the slider follows a moment later", lambda: page["setting-density"].get_attribute("aria-valuetext") == "1")


def choose_rule(page, rule):
    page.script(f"document.querySelector('input[name=rule][value={rule}]').focus()")
    page.press(Keys.SPACE)


def values(page, name):
    """What the parts of a field set are set to."""
    parts = f"[...document.querySelectorAll('#{name} select, #{name} input')]"
    return page.script(parts + ".map((each) => each.value).join()")


def plays_in_patterns(page, stage):
    loaded = page.script("performance.getEntriesByType('resource').map((each) => each.name).join()")
    assert "patterns.json" not in loaded, "the list is loaded before anybody chooses a pattern"
    stage.antiphon("scale", "lock", "D dorian")
    eventually("the lock is shown", lambda: page.chosen("rule") == "lock"
               and page["lockTonic"].get_attribute("value") == "2")
    rule = lambda: stage.choice("scaleRule")
    choose_rule(page, "pattern")
    eventually("a pattern is chosen", lambda: rule() == "lock D thesaurus:tritone/interpolation/1:1")
    page["patternANext"].click()
    page["patternANext"].click()
    eventually("the next but one", lambda: rule() == "lock D thesaurus:tritone/interpolation/1:3")
    eventually("its notes are written out", lambda: page.text("patternACell").split() == ["D4", "F4", "A♭4"])
    rings = lambda: page.script("document.querySelectorAll('#wheel .ring.shown').length")
    eventually("the wheel has rings for them", lambda: rings() == 4 and page.text("ringed").startswith("answers: D F "))
    page.press("infrapolation", "patternAOperation")
    eventually("the operation", lambda: rule() == "lock D thesaurus:tritone/infrapolation/1:3")
    page["patternANumber"].send_keys(Keys.CONTROL + "a")
    page["patternANumber"].send_keys("99" + Keys.ENTER)
    eventually("the place stays in the list", lambda: rule() == "lock D thesaurus:tritone/infrapolation/1:5")
    page.picture("pattern", 1280, 1000)
    page.picture("pattern-phone", 360, 740)
    stage.antiphon("scale", "lock", "E♭ thesaurus:diapente/interpolation/2:4")
    eventually("another's pattern is shown", lambda: values(page, "patternA") == "diapente,interpolation,2,4")
    assert page["lockTonic"].get_attribute("value") == "3", "the tonic is not another's"


def morphs_between_patterns(page, stage):
    stage.antiphon("scale", "morph", "tritone/interpolation/1:3", "sesquitone/infrapolation/2:1", "--tonic", "D")
    eventually("another's patterns are shown", lambda: page.chosen("rule") == "morph"
               and values(page, "patternA") == "tritone,interpolation,1,3"
               and values(page, "patternB") == "sesquitone,infrapolation,2,1")
    eventually("the first one is played", lambda: page.text("patternNow") == "tritone/interpolation/1:3")
    page.press(Keys.END, "setting-morph")
    eventually("the knob moves the setting", lambda: stage.setting("morph") == 1)
    eventually("the second one is played", lambda: page.text("patternNow") == "sesquitone/infrapolation/2:1")
    notes = page.text("patternNotes")
    rule = lambda: stage.choice("scaleRule")
    page["patternBNext"].click()
    eventually("B is chosen", lambda: rule() == "D morph tritone/interpolation/1:3 sesquitone/infrapolation/2:2")
    eventually("and played", lambda: page.text("patternNow") == "sesquitone/infrapolation/2:2")
    assert page.text("patternNotes") != notes, "its notes are those of the one before"
    stage.antiphon("set", "morph", "0.5")
    eventually("the knob follows", lambda: page["setting-morph"].get_attribute("aria-valuetext") == "0.5")
    page.picture("morph", 1280, 1000)
    page.picture("morph-phone", 360, 740)
    page.scheme("light")
    page.picture("morph-light", 1280, 1000)
    page.scheme("dark")


def everything_is_reached_by_tab(page, stage):
    page.script("document.activeElement.blur()")
    wanted = page.script("""[...document.querySelectorAll('button, select, input')].filter((each) =>
      each.checkVisibility() && !each.disabled && (each.type !== 'radio' || each.checked))
      .map((each) => each.id || each.dataset.learn || each.value)""")
    reached = set()
    for _ in range(len(wanted) + 5):
        page.press(Keys.TAB)
        reached.add(page.script("""[document.activeElement].map((each) =>
          each.id || each.dataset.learn || each.value)[0]"""))
    assert len(wanted) > 30 and set(wanted) <= reached, f"Tab does not reach {set(wanted) - reached}"
    page.press(Keys.TAB, "setting-density")
    outline = page.script("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "the focus is not seen"
    names = page.script("""[...document.querySelectorAll('button, select, input')].filter((each) =>
      each.checkVisibility() && !(each.labels?.length || each.textContent.trim() || each.ariaLabel)).map((each) => each.outerHTML)""")
    assert not names, f"these have no name: {names}"


def fits_a_phone(page, stage):
    for width in [360, 320]:
        page.resize(width, 740)
        assert page.script("document.documentElement.scrollWidth") <= width, f"{width} pixels are too narrow"
    page.resize(1280, 1000)


def survives_the_daemon(page, stage):
    stage.kill_daemon()
    eventually("the page says so", lambda: "systemctl --user start antiphond" in page["banner"].text)
    assert page.text("link") == "offline"
    stage.start_daemon()
    eventually("the page is live again", lambda: page.text("link") == "live" and not page["banner"].is_displayed())
    eventually("and obeyed", lambda: page["setting-density"].get_attribute("aria-valuetext") == "1")
    page.driver.refresh()
    eventually("a reload keeps the key", lambda: page.text("link") == "live")


def is_clean(page, stage):
    """No errors, and nothing from elsewhere. (Who comes without the key gets a 403.)"""
    errors = [entry for entry in page.driver.get_log("browser")
              if entry["level"] == "SEVERE" and "403 (Forbidden)" not in entry["message"]]
    assert not errors, f"the console has {errors}"
    origin = page.address.split("?")[0]
    requests = set()
    for entry in page.driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            requests.add(message["params"]["request"]["url"])
        if message["method"] == "Network.webSocketCreated":
            requests.add(message["params"]["url"].replace("ws:", "http:"))
    assert len(requests) > 8 and all(url.startswith(origin) for url in requests), f"it asked for {requests}"


def keeps_others_out(page, stage):
    own = page.driver.current_window_handle
    page.driver.switch_to.new_window("tab")  # another tab does not have the key
    for address in [page.address.split("?")[0], page.address[:-1] + "x"]:
        page.driver.get(address)
        eventually("it says what to do", lambda: "antiphon web printed" in page["message"].text)
    page.driver.close()
    page.driver.switch_to.window(own)


def tells_of_the_end(page, stage):
    stage.end()
    assert stage.web.returncode == 0, f"antiphon web ended with status {stage.web.returncode}"
    eventually("the page says so", lambda: "antiphon web has ended" in page["banner"].text)


def main(build, folder):
    stage = Stage(build)
    page = None
    try:
        stage.start_keys()
        stage.start_daemon()
        stage.start_web()
        page = Page(stage.address, folder)
        for step in [shows_the_dialogue, draws_the_pictures, keys_move_the_knobs, others_change_things,
                     plays_in_patterns, morphs_between_patterns, everything_is_reached_by_tab, fits_a_phone,
                     survives_the_daemon, keeps_others_out, is_clean, tells_of_the_end]:
            start = time.monotonic()
            step(page, stage)
            print(f"ok    {step.__name__} ({time.monotonic() - start:.1f} s)", flush=True)
            if step is draws_the_pictures:
                page.picture("desktop", 1280, 1000)
                page.picture("phone", 360, 740)
                page.scheme("light")
                page.picture("light", 1280, 1000)
                page.scheme("dark")
    except AssertionError as problem:
        print(f"FAIL  {problem}", flush=True)
        if page and folder:
            page.driver.save_screenshot(f"{folder}/failed.png")
        sys.exit(1)
    finally:
        if page:
            page.driver.quit()
        stage.end()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "")
