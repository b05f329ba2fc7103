// `antiphon watch`: what the daemon hears, as it hears it.

import ArgumentParser
import Control
import Foundation

struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Show the scale, chroma, tuning and level that the daemon hears.",
    discussion: """
      Draws in place on a terminal (without colours when NO_COLOR is set) and ends with Ctrl-C. Elsewhere it prints a \
      line when something changes, at most one a second; with --json one object a line for every readout.
      """)

  @OptionGroup var socket: SocketOption

  @Flag(help: "Print one JSON object a line.")
  var json = false

  @Option(help: ArgumentHelp("End after so many seconds.", valueName: "number"))
  var seconds: Double?

  @Option(help: ArgumentHelp("End after so many readouts (with plain lines: lines).", valueName: "number"))
  var count: Int?

  func validate() throws {
    if let seconds, !(seconds > 0) || !seconds.isFinite {
      throw ValidationError("--seconds wants a number above 0, not \(seconds).")
    }
    if let count, count < 1 { throw ValidationError("--count wants a whole number above 0, not \(count).") }
  }

  func run() throws {
    let output = StandardOutput()
    do {
      let client = try socket.connect()
      guard try client.ask(.watch()) == .watching else {
        throw ControlError.refused("it does not let itself be watched; update antiphond and antiphon together.")
      }
      try watch(client, output)
    } catch OutputError.readerGone {
      return
    } catch {
      output.complain("antiphon: \(error)")
      throw ExitCode(for: error)
    }
  }

  private func watch(_ client: ControlClient, _ output: StandardOutput) throws {
    Interruption.begin()
    let end = seconds.map { MonotonicTime.now + $0 } ?? .infinity
    let terminal = json ? nil : LiveTerminal(output)
    defer { terminal?.end() }
    var lines = WatchLine()
    var shown = 0
    while !Interruption.isRaised && MonotonicTime.now < end {
      // Short waits, so that a resized terminal and Ctrl-C are noticed even when nothing comes.
      let event = try client.receive(timeout: min(0.2, max(0, end - MonotonicTime.now)))
      guard case .message(.readout(let readout)) = event else { continue }
      if json {
        try output.line(LineCodec.text(readout))
      } else if let terminal {
        try terminal.draw(readout)
      } else if let line = lines.line(readout, at: MonotonicTime.now) {
        try output.line(line)
      } else {
        continue
      }
      shown += 1
      if let count, shown >= count { return }
    }
  }
}
