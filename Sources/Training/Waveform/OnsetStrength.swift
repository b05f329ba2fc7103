// How much new energy appears in a spectrum from frame to frame.
import Foundation

/// Spectral flux of logarithmic magnitudes in bands of a quarter tone, where each band is compared with the largest of
/// its neighbours two frames before, so that vibrato does not count: S. Böck and G. Widmer, "Maximum filter vibrato
/// suppression for onset detection", DAFx 2013 ("SuperFlux"), at 200 frames a second.
struct OnsetStrength {
  /// Frames to the one that is compared.
  private static let lag = 2
  /// A full-scale sine reads this before the logarithm: so much that the flux of quiet recordings comes near that of
  /// loud ones, and little enough that noise below -60 dBFS counts for nothing (512 in the paper).
  private static let gain: Float = 1500

  private let filters: BandFilters
  private var past: [[Float]]
  private var now: [Float]
  private var frames = 0

  init(rate: Double, size: Int) {
    filters = BandFilters(distinctPerOctave: 24, rate: rate, size: size)
    now = Array(repeating: 0, count: filters.frequencies.count)
    past = Array(repeating: now, count: Self.lag)
  }

  /// The flux of the next frame, given its magnitudes.
  mutating func process(_ magnitudes: [Float]) -> Float {
    filters.sums(magnitudes, into: &now)
    var flux: Float = 0
    let place = frames % Self.lag
    past[place].withUnsafeBufferPointer { before in
      now.withUnsafeMutableBufferPointer { now in
        let last = now.count - 1
        for band in 0...max(0, last) where last >= 0 {
          now[band] = log10(1 + Self.gain * now[band])
          let loudest = max(before[band], before[max(0, band - 1)], before[min(last, band + 1)])
          flux += max(0, now[band] - loudest)
        }
      }
    }
    swap(&past[place], &now)
    frames += 1
    return flux
  }
}
