// How long a step of a morph takes on this machine.

import Foundation
import Improviser

/// Times of finding the vector at a place and decoding it, in microseconds of the processor: what other programs took
/// of a busy machine meanwhile is left out.
public struct DecodeTime: Sendable, Codable, Hashable {
  /// Steps that were timed.
  public var steps: Int
  /// The median.
  public var median: Double
  /// The 99.9th percentile.
  public var nearlyWorst: Double
  /// The longest.
  public var worst: Double

  /// Times single steps between pairs of vectors.
  init(_ decoder: PatternDecoder, steps: Int, random: inout SplitMix64) {
    let count = decoder.model.latent
    let ends = (0..<2).map { _ in (0..<count).map { _ in Float(random.nextGaussian()) } }
    var point = [Float](repeating: 0, count: count)
    var times: [Double] = []
    times.reserveCapacity(steps)
    for step in 0..<max(1, steps) {
      let position = Float(step) / Float(steps)
      let start = Self.processorTime()
      ends[0].withUnsafeBufferPointer { first in
        ends[1].withUnsafeBufferPointer { last in
          point.withUnsafeMutableBufferPointer {
            LatentPath.linear.point(from: first, to: last, at: position, into: $0)
          }
        }
      }
      _ = decoder.decode(point)
      times.append(Self.processorTime() - start)
    }
    times.sort()
    self.steps = times.count
    median = times[times.count / 2]
    nearlyWorst = times[times.count * 999 / 1000]
    worst = times[times.count - 1]
  }

  /// What this thread has taken of the processor, microseconds.
  private static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
  }
}
