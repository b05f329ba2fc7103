// Melodies side by side, as classes.

/// `steps` × `rows` predictions; row r of step t lies at t · rows + r.
struct MelodyBatch {
  let steps: Int
  let rows: Int
  /// Classes of each feature.
  private(set) var inputs: [[Int64]]
  /// Pitches to predict; -1 behind the end of a melody.
  private(set) var targets: [Int64]
  /// For each cell and pitch, the place of the score of its leap.
  private(set) var leapPlaces: [Int64]

  /// The melodies, each `shift` semitones higher.
  init(_ melodies: [(melody: Melody, shift: Int)], features: [MelodyFeature]) {
    steps = melodies.map(\.melody.count).max() ?? 0
    rows = melodies.count
    let cells = steps * rows
    inputs = features.map { [Int64](repeating: Int64($0.classCount - 1), count: cells) }
    targets = [Int64](repeating: -1, count: cells)
    leapPlaces = [Int64](repeating: Int64(MelodyNetwork.widestLeap), count: cells * 128)
    for (row, (melody, shift)) in melodies.enumerated() {
      for step in 0..<melody.count {
        let cell = step * rows + row
        for (place, feature) in features.enumerated() {
          inputs[place][cell] = Int64(feature.value(melody, before: step, shift: shift))
        }
        targets[cell] = Int64(min(max(melody.pitches[step] + shift, 0), 127))
        guard step > 0 else { continue }
        let last = melody.pitches[step - 1] + shift
        for pitch in 0..<128 {
          let leap = min(max(pitch - last, -MelodyNetwork.widestLeap), MelodyNetwork.widestLeap)
          leapPlaces[cell * 128 + pitch] = Int64(leap + MelodyNetwork.widestLeap)
        }
      }
    }
  }
}
