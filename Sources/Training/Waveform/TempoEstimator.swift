// The strongest tempo of a stream of onset strengths.
import Foundation

/// Autocorrelation of the onset strength, weighted towards 120 beats a minute as listeners tend to tap: D. P. W. Ellis,
/// "Beat tracking by dynamic programming", Journal of New Music Research 36, 2007. Its memory does not grow.
struct TempoEstimator {
  /// A tempo and how much of the onset strength repeats with it.
  struct Tempo: Hashable, Sendable {
    /// Beats a minute.
    var beatsAMinute: Double
    /// Autocorrelation at the beat, relative to that at lag 0: at most about 1.
    var strength: Double
  }

  /// Beats a minute that are considered.
  private static let range = 40.0...240.0
  /// Octaves in which the preference for 120 falls to exp(-1/2).
  private static let width = 0.9

  private let frameRate: Double
  private var past: [Float]
  private var place = 0
  private var products: [Double]
  private var total = 0.0
  private var frames = 0

  init(frameRate: Double) {
    self.frameRate = frameRate
    let lags = Int(60 * frameRate / Self.range.lowerBound) + 2
    past = Array(repeating: 0, count: lags)
    products = Array(repeating: 0, count: lags)
  }

  /// Takes the flux of the next frame.
  mutating func process(_ flux: Float) {
    let lags = past.count
    past[place] = flux
    let place = place
    past.withUnsafeBufferPointer { past in
      products.withUnsafeMutableBufferPointer { products in
        for lag in 0..<lags {
          let other = place >= lag ? place - lag : place - lag + lags
          products[lag] += Double(flux * past[other])
        }
      }
    }
    self.place = (place + 1) % lags
    total += Double(flux)
    frames += 1
  }

  /// The strongest tempo; nil for less than three seconds or where nothing repeats.
  var tempo: Tempo? {
    guard Double(frames) > 3 * frameRate else { return nil }
    let mean = total / Double(frames)
    let correlation = products.enumerated().map { lag, product in
      product / Double(max(1, frames - lag)) - mean * mean
    }
    guard correlation[0] > 1e-9 else { return nil }
    let shortest = Int((60 * frameRate / Self.range.upperBound).rounded(.up))
    func weighted(_ lag: Int) -> Double {
      let octaves = log2(60 * frameRate / Double(lag) / 120)
      return correlation[lag] * exp(-0.5 * (octaves / Self.width) * (octaves / Self.width))
    }
    let peaks = (shortest..<correlation.count - 1).filter {
      correlation[$0] > correlation[$0 - 1] && correlation[$0] >= correlation[$0 + 1]
    }
    guard let best = peaks.max(by: { weighted($0) < weighted($1) }), correlation[best] > 0 else { return nil }
    // The peak of the parabola through three lags.
    let (before, here, after) = (correlation[best - 1], correlation[best], correlation[best + 1])
    let bend = before - 2 * here + after
    let shift = bend < 0 ? 0.5 * (before - after) / bend : 0
    return Tempo(beatsAMinute: 60 * frameRate / (Double(best) + shift), strength: here / correlation[0])
  }
}
