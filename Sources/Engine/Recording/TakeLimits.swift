// The times and levels by which takes are told apart.

/// When a take begins and ends.
struct TakeLimits: Sendable {
  /// Seconds without a note or a sound after which a take is over.
  var pause = 30.0
  /// Seconds that a take lasts at most; what goes on makes another.
  var longest = 3600.0
  /// Messages that a take holds at most, so that it takes few megabytes; what goes on makes another.
  var mostMessages = 100_000
  /// Seconds between two writes to the disk: what a crash can cost.
  var sync = 5.0
  /// Seconds of sound that are kept before the first note.
  var lead = 0.25
  /// Samples beyond this count as sound: -50 dB of full scale.
  var loudest: Float = 0.003
  /// Seconds of sound that are remembered for the lead; events come up to half a second after their sound.
  var memory = 1.5
}
