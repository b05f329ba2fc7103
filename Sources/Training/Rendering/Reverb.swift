// A small room: four damped comb filters side by side, then two all-passes.
// Source: M. R. Schroeder, "Natural sounding artificial reverberation", JAES 10 (1962); damping: J. A. Moorer (1979).
import Foundation

/// A reverberator that smears notes into one another; its delays are spread by the generator given.
struct Reverb {
  private struct Line {
    var buffer: [Float]
    var position = 0
    var gain: Float
    var filtered: Float = 0

    mutating func comb(_ x: Float, damping: Float) -> Float {
      let y = buffer[position]
      filtered = y + damping * (filtered - y)
      buffer[position] = x + gain * filtered
      advance()
      return y
    }

    mutating func allPass(_ x: Float) -> Float {
      let delayed = buffer[position]
      let y = delayed - gain * x
      buffer[position] = x + gain * y
      advance()
      return y
    }

    private mutating func advance() {
      position += 1
      if position == buffer.count { position = 0 }
    }
  }

  private var combs: [Line]
  private var allPasses: [Line]
  private let damping: Float
  /// Makes the reverberation of broad-band sound as loud as the sound itself.
  private let level: Float

  /// - Parameters:
  ///   - decay: seconds until the tail has fallen by 60 dB.
  ///   - damping: 0 (bright) up to below 1 (dark).
  init(decay: Double, damping: Double, rate: Double, using generator: inout SplitMix64) {
    func line(_ milliseconds: Double, _ gain: (Double) -> Double) -> Line {
      let seconds = milliseconds / 1000 * generator.uniform(0.9...1.1)
      return Line(buffer: [Float](repeating: 0, count: max(1, Int(seconds * rate))), gain: Float(gain(seconds)))
    }
    combs = [29.7, 37.1, 41.1, 43.7].map { line($0) { pow(10, -3 * $0 / max(decay, 0.01)) } }
    allPasses = [5.0, 1.7].map { line($0) { _ in 0.7 } }
    self.damping = Float(damping)
    level = 1 / combs.reduce(0) { $0 + 1 / (1 - $1.gain * $1.gain) }.squareRoot()
  }

  /// Adds the reverberation, about `wet` times as loud as the sound (less where damping takes the treble away).
  mutating func process(_ samples: inout [Float], wet: Float) {
    for index in samples.indices {
      let dry = samples[index]
      var sum: Float = 1e-20  // keeps the tail out of subnormal numbers, which are slow
      for line in 0..<4 { sum += combs[line].comb(dry, damping: damping) }
      sum = allPasses[1].allPass(allPasses[0].allPass(sum))
      samples[index] = dry + wet * level * sum
    }
  }
}
