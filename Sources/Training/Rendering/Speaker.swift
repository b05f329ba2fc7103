// Speech-like sound: a gliding glottal source through moving formants, with consonants and pauses.
// Source: D. H. Klatt, "Software for a cascade/parallel formant synthesizer", JASA 67 (1980); the glottal pulse is
// A. E. Rosenberg's (1971). The words mean nothing; pitch, formants and rhythm move as in speech.
import Foundation

/// One person, with a voice of their own, who talks in phrases.
struct Speaker {
  /// Formants of vowels, Hz, of an adult man (Peterson and Barney 1952).
  private static let vowels: [[Double]] = [
    [270, 2290, 3010], [390, 1990, 2550], [530, 1840, 2480], [660, 1720, 2410], [730, 1090, 2440], [570, 840, 2410],
    [440, 1020, 2240], [300, 870, 2240], [640, 1190, 2390], [490, 1350, 1690],
  ]
  private static let bandwidths = [80.0, 100, 140, 220]
  /// Seconds between updates of pitch and formants.
  private static let controlPeriod = 0.005

  private let rate: Double
  /// Median pitch, Hz.
  private let pitch: Double
  /// Vocal tract: formants relative to those of the table.
  private let tract: Double
  /// Range of intonation, semitones.
  private let liveliness: Double
  /// Mean length of a syllable, seconds.
  private let pace: Double
  private let breath: Float
  private let jitter: Double

  private var formants: [Biquad]
  private var frequencies: [Double]
  private var targets: [Double]
  private var phase = 0.0

  init(rate: Double, using generator: inout SplitMix64) {
    self.rate = rate
    pitch = 85 * pow(2.8, generator.nextDouble())
    tract = (0.85 + 0.15 * log2(pitch / 85)) * generator.uniform(0.95...1.08)
    liveliness = generator.uniform(2...7)
    pace = generator.uniform(0.12...0.22)
    breath = Float(generator.uniform(0.01...0.1))
    jitter = generator.uniform(0.002...0.015)
    targets = Self.vowels[8] + [3500]
    frequencies = targets
    formants = zip(targets, Self.bandwidths).map { .bandPass($0, q: $0 / $1, rate: rate) }
  }

  /// `count` samples of talking, at an arbitrary level.
  mutating func talk(count: Int, using generator: inout SplitMix64) -> [Float] {
    var sound = [Float](repeating: 0, count: count)
    var position = Int(generator.uniform(0...0.4) * rate)
    while position < count {
      let syllables = generator.integer(3...14)
      let fall = generator.uniform(2...6)  // semitones that the pitch declines over a phrase
      var accent = 0.0
      for syllable in 0..<syllables where position < count {
        if generator.chance(0.75) { consonant(&sound, &position, using: &generator) }
        let height = -fall * (Double(syllable) / Double(syllables) - 0.4)
        let next = generator.chance(0.35) ? generator.uniform(0...liveliness) : generator.uniform(-2...1)
        let isLast = syllable == syllables - 1
        let end = isLast ? generator.choose([-5.0, -4, -3, 5]) : next
        let length = pace * generator.uniform(0.5...1.2) * (isLast ? 1.5 : 1)
        vowel(&sound, &position, seconds: length, from: height + accent, to: height + end, using: &generator)
        accent = next
      }
      position += Int((generator.chance(0.25) ? generator.uniform(0.5...1) : generator.uniform(0.1...0.4)) * rate)
    }
    return sound
  }

  /// A voiced stretch whose pitch glides between two heights, in semitones about the speaker's median.
  private mutating func vowel(
    _ sound: inout [Float], _ position: inout Int, seconds: Double, from start: Double, to end: Double,
    using generator: inout SplitMix64
  ) {
    let length = max(1, Int(seconds * rate))
    targets = generator.choose(Self.vowels).map { $0 * tract * generator.uniform(0.95...1.05) } + [3500 * tract]
    let controlLength = max(1, Int(Self.controlPeriod * rate))
    let stress = Float(generator.uniform(0.4...1))
    let bow = generator.uniform(-1.5...1.5)
    var step = 0.0
    for index in 0..<length where position + index < sound.count {
      let place = Double(index) / Double(length)
      if index % controlLength == 0 {
        moveFormants()
        let semitones = start + (end - start) * place + bow * sin(.pi * place) + jitter * 12 * generator.nextGaussian()
        step = pitch * pow(2, semitones / 12) / rate
      }
      phase += step
      phase -= phase.rounded(.down)
      let envelope = Float(min(1, place * 5, (1 - place) * 2.5)) * stress
      let source = Self.glottalFlowChange(phase) + breath * generator.nextNoise()
      var out: Float = 0
      for formant in formants.indices {
        out += formants[formant].process(envelope * source) * Self.formantGains[formant]
      }
      sound[position + index] += out
    }
    position += length
  }

  /// Levels of the formants beside the tilt that the pulse gives, set so that the long-term spectrum in octave bands
  /// agrees with that of a formant synthesizer's speech; signs alternate as in a parallel synthesizer.
  private static let formantGains: [Float] = [0.8, -1.5, 0.7, -0.25]

  private mutating func moveFormants() {
    for index in formants.indices {
      frequencies[index] += 0.12 * (targets[index] - frequencies[index])
      let q = frequencies[index] / Self.bandwidths[index]
      formants[index].follow(.bandPass(frequencies[index], q: q, rate: rate))
    }
  }

  /// Derivative of the Rosenberg pulse: opening for 40 % of the period, closing for 16 %, then closed.
  static func glottalFlowChange(_ phase: Double) -> Float {
    let (opening, closing) = (0.4, 0.16)
    if phase < opening { return Float(sin(.pi * phase / opening) * closing / opening) }
    if phase < opening + closing { return Float(-sin(0.5 * .pi * (phase - opening) / closing)) }
    return 0
  }

  /// A fricative, or a closure and its burst.
  private mutating func consonant(
    _ sound: inout [Float], _ position: inout Int, using generator: inout SplitMix64
  ) {
    let isFricative = generator.chance(0.5)
    if !isFricative { position += Int(generator.uniform(0.02...0.07) * rate) }
    let length = Int((isFricative ? generator.uniform(0.04...0.13) : generator.uniform(0.006...0.03)) * rate)
    var mouth = Biquad.bandPass(generator.uniform(1500...7000), q: generator.uniform(0.5...2.5), rate: rate)
    let strength = Float(generator.uniform(0.02...0.14))
    for index in 0..<length where position + index < sound.count {
      let place = Float(index) / Float(length)
      let envelope = isFricative ? min(1, 5 * place, 5 * (1 - place)) : 1 - place
      sound[position + index] += strength * envelope * mouth.process(generator.nextNoise())
    }
    position += length
  }
}
