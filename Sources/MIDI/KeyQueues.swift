// Which attacks wait for their releases.

/// For each key of each channel of each track the attacks that are not yet released, oldest first.
///
/// The numbers 0, 1, 2… are pushed in this order. All queues together are one chain of numbers, since a dictionary of
/// queues takes most of the time of reading a large file.
struct KeyQueues {
  /// Where the 128 keys of a part (a track's channel) begin in `first` and `last`.
  private var offsets: [Int: Int] = [:]
  private var first: [Int] = []
  private var last: [Int] = []
  /// After each number the one that follows it in its queue; -1 at the end.
  private var next: [Int] = []
  /// The part that was asked for last, and its offset.
  private var recent = (part: -1, offset: 0)

  mutating func push(_ number: Int, part: Int, pitch: Int) {
    let key = offset(of: part) + pitch
    next.append(-1)
    if first[key] < 0 { first[key] = number } else { next[last[key]] = number }
    last[key] = number
  }

  mutating func pop(part: Int, pitch: Int) -> Int? {
    let key = offset(of: part) + pitch
    let number = first[key]
    guard number >= 0 else { return nil }
    first[key] = next[number]
    return number
  }

  private mutating func offset(of part: Int) -> Int {
    if recent.part == part { return recent.offset }
    if let offset = offsets[part] {
      recent = (part, offset)
    } else {
      recent = (part, first.count)
      offsets[part] = first.count
      first += repeatElement(-1, count: 128)
      last += repeatElement(-1, count: 128)
    }
    return recent.offset
  }
}
