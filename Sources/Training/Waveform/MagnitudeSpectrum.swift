// The short-time spectrum of a real signal.
import Foundation

/// Hann-windowed Fourier transforms of one size, a power of two. For one thread at a time.
///
/// A real transform of n points through a complex one of n/2 (W. H. Press et al., "Numerical Recipes", 12.3); radix 2,
/// decimation in time. FFTW's planner has one lock for the whole process, which belongs to the live analysis.
final class MagnitudeSpectrum {
  /// Samples in the window.
  let size: Int
  /// Bins from 0 Hz to half the sample rate.
  var bins: Int { size / 2 + 1 }
  private let half: Int
  private let window: [Float]
  private let order: [Int]
  private let cosines: [Float]
  private let sines: [Float]
  private var real: [Float]
  private var imaginary: [Float]
  private let scale: Float

  /// - Parameter size: a power of two, at least 4.
  init(size: Int) {
    self.size = size
    let half = size / 2
    self.half = half
    window = (0..<size).map { Float(0.5 - 0.5 * cos(2 * .pi * (Double($0) + 0.5) / Double(size))) }
    cosines = (0..<size).map { Float(cos(2 * .pi * Double($0) / Double(size))) }
    sines = (0..<size).map { Float(-sin(2 * .pi * Double($0) / Double(size))) }
    let bits = half.trailingZeroBitCount
    order = (0..<half).map { index in
      (0..<bits).reduce(0) { $0 | (index >> $1 & 1) << (bits - 1 - $1) }
    }
    real = Array(repeating: 0, count: half)
    imaginary = Array(repeating: 0, count: half)
    scale = Float(4 / Double(size))
  }

  /// The magnitudes of `bins` bins; a full-scale sine in the middle of a bin reads 1.
  ///
  /// - Parameters:
  ///   - samples: `size` samples.
  ///   - magnitudes: `bins` numbers, overwritten.
  func process(_ samples: UnsafeBufferPointer<Float>, into magnitudes: inout [Float]) {
    let (half, scale) = (half, scale)
    window.withUnsafeBufferPointer { window in
      for index in 0..<half {
        let place = order[index]
        real[place] = samples[2 * index] * window[2 * index]
        imaginary[place] = samples[2 * index + 1] * window[2 * index + 1]
      }
    }
    real.withUnsafeMutableBufferPointer { re in
      imaginary.withUnsafeMutableBufferPointer { im in
        cosines.withUnsafeBufferPointer { cosines in
          sines.withUnsafeBufferPointer { sines in
            Self.transform(re, im, cosines, sines)
            magnitudes.withUnsafeMutableBufferPointer { output in
              for bin in 0...half {
                let (k, mirror) = (bin == half ? 0 : bin, bin == 0 || bin == half ? 0 : half - bin)
                let (evenRe, evenIm) = ((re[k] + re[mirror]) / 2, (im[k] - im[mirror]) / 2)
                let (oddRe, oddIm) = ((im[k] + im[mirror]) / 2, (re[mirror] - re[k]) / 2)
                let x = evenRe + cosines[bin] * oddRe - sines[bin] * oddIm
                let y = evenIm + cosines[bin] * oddIm + sines[bin] * oddRe
                output[bin] = (x * x + y * y).squareRoot() * scale
              }
            }
          }
        }
      }
    }
  }

  /// The butterflies over bit-reversed input; the tables hold twice as many angles as there are points.
  private static func transform(
    _ re: UnsafeMutableBufferPointer<Float>, _ im: UnsafeMutableBufferPointer<Float>,
    _ cosines: UnsafeBufferPointer<Float>, _ sines: UnsafeBufferPointer<Float>
  ) {
    let count = re.count
    var span = 1
    while span < count {
      let step = count / span
      var start = 0
      while start < count {
        var place = start
        while place < start + span {
          let angle = (place - start) * step
          let (c, s) = (cosines[angle], sines[angle])
          let other = place + span
          let (x, y) = (c * re[other] - s * im[other], c * im[other] + s * re[other])
          (re[other], im[other]) = (re[place] - x, im[place] - y)
          (re[place], im[place]) = (re[place] + x, im[place] + y)
          place += 1
        }
        start += 2 * span
      }
      span *= 2
    }
  }
}
