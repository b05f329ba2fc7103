// The sequencer of the test machine, and players on it.

import Foundation
import MIDI
import Testing

@testable import MIDIIO

/// True where there is an ALSA sequencer: in the machine of scripts/machine and on a musician's computer.
let hasSequencer = access("/dev/snd/seq", R_OK | W_OK) == 0
/// True where the tests may take out and put back the kernel's virtual keyboards.
let hasVirtualKeyboards = hasSequencer && access(virtualKeyboardDriver + "/unbind", W_OK) == 0
/// Writing `virtualKeyboard` into its files "unbind" and "bind" is to the kernel what pulling the plug is.
let virtualKeyboardDriver = "/sys/bus/platform/drivers/snd_virmidi"
let virtualKeyboard = Data("snd_virmidi.0".utf8)

/// Runs a program to its end; its output and whether it succeeded.
@discardableResult
func run(_ program: String, _ arguments: String...) throws -> (output: String, succeeded: Bool) {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = [program] + arguments
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = pipe
  try process.run()
  let output = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return (String(decoding: output, as: UTF8.self), process.terminationStatus == 0)
}

/// A client under test and all that it reported.
final class Listener {
  let client: SequencerClient
  private(set) var events: [MIDIInputEvent] = []

  init(_ autoConnect: AutoConnect = .all, name: String = "antiphon") throws {
    client = try SequencerClient(SequencerConfiguration(clientName: name, autoConnect: autoConnect))
  }

  /// The messages among the events.
  var messages: [MIDIMessage] { timed.map(\.message) }
  var timed: [TimedMIDI] {
    events.compactMap { if case .message(let message) = $0 { message } else { nil } }
  }

  func forget() { events = [] }

  /// The addresses of the ports for `aconnect`, which knows ports by their numbers only.
  var inPort: String { "\(client.clientNumber ?? -1):0" }
  var outPort: String { "\(client.clientNumber ?? -1):1" }

  /// Reads whenever something arrives, until `condition` holds; says whether it did.
  func listens(within seconds: Double = 20, until condition: (Listener) -> Bool) -> Bool {
    let deadline = ProcessInfo.processInfo.systemUptime + seconds
    while true {
      client.read { events.append($0) }
      client.flush()
      if condition(self) { return true }
      let left = deadline - ProcessInfo.processInfo.systemUptime
      guard left > 0 else { return false }
      var polled = pollfd(fd: client.descriptor, events: Int16(POLLIN), revents: 0)
      poll(&polled, 1, Int32(min(left, 0.05) * 1000) + 1)
    }
  }
}
