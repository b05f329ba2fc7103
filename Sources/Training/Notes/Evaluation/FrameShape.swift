// The sizes of a frame network.

/// What a frame network chooses from, and how large it is.
struct FrameShape: Hashable {
  /// The highest pitch that can be written, after any transposition.
  var highest: Int
  /// Pitches that can be written. Class c is the pitch `highest` - c; the class after the last ends the frame.
  var pitches: Int
  /// Notes that a frame can have.
  var voices: Int
  var embedding = 128
  var hidden = 192
  var layers = 2
  var head = 256
  var inputDropout = 0.15
  var layerDropout = 0.4
  var headDropout = 0.3

  /// The class that ends a frame.
  var end: Int { pitches }
  /// Classes that are predicted.
  var classCount: Int { pitches + 1 }
  /// What a voice of the frame before can be: a pitch, silent, or before the beginning.
  var heardCount: Int { pitches + 2 }

  /// The widest leap that has a score of its own.
  static let widestLeap = 24
  /// Scores of leaps from one note: all leaps, and "there is no such note".
  static let leapCount = 2 * widestLeap + 2

  /// The place of the score of the leap to class `to` from class `from`; nil: from nothing.
  static func leap(from: Int?, to: Int) -> Int {
    guard let from else { return leapCount - 1 }
    return min(max(to - from, -widestLeap), widestLeap) + widestLeap
  }
}
