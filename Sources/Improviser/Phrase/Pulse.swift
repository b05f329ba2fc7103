// Estimates the beat of a player from onsets.

import Foundation

/// A running estimate of the seconds a beat lasts, 0.3...1.
///
/// Each candidate of the beat is weighed by how probable it makes the inter-onset times heard: a mixture of the usual
/// note values (quarters, eighths, dotted ones, triplets, …), each with the spread of human timing, and some room for
/// times that fit none. Older times fade, so a drifting tempo is followed. Before anything is heard a beat near half a
/// second is likeliest (Parncutt 1994), and at the start of a phrase one near the phrase before. The best candidate is
/// refined by a straight line through the recent onsets over their places on its grid.
struct Pulse {
  /// The range of the beat in seconds.
  static let range = 0.3...1.0
  private static let candidateCount = 101
  private static let candidates: [Double] = (0..<candidateCount).map {
    range.lowerBound * pow(range.upperBound / range.lowerBound, Double($0) / Double(candidateCount - 1))
  }
  /// How often each note value occurs, in ticks.
  private static let values: [(ticks: Double, weight: Double)] = [
    (24, 0.28), (12, 0.26), (6, 0.1), (48, 0.09), (8, 0.08), (36, 0.06), (18, 0.035), (16, 0.03), (72, 0.025),
    (96, 0.025), (4, 0.01), (3, 0.005),
  ]
  /// What a time that fits no value costs; in probability a second.
  private static let misfit = 0.02
  /// How much of what was heard remains at each further onset.
  private static let fading = 0.95
  private static let remembered = 16

  private var logPrior: [Double]
  private var evidence = [Double](repeating: 0, count: candidateCount)
  private var onsets: [Double] = []

  /// The beat in seconds.
  private(set) var beat = 0.5
  /// The time of a beat near the last onsets, or nil before there are enough of them.
  private(set) var beatTime: Double?

  init() {
    logPrior = Self.candidates.map { Self.logNormal($0, around: 0.5, octaves: 0.6) }
  }

  /// Begins a phrase: what was heard becomes what is expected. Where the beats lie is forgotten after a pause.
  mutating func beginPhrase(at time: Double) {
    if let last = onsets.last, time - last > 4 * beat { beatTime = nil }
    guard onsets.count > 2 else { return onsets.removeAll(keepingCapacity: true) }
    for (index, candidate) in Self.candidates.enumerated() {
      let general = exp(Self.logNormal(candidate, around: 0.5, octaves: 0.6))
      let before = exp(Self.logNormal(candidate, around: beat, octaves: 0.06))
      logPrior[index] = log(0.4 * general + 0.6 * before)
      evidence[index] = 0
    }
    onsets.removeAll(keepingCapacity: true)
  }

  /// Takes in the onset of a note or chord.
  mutating func hear(onset: Double) {
    if let last = onsets.last {
      let time = onset - last
      guard time > PhraseCapture.chordWindow else { return }
      weigh(time)
    }
    if onsets.count == Self.remembered { onsets.removeFirst() }
    onsets.append(onset)
    guard onsets.count > 1 else { return }
    var best = (index: 0, score: -Double.infinity)
    for index in evidence.indices where logPrior[index] + evidence[index] > best.score {
      best = (index, logPrior[index] + evidence[index])
    }
    fit(Self.candidates[best.index])
  }

  private mutating func weigh(_ time: Double) {
    let deviation = OnsetGrid.deviation(of: time)
    let scale = 1 / (deviation * 2.5066282746310002)
    for (index, candidate) in Self.candidates.enumerated() {
      var density = Self.misfit
      for (ticks, weight) in Self.values {
        let error = (time - ticks * candidate / 24) / deviation
        if abs(error) < 6 { density += weight * scale * exp(-error * error / 2) }
      }
      evidence[index] = Self.fading * evidence[index] + log(density)
    }
  }

  /// Lays a line through the recent onsets, heavier for later ones, over their places on the candidate's grid: its
  /// slope is the beat. The beats lie where the long onsets are.
  private mutating func fit(_ candidate: Double) {
    beat = candidate
    guard onsets.count > 3 else { return }
    var places = [0]
    var grid = OnsetGrid(beat: candidate, first: onsets[0])
    var (sum, place, time, square, product) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for (index, onset) in onsets.enumerated() {
      if index > 0 {
        _ = grid.ticks(to: onset)
        places.append(grid.position)
      }
      let weight = pow(0.88, Double(onsets.count - 1 - index))
      let (x, y) = (Double(grid.position), onset - onsets[0])
      sum += weight
      place += weight * x
      time += weight * y
      square += weight * x * x
      product += weight * x * y
    }
    let spread = sum * square - place * place
    guard spread > 0 else { return }
    let slope = 24 * (sum * product - place * time) / spread
    // Further off, the line was laid through a slip of the grid.
    guard abs(slope / candidate - 1) < 0.06 else { return }
    let start = onsets[0] + (time - slope / 24 * place) / sum
    let phase = Phrase.phase(places, end: (places.last ?? 0) + 12)
    beatTime = start - Double(phase) * slope / 24
    beat = min(max(slope, Self.range.lowerBound), Self.range.upperBound)
  }

  private static func logNormal(_ value: Double, around middle: Double, octaves: Double) -> Double {
    let distance = log2(value / middle) / octaves
    return -distance * distance / 2 - log(octaves)
  }
}
