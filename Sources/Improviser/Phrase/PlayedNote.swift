// A note as the player played it, in seconds.

/// A key press with its place in a phrase.
struct PlayedNote: Hashable {
  /// MIDI pitch, 0...127.
  var pitch: Int
  /// MIDI velocity, 1...127.
  var velocity: Int
  /// Time of the key press in seconds.
  var onset: Double
  /// Which chord of the phrase it belongs to; a single note is a chord of one.
  var chord: Int
  /// Time of the end in seconds, or nil while it sounds.
  var release: Double?
}
