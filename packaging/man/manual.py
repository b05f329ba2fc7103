"""Writes a manual page (man(7), on the standard output) from a program's --experimental-dump-help on the standard input.

    manual.py VERSION PAGE.inc COMMON.inc

Synopsis, commands and options come from the program, so that they are those it has. PAGE.inc and COMMON.inc are the
sections that nobody can derive, in man(7) macros: ".SH DESCRIPTION" of PAGE.inc goes in front of the commands and
options, the rest behind them. SOURCE_DATE_EPOCH, else today, dates the page.
"""

import json
import os
import sys
import time

ROFF = {"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti"}


def escaped(text):
    """Text as roff shows it literally."""
    return "".join(ROFF.get(c, c if c.isascii() else "\\[u%04X]" % ord(c)) for c in text)


def line(text):
    """Text as a line of input, which must not begin like a macro."""
    text = escaped(text)
    return "\\&" + text if text.startswith(".") else text


def option_name(name):
    return escaped(("--" if name["kind"] == "long" else "-") + name["name"])


def value(argument):
    return "\\fI" + escaped(argument["valueName"]) + "\\fR"


def in_synopsis(argument):
    """The argument as the synopsis writes it: brackets when it may be left out, dots when it may be repeated."""
    if argument["kind"] == "positional":
        text = value(argument)
    else:
        text = "\\fB" + option_name(argument["preferredName"]) + "\\fR"
        if argument["kind"] == "option":
            text += "\\ " + value(argument)
    if argument["isOptional"]:
        text = "[" + text + "]"
    return text + ("\\|.\\|.\\|." if argument["isRepeating"] else "")


def explained(argument):
    """The argument as an entry of a list."""
    if argument["kind"] == "positional":
        head = value(argument)
    else:
        head = ", ".join("\\fB" + option_name(name) + "\\fR" for name in argument["names"])
        if argument["kind"] == "option":
            head += " " + value(argument)
    body = [argument.get("abstract", ""), argument.get("discussion", "")]
    if "defaultValue" in argument:
        body.append("Without it: " + argument["defaultValue"] + ".")
    return [".TP", head] + [line(text) for text in body if text]


def shown(command):
    return [a for a in command.get("arguments", []) if a["shouldDisplay"]]


def is_common(argument):
    return any(name["name"] in ("help", "version") for name in argument.get("names", []))


def synopsis(words, command):
    rows = [".SY " + " ".join(escaped(word) for word in words[:1])]
    rows += ["\\fB" + escaped(word) + "\\fR" for word in words[1:]]
    rows += [in_synopsis(a) for a in shown(command) if not is_common(a)]
    return rows + [".YS"]


def commands(program, command, above=()):
    """A subsection for each subcommand that people see, those below it included."""
    rows = []
    for sub in command.get("subcommands", []):
        if not sub.get("shouldDisplay", True) or sub["commandName"] == "help":
            continue
        words = [*above, sub["commandName"]]
        rows += [".SS " + escaped(" ".join(words))]
        if not sub.get("subcommands"):
            rows += synopsis([program, *words], sub)
        rows += [line(text) for text in (sub.get("abstract"), sub.get("discussion")) if text]
        if sub.get("subcommands"):
            rows += commands(program, sub, words)
            continue
        for argument in shown(sub):
            if not is_common(argument):
                rows += explained(argument)
    return rows


def page(help, version, own, common):
    command = help["command"]
    name = command["commandName"]
    date = time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", time.time())))
    has_commands = any(c["commandName"] != "help" for c in command.get("subcommands", []))
    abstract = command["abstract"].rstrip(".")
    rows = [
        ".TH %s 1 %s \"Antiphon %s\" \"User Commands\"" % (escaped(name.upper()), time.strftime("%Y-%m-%d", date), version),
        ".nh", ".SH NAME", "%s \\- %s" % (escaped(name), escaped(abstract[0].lower() + abstract[1:])), ".SH SYNOPSIS",
    ]
    if has_commands:
        rows += [".SY " + escaped(name), "\\fIcommand\\fR", "[\\fIargument\\fR\\|.\\|.\\|.]", ".YS"]
    else:
        rows += synopsis([name], command)
    description, _, rest = own.partition(".\\\" OPTIONS\n")
    rows += [description.rstrip("\n")]
    if has_commands:
        rows += [".SH COMMANDS"] + commands(name, command)
    rows += [".SH OPTIONS"]
    for argument in shown(command):
        rows += explained(argument)
    # No page refers to itself.
    common = common.replace(".BR %s (1),\n" % escaped(name), "")
    return "\n".join(rows + [rest.rstrip("\n"), common.rstrip("\n")]) + "\n"


def main():
    if len(sys.argv) != 4:
        sys.exit("usage: manual.py VERSION PAGE.inc COMMON.inc < HELP.json")
    own, common = (open(path, encoding="utf-8").read() for path in sys.argv[2:4])
    sys.stdout.write(page(json.load(sys.stdin), sys.argv[1], own, common))


main()
