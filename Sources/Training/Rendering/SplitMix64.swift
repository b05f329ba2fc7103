// The random generator of everything in Training: small, fast and the same on every machine.
// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
import Foundation

/// A SplitMix64 generator. A (seed, index) pair names a stream, so that item `index` of a data set can be made alone,
/// in any order and on any thread, and still be the same item.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// - Parameters:
  ///   - seed: the data set's seed.
  ///   - index: the item's number; streams of neighbouring numbers are unrelated.
  public init(seed: UInt64, index: UInt64 = 0) {
    // Both go through the mixer, so that (1, 0) and (0, 1) differ in every bit.
    state = Self.mix(Self.mix(seed &+ 0x9E37_79B9_7F4A_7C15) ^ Self.mix(index &+ 0xD1B5_4A32_D192_ED03))
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mix(state)
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number in 0..<1.
  public mutating func nextDouble() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number in 0..<1.
  public mutating func nextFloat() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// A number between the bounds, uniformly.
  public mutating func uniform(_ bounds: ClosedRange<Double>) -> Double {
    bounds.lowerBound + (bounds.upperBound - bounds.lowerBound) * nextDouble()
  }

  /// A whole number within the bounds, uniformly.
  public mutating func integer(_ bounds: ClosedRange<Int>) -> Int {
    let count = UInt64(bounds.upperBound - bounds.lowerBound) + 1
    return bounds.lowerBound + Int(next().multipliedFullWidth(by: count).high)
  }

  /// True with the probability given.
  public mutating func chance(_ probability: Double) -> Bool { nextDouble() < probability }

  /// A normally distributed number, mean 0, variance 1 (Box and Muller 1958).
  public mutating func nextGaussian() -> Double {
    let radius = (-2 * log(1 - nextDouble())).squareRoot()
    return radius * cos(2 * .pi * nextDouble())
  }

  /// A nearly normal number, mean 0, variance 1, within ±3.5: the sum of four 16-bit uniforms.
  /// Cheap enough for whole buffers of noise.
  public mutating func nextNoise() -> Float {
    let bits = next()
    let sum = (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 48)
    return (Float(sum) - 131_070) * (1.732_050_8 / 65536)
  }

  /// One of the items, uniformly. There must be at least one.
  public mutating func choose<Item>(_ items: [Item]) -> Item {
    items[integer(0...items.count - 1)]
  }

  /// One of the items, with chances in proportion to the weights (≥ 0). There must be at least one item.
  public mutating func choose<Item>(_ items: [(item: Item, weight: Double)]) -> Item {
    var rest = nextDouble() * items.reduce(0) { $0 + $1.weight }
    for (item, weight) in items {
      rest -= weight
      if rest < 0 { return item }
    }
    return items[items.count - 1].item
  }
}
