// A note with its place in ticks.

/// A note of a piece that is being made; ticks are 1/24 beat.
struct PlacedNote: Hashable {
  var onset: Int
  var duration: Int
  var pitch: Int
  var velocity: Int
}
