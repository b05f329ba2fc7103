// Ways from one latent vector to another.

import Foundation

/// How the vectors between two others are found.
public enum LatentPath: String, CaseIterable, Sendable {
  /// On the straight line.
  case linear
  /// At equal angles, the lengths in proportion: the middle of two samples of the prior is as far from the origin as
  /// they are (Shoemake 1985; White, "Sampling Generative Networks", 2016).
  case spherical

  /// Writes the vector at `position` (0 is `start`, 1 is `end`) into `result`; all have the same length. Allocates
  /// nothing. Where the angle has no meaning (a vector of zeros, opposite or equal directions) the way is straight.
  public func point(
    from start: UnsafeBufferPointer<Float>, to end: UnsafeBufferPointer<Float>, at position: Float,
    into result: UnsafeMutableBufferPointer<Float>
  ) {
    var (first, second) = (1 - position, position)
    if self == .spherical, position > 0, position < 1 {
      var (product, a, b) = (Float(0), Float(0), Float(0))
      for index in start.indices {
        product += start[index] * end[index]
        a += start[index] * start[index]
        b += end[index] * end[index]
      }
      let cosine = product / (a * b).squareRoot()
      if cosine.isFinite, abs(cosine) < 0.9995 {
        let angle = acos(cosine)
        let length = a.squareRoot() * (1 - position) + b.squareRoot() * position
        first = sin((1 - position) * angle) / sin(angle) * length / a.squareRoot()
        second = sin(position * angle) / sin(angle) * length / b.squareRoot()
      }
    }
    for index in start.indices { result[index] = first * start[index] + second * end[index] }
  }

  /// The vector at `position` as an array.
  public func point(from start: [Float], to end: [Float], at position: Float) -> [Float] {
    var result = [Float](repeating: 0, count: start.count)
    start.withUnsafeBufferPointer { start in
      end.withUnsafeBufferPointer { end in
        result.withUnsafeMutableBufferPointer { point(from: start, to: end, at: position, into: $0) }
      }
    }
    return result
  }
}
