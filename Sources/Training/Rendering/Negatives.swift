// Sounds in which there is no scale: what a listener's room and a player's desk produce besides music.
public import Music

/// A kind of sound without a scale.
public enum NegativeKind: String, CaseIterable, Sendable {
  case silence
  case whiteNoise = "white_noise"
  case pinkNoise = "pink_noise"
  case brownNoise = "brown_noise"
  case bandNoise = "band_noise"
  case hum
  case clicks
  case drums
  case speech
  case siren
  case crackle
  case atonal
}

/// Makes sounds without a scale. Use one from one thread at a time.
public struct Negatives {
  private let renderer: Renderer
  private let rate = Renderer.sampleRate

  /// - Parameter renderer: plays the drums and the atonal notes.
  public init(renderer: Renderer) {
    self.renderer = renderer
  }

  /// How often each kind is drawn: speech, drums and atonal notes, which are hard, most often.
  static let weights: [(item: NegativeKind, weight: Double)] = [
    (.silence, 1), (.whiteNoise, 0.5), (.pinkNoise, 1), (.brownNoise, 0.5), (.bandNoise, 1), (.hum, 0.75),
    (.clicks, 0.75), (.drums, 3), (.speech, 4), (.siren, 1), (.crackle, 0.75), (.atonal, 4),
  ]

  /// A random kind of sound.
  ///
  /// - Returns: the kind's name and `seconds` of mono samples at `Renderer.sampleRate`.
  public func random(
    seconds: Double, using generator: inout SplitMix64
  ) throws -> (kind: NegativeKind, samples: [Float]) {
    let kind = generator.choose(Self.weights)
    return (kind, try make(kind, seconds: seconds, using: &generator))
  }

  /// A sound of one kind, −45...−1 dBFS at its peak (silence: at most −70 dBFS).
  public func make(_ kind: NegativeKind, seconds: Double, using generator: inout SplitMix64) throws -> [Float] {
    let count = Int((max(0, seconds) * rate).rounded())
    let texture = NoiseTexture(rate: rate, count: count)
    var samples: [Float]
    switch kind {
    case .silence: return texture.silence(using: &generator)
    case .whiteNoise: samples = NoiseColor.white.samples(count: count, using: &generator)
    case .pinkNoise: samples = NoiseColor.pink.samples(count: count, using: &generator)
    case .brownNoise: samples = NoiseColor.brown.samples(count: count, using: &generator)
    case .bandNoise: samples = texture.bandNoise(using: &generator)
    case .hum: samples = texture.hum(using: &generator)
    case .clicks: samples = texture.clicks(using: &generator)
    case .siren: samples = texture.siren(using: &generator)
    case .crackle: samples = texture.crackle(using: &generator)
    case .drums: samples = try renderer.drums(seconds: seconds, using: &generator)
    case .atonal: samples = try atonal(seconds: seconds, using: &generator)
    case .speech:
      samples = [Float](repeating: 0, count: count)
      for _ in 0..<generator.choose([1, 1, 1, 2, 3]) {
        var speaker = Speaker(rate: rate, using: &generator)
        let voice = speaker.talk(count: count, using: &generator)
        for index in samples.indices { samples[index] += voice[index] }
      }
    }
    if generator.chance(0.3) {
      var room = Reverb(decay: generator.uniform(0.2...1.5), damping: 0.4, rate: rate, using: &generator)
      room.process(&samples, wet: Float(generator.uniform(0.1...0.7)))
    }
    if generator.chance(0.3) {
      let hiss = generator.choose(NoiseColor.allCases).samples(count: count, using: &generator)
      Levels.mix(hiss, into: &samples, decibels: generator.uniform(-30 ... -6))
    }
    Levels.setPeak(&samples, decibels: generator.uniform(-45 ... -1))
    return samples
  }

  private func atonal(seconds: Double, using generator: inout SplitMix64) throws -> [Float] {
    let notes = Self.atonalNotes(seconds: seconds, using: &generator)
    let timbre = Timbre.random(using: &generator)
    return try renderer.dry(notes, timbre: timbre, detuneCents: generator.uniform(-50...50), seconds: seconds)
  }

  /// Notes of one to four voices; each voice deals all twelve pitch classes in a new random order, again and again,
  /// so that over a few seconds none is preferred.
  public static func atonalNotes(seconds: Double, using generator: inout SplitMix64) -> [Note] {
    var notes: [Note] = []
    let pace = generator.uniform(0.12...0.6)
    for voice in 0..<generator.integer(1...4) {
      let lowest = 36 + 12 * generator.integer(0...3)
      let octaves = generator.integer(1...2)
      var row: [Int] = []
      var time = generator.uniform(0...0.5)
      while time < seconds {
        if row.isEmpty {
          row = Array(0..<12)
          for index in stride(from: 11, to: 0, by: -1) { row.swapAt(index, generator.integer(0...index)) }
        }
        let pitch = lowest + row.removeLast() + 12 * generator.integer(0...octaves - 1)
        let duration = pace * Double(generator.choose([1, 1, 1, 2, 2, 3]))
        let velocity = generator.integer(55...110)
        notes.append(Note(pitch: pitch, velocity: velocity, onset: time, duration: duration, channel: voice))
        time += generator.chance(0.1) ? 2 * duration : duration
      }
    }
    return notes
  }
}
