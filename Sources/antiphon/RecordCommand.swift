// `antiphon record`: keeps what is played and answered.

import ArgumentParser
import Control
import Foundation

struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Keep what is played and answered as MIDI files, and the sound as FLAC.",
    discussion: """
      on: each take, from the first note to the next long pause, becomes a file named after its date and time, in \
      $XDG_STATE_HOME/antiphon/recordings (~/.local/state/antiphon/recordings). Its tracks are what was played and \
      what was answered. With --audio also NAME.flac, the outputs in stereo, and NAME.in.flac, the input; both begin \
      with the MIDI file. off: completes the files. When the folder has grown to its limit, recording stops; nothing \
      is ever deleted. Without an order the present state is shown.
      """)

  enum State: String, ExpressibleByArgument, CaseIterable {
    case on, off, status
  }

  @Argument(help: "on, off or status.")
  var state = State.status

  @Flag(help: "With on: keep the sound as well, as FLAC files of 24 bits.")
  var audio = false

  @OptionGroup var socket: SocketOption

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    if audio && state != .on { throw ValidationError("--audio goes with on: antiphon record on --audio.") }
  }

  func run() throws {
    try Conversation.run(socket, .record(order)) { reply in
      guard case .recording(let summary) = reply else { throw ConversationError.older }
      return json ? [LineCodec.text(summary)] : summary.lines(home: ProcessInfo.processInfo.environment["HOME"])
    }
  }

  private var order: RecordOrder {
    switch state {
    case .on: .on(audio: audio)
    case .off: .off
    case .status: .status
    }
  }
}
