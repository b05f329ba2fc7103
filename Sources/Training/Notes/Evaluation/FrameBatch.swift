// Pieces of frames side by side, as classes.

/// The frames of several pieces, `steps` × `rows`, and the cells: one for each note that is written and each end.
struct FrameBatch {
  let steps: Int
  let rows: Int
  /// For each voice: what sounded in the frame before, place t · rows + r.
  private(set) var heard: [[Int64]]
  /// Place in a bar of four.
  private(set) var beats: [Int64]
  /// Frames of all pieces.
  private(set) var frameCount = 0

  // Of each cell:
  /// The frame that it belongs to.
  private(set) var frames: [Int64] = []
  /// Notes written before it in its frame.
  private(set) var slots: [Int64] = []
  /// The class to write.
  private(set) var targets: [Int64] = []
  /// The first class that may be written: notes go downwards.
  private(set) var lowest: [Int64] = []
  /// For each voice: the class that has been written, or "nothing".
  private(set) var written: [[Int64]]
  /// For each voice: the places of the leaps to all pitches from the frame before.
  private(set) var leaps: [[Int64]]
  /// For each voice: the places of the leaps to all pitches from what has been written.
  private(set) var intervals: [[Int64]]

  /// The pieces, each `shift` semitones higher.
  init(_ pieces: [(frames: [FramePieces.Frame], shift: Int)], shape: FrameShape) {
    steps = pieces.map(\.frames.count).max() ?? 0
    rows = pieces.count
    let silent = Int64(shape.pitches)
    let before = [Int64](repeating: silent + 1, count: steps * pieces.count)
    heard = Array(repeating: before, count: shape.voices)
    beats = [Int64](repeating: 0, count: steps * pieces.count)
    written = Array(repeating: [], count: shape.voices)
    leaps = Array(repeating: [], count: shape.voices)
    intervals = Array(repeating: [], count: shape.voices)
    // Places of the leaps from every class, and from nothing.
    let places: [[Int64]] = (0...shape.pitches).map { from in
      (0..<shape.pitches).map { Int64(FrameShape.leap(from: from < shape.pitches ? from : nil, to: $0)) }
    }
    for (row, (frames, shift)) in pieces.enumerated() {
      var before: [Int] = []
      for (step, frame) in frames.enumerated() {
        let place = step * rows + row
        beats[place] = Int64(step % 4)
        if step > 0 {
          for voice in heard.indices { heard[voice][place] = voice < before.count ? Int64(before[voice]) : silent }
        }
        let classes = frame.map { shape.highest - ($0 + shift) }
        for (slot, target) in (classes + [shape.end]).enumerated() {
          self.frames.append(Int64(place))
          slots.append(Int64(slot))
          targets.append(Int64(target))
          lowest.append(slot > 0 ? Int64(classes[slot - 1] + 1) : 0)
          for voice in 0..<shape.voices {
            let note = voice < slot ? classes[voice] : shape.pitches
            written[voice].append(Int64(note))
            intervals[voice] += places[note]
            leaps[voice] += places[voice < before.count ? before[voice] : shape.pitches]
          }
        }
        before = classes
        frameCount += 1
      }
    }
  }
}
