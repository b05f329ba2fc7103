// A streaming low-pass filter that keeps every n-th sample.

internal import CKernels

/// Decimates by a whole factor with a Kaiser-windowed FIR filter (Kaiser 1974). A factor of 1 passes samples unchanged.
struct Decimator {
  let factor: Int
  /// Symmetric taps, padded with leading zeros to a multiple of eight.
  private let taps: [Float]
  /// The newest `taps.count` samples and room for a block; oldest first.
  private var line: [Float]
  private var filled: Int
  /// Index in `line` of the first sample that the next output is computed from.
  private var next: Int

  /// - Parameters:
  ///   - rate: input rate in Hz.
  ///   - passband: highest frequency kept, in Hz; what would fold below it is at least 70 dB down.
  ///   - block: the largest block that `process` is given.
  init(factor: Int, rate: Double, passband: Double, block: Int) {
    self.factor = factor
    taps = factor == 1 ? [] : Self.lowPass(rate: rate, from: passband, to: rate / Double(factor) - passband)
    line = [Float](repeating: 0, count: taps.count + block + factor)
    filled = 0
    next = 0
    reset()
  }

  /// Forgets all sound: the past becomes silence.
  mutating func reset() {
    for i in line.indices { line[i] = 0 }
    // The first output is computed when the first `factor` samples have come.
    filled = max(0, taps.count - factor)
    next = 0
  }

  /// Filters a block.
  /// - Returns: the number of samples written to `output`, which has room for `count / factor + 1`.
  mutating func process(_ input: UnsafePointer<Float>, count: Int, into output: UnsafeMutablePointer<Float>) -> Int {
    guard factor > 1 else {
      output.update(from: input, count: count)
      return count
    }
    return line.withUnsafeMutableBufferPointer { line -> Int in
      guard let base = line.baseAddress else { return 0 }
      (base + filled).update(from: input, count: count)
      filled += count
      let outputs = filled < next + taps.count ? 0 : (filled - next - taps.count) / factor + 1
      spectrum_decimate(base + next, taps, Int32(taps.count), Int32(factor), output, Int32(outputs))
      next += outputs * factor
      let kept = filled - next
      base.update(from: base + next, count: kept)
      filled = kept
      next = 0
      return outputs
    }
  }

  /// Kaiser's design for 70 dB: beta and length from the attenuation and the width of the transition.
  private static func lowPass(rate: Double, from passband: Double, to stopband: Double) -> [Float] {
    let attenuation = 70.0
    let beta = 0.1102 * (attenuation - 8.7)
    let width = 2 * Double.pi * max(stopband - passband, rate / 64) / rate
    let count = Int(((attenuation - 7.95) / (2.285 * width)).rounded(.up)) | 1
    let cutoff = (passband + stopband) / 2 / rate
    let middle = Double(count - 1) / 2
    var ideal = (0..<count).map { i -> Double in
      let x = Double(i) - middle
      let sinc = x == 0 ? 2 * cutoff : Double.sin(2 * .pi * cutoff * x) / (.pi * x)
      let position = x / (middle + 1e-9)
      return sinc * bessel(beta * (max(0, 1 - position * position)).squareRoot()) / bessel(beta)
    }
    let sum = ideal.reduce(0, +)
    for i in ideal.indices { ideal[i] /= sum }
    let padding = (8 - count % 8) % 8
    return [Float](repeating: 0, count: padding) + ideal.map { Float($0) }
  }

  /// Modified Bessel function of the first kind, order zero, by its power series.
  private static func bessel(_ x: Double) -> Double {
    var sum = 1.0
    var term = 1.0
    var k = 1.0
    while term > sum * 1e-12 {
      term *= (x / (2 * k)) * (x / (2 * k))
      sum += term
      k += 1
    }
    return sum
  }
}
