// What the listening chain would hear of notes that come as messages: tones with overtones that die away.

import Foundation

/// Sounding notes as the saliences that `Chroma` finds in their sound: for each register and pitch class, by how many
/// dB its tones stand out. The shape of the tone is that of a struck string; the constants were chosen on scores of the
/// validation part of the training data. A unit over frames of `framePeriod`.
struct NoteSalience {
  /// Seconds from a frame to the next: every second hop of the listening chain.
  static let framePeriod = 512.0 / 11025
  /// Pitches of the chain's spectrum.
  private static let pitches = 28..<100
  /// Lower bounds (MIDI pitch) of the second and third register, as in `ChromaAnalyzer`.
  private static let bandEdges = (55, 74)
  /// Nothing stands out by more dB than this.
  private static let ceiling: Float = 24
  /// dB below the loudest tone at which nothing is heard.
  private static let range: Float = 50
  /// A weaker tone this many dB below a louder one within eight semitones is masked.
  private static let masking: Float = 28
  private static let maskingReach = 8

  /// The tone: dB that are lost an octave of overtones, a second while held, and a second after the release.
  struct Tone {
    var rolloff: Float = 12
    var decay: Float = 8
    var release: Float = 120
    var overtones = 5
    var suppression: Float = 0.5
    var velocityRange: Float = 30
  }

  private struct Strike {
    var onset: Double
    var level: Float
    var release: Double?
  }

  var tone = Tone()
  private var strikes = [Strike?](repeating: nil, count: 128)
  private var isSustained = false
  private var isHeld = [Bool](repeating: false, count: 128)
  private var levels = [Float](repeating: -.infinity, count: 128)
  private var isOvertone = [Bool](repeating: false, count: 128)
  private var sums = [Float](repeating: 0, count: 36)
  private var frames = 0

  /// A key was pressed at `time`.
  mutating func noteOn(pitch: Int, velocity: Int, at time: Double) {
    guard strikes.indices.contains(pitch) else { return }
    let level = tone.velocityRange * (Float(min(max(velocity, 1), 127)) / 127 - 1)
    strikes[pitch] = Strike(onset: time, level: level, release: nil)
    isHeld[pitch] = true
  }

  /// A key was let go at `time`.
  mutating func noteOff(pitch: Int, at time: Double) {
    guard strikes.indices.contains(pitch) else { return }
    isHeld[pitch] = false
    if !isSustained { release(pitch, at: time) }
  }

  /// The pedal that holds the notes went down or up at `time`.
  mutating func sustain(_ isDown: Bool, at time: Double) {
    isSustained = isDown
    if !isDown { for pitch in strikes.indices where !isHeld[pitch] { release(pitch, at: time) } }
  }

  private mutating func release(_ pitch: Int, at time: Double) {
    if strikes[pitch]?.release == nil { strikes[pitch]?.release = time }
  }

  /// Adds the frame that ends at `time`.
  /// - Returns: whether anything sounds.
  mutating func addFrame(at time: Double) -> Bool {
    frames += 1
    var loudest = -Float.infinity
    for pitch in levels.indices { levels[pitch] = -.infinity }
    for pitch in strikes.indices {
      guard let strike = strikes[pitch] else { continue }
      var level = strike.level - tone.decay * Float(max(0, time - strike.onset))
      if let end = strike.release { level -= tone.release * Float(max(0, time - end)) }
      guard level > -75 else {
        if strike.release != nil { strikes[pitch] = nil }
        continue
      }
      loudest = max(loudest, level)
      levels[pitch] = max(levels[pitch], level)
    }
    guard loudest > -75 else { return false }
    addOvertones()
    for pitch in Self.pitches where levels[pitch] > loudest - Self.range { add(pitch, loudest: loudest) }
    return true
  }

  /// Overtones that fall on another pitch class than an octave: semitones, and how well they hit it (0...1).
  private static let partials: [(number: Int, semitones: Int, hit: Float)] = (2...12).map { number in
    let exact = 12 * log2(Double(number))
    let distance = (exact - exact.rounded()) / 0.18
    return (number, Int(exact.rounded()), Float(exp(-0.5 * distance * distance)))
  }

  private mutating func addOvertones() {
    for pitch in isOvertone.indices { isOvertone[pitch] = false }
    // From the top down, so that an overtone is not taken for a note with overtones of its own.
    for pitch in stride(from: 127, through: 0, by: -1) where strikes[pitch] != nil && levels[pitch] > -.infinity {
      let level = levels[pitch]
      for partial in Self.partials where partial.number <= tone.overtones && pitch + partial.semitones < 128 {
        let at = pitch + partial.semitones
        let overtone = level - tone.rolloff * log2(Float(partial.number))
        levels[at] = max(levels[at], overtone)
        if partial.semitones % 12 != 0, levels[at] <= level { isOvertone[at] = true }
      }
    }
  }

  private mutating func add(_ pitch: Int, loudest: Float) {
    let level = levels[pitch]
    let near = max(0, pitch - Self.maskingReach)...min(127, pitch + Self.maskingReach)
    for other in near where levels[other] > level + Self.masking { return }
    var weight = min(Self.ceiling, level - (loudest - Self.range))
    if isOvertone[pitch] { weight *= 1 - tone.suppression }
    let band = pitch < Self.bandEdges.0 ? 0 : pitch < Self.bandEdges.1 ? 1 : 2
    sums[band * 12 + pitch % 12] += weight
  }

  /// The mean of the frames since the last call as a step of the history, [3, 12]: ln(1 + s / 4).
  mutating func finishStep() -> [Float] {
    let count = Float(max(1, frames))
    let step = sums.map { log1p($0 / count / 4) }
    for index in sums.indices { sums[index] = 0 }
    frames = 0
    return step
  }

  /// True while a key or the pedal holds a note, or one is dying away.
  var isSounding: Bool { strikes.contains { $0 != nil } }
}
