// What the hands need of the audio side.

import MIDI
import MIDIIO

/// Sounds notes and brings JACK's MIDI. The hands' thread owns it; times are seconds of the monotonic clock.
protocol Voice: AnyObject {
  /// Sounds a message of the player's own at once.
  func playThru(_ message: MIDIMessage)

  /// Sounds a message of the answer at `time`, and sends it to JACK's MIDI output.
  func play(_ message: MIDIMessage, at time: Double)

  /// Fades the answer at once and forgets what of it is on its way. The player's own notes go on.
  func silenceAnswer()

  /// Ends everything that sounds.
  func silence()

  /// Hands over what came through JACK's MIDI input. Never waits.
  func read(_ body: (MIDIInputEvent) -> Void)

  /// Whether `read` has something to hand over, or should look whether players came or went.
  var hasInput: Bool { get }

  /// Seconds until `hasInput` should be asked again, for nobody wakes the hands; nil when there is nothing to read from.
  var nap: Double? { get }

  /// The tempo of JACK's transport while it rolls.
  var tempo: ClockFollower.Tempo? { get }
}
