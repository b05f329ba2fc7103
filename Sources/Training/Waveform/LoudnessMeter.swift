// Integrated loudness.
import Foundation

/// Integrated loudness of one channel after ITU-R BS.1770-4: K-weighting, blocks of 400 ms that overlap by three
/// quarters, an absolute gate at -70 LUFS and a relative gate 10 LU below the mean of what passes it. The blocks are
/// counted in classes of 0.01 LU, so the memory does not grow and the relative gate is that exact.
struct LoudnessMeter {
  private static let absoluteGate = -70.0
  private static let relativeGate = -10.0
  private static let classesALU = 100.0
  /// Loudness up to +10 LUFS has a class.
  private static let classes = Int((10 - absoluteGate) * classesALU)

  private var shelf: Section
  private var highPass: Section
  /// Samples of a quarter of a block.
  private let quarter: Int
  private var filled = 0
  private var energy = 0.0
  private var quarters: [Double] = []
  private var counts = Array(repeating: 0, count: LoudnessMeter.classes)
  private var powers = Array(repeating: 0.0, count: LoudnessMeter.classes)

  /// A second-order filter in the transposed direct form II.
  private struct Section {
    let b: (Double, Double, Double)
    let a: (Double, Double)
    var z = (0.0, 0.0)

    mutating func process(_ x: Double) -> Double {
      let y = b.0 * x + z.0
      z.0 = b.1 * x - a.0 * y + z.1
      z.1 = b.2 * x - a.1 * y
      return y
    }
  }

  /// The filters of the recommendation for 48 kHz, made for any rate with the analogue parameters behind them
  /// (B. De Man, "Evaluation of implementations of the EBU R128 loudness measurement", AES 145, 2018).
  init(rate: Double) {
    do {
      let k = tan(.pi * 1681.974450955533 / rate)
      let q = 0.7071752369554196
      let high = pow(10, 3.999843853973347 / 20)
      let band = pow(high, 0.4996667741545416)
      let a0 = 1 + k / q + k * k
      shelf = Section(
        b: ((high + band * k / q + k * k) / a0, 2 * (k * k - high) / a0, (high - band * k / q + k * k) / a0),
        a: (2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0))
    }
    do {
      let k = tan(.pi * 38.13547087602444 / rate)
      let q = 0.5003270373238773
      let a0 = 1 + k / q + k * k
      highPass = Section(b: (1, -2, 1), a: (2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0))
    }
    quarter = max(1, Int((rate / 10).rounded()))
  }

  /// Takes in the next samples.
  mutating func process(_ samples: UnsafeBufferPointer<Float>) {
    for sample in samples {
      let weighted = highPass.process(shelf.process(Double(sample)))
      energy += weighted * weighted
      filled += 1
      if filled == quarter { endQuarter() }
    }
  }

  private mutating func endQuarter() {
    quarters.append(energy / Double(quarter))
    (energy, filled) = (0, 0)
    guard quarters.count >= 4 else { return }
    if quarters.count > 4 { quarters.removeFirst() }
    let power = quarters.reduce(0, +) / 4
    let loudness = Self.loudness(power)
    guard loudness > Self.absoluteGate else { return }
    let index = min(Self.classes - 1, Int((loudness - Self.absoluteGate) * Self.classesALU))
    counts[index] += 1
    powers[index] += power
  }

  private static func loudness(_ power: Double) -> Double { -0.691 + 10 * log10(max(power, 1e-15)) }

  /// LUFS; nil when no block of 400 ms passes the gates.
  var integrated: Double? {
    func mean(from first: Int) -> Double? {
      let count = counts[first...].reduce(0, +)
      return count > 0 ? powers[first...].reduce(0, +) / Double(count) : nil
    }
    guard let ungated = mean(from: 0) else { return nil }
    let gate = Self.loudness(ungated) + Self.relativeGate
    let first = min(Self.classes - 1, max(0, Int(((gate - Self.absoluteGate) * Self.classesALU).rounded(.up))))
    return mean(from: first).map(Self.loudness)
  }
}
