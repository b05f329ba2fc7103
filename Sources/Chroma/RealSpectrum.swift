// The short-time spectrum of a real signal, in decibels.

internal import CFFTW
internal import CKernels
internal import Synchronization

/// FFTW's planner keeps global state; everything else of it may run in any thread.
private let planner = Mutex(())

/// A Hann-windowed, zero-padded discrete Fourier transform. A full-scale sine reads 0 dB.
final class RealSpectrum {
  /// Samples in the window.
  let window: Int
  /// Points of the transform, at least `window`.
  let size: Int
  /// Bins whose level is computed, from 0 Hz.
  let bins: Int
  private let shape: UnsafeMutablePointer<Float>
  private let input: UnsafeMutablePointer<Float>
  private let output: UnsafeMutablePointer<Float>
  private let decibels: UnsafeMutablePointer<Float>
  private let plan: fftwf_plan?
  private let scale: Float

  /// - Parameters:
  ///   - window: length of the Hann window in samples.
  ///   - padding: the transform has at least `window * padding` points.
  ///   - bins: how many bins from 0 Hz are wanted; at most `size / 2 + 1` are given.
  init(window: Int, padding: Int, bins: (_ size: Int) -> Int) {
    self.window = window
    size = Self.smooth(atLeast: window * padding)
    self.bins = min(bins(size), size / 2 + 1)
    shape = .allocate(capacity: window)
    input = fftwf_alloc_real(size)
    output = fftwf_alloc_real(size + 2)
    decibels = .allocate(capacity: self.bins)
    var sum = 0.0
    for i in 0..<window {
      let value = 0.5 - 0.5 * Double.cos(2 * .pi * (Double(i) + 0.5) / Double(window))
      shape[i] = Float(value)
      sum += value
    }
    scale = Float(4 / (sum * sum))
    input.initialize(repeating: 0, count: size)
    output.initialize(repeating: 0, count: size + 2)
    decibels.initialize(repeating: -120, count: self.bins)
    let (input, output, size) = (input, output, size)
    // ESTIMATE chooses without timing, so that the same input always gives the same bits.
    plan = planner.withLock { _ in
      output.withMemoryRebound(to: fftwf_complex.self, capacity: size / 2 + 1) {
        UncheckedPlan(value: fftwf_plan_dft_r2c_1d(Int32(size), input, $0, FFTW_ESTIMATE))
      }
    }.value
  }

  deinit {
    let plan = UncheckedPlan(value: plan)
    planner.withLock { _ in fftwf_destroy_plan(plan.value) }
    fftwf_free(input)
    fftwf_free(output)
    shape.deallocate()
    decibels.deallocate()
  }

  /// The level in dB of each of `bins` bins, valid until the next call. `samples` holds `window` samples.
  func process(_ samples: UnsafePointer<Float>) -> UnsafePointer<Float> {
    spectrum_window(samples, shape, input, Int32(window))
    fftwf_execute(plan)
    spectrum_decibels(output, scale, decibels, Int32(bins))
    return UnsafePointer(decibels)
  }

  /// The smallest even number from `n` on without a prime factor above 7: FFTW is fast there.
  private static func smooth(atLeast n: Int) -> Int {
    var size = n + n % 2
    while true {
      var rest = size
      for prime in [2, 3, 5, 7] { while rest % prime == 0 { rest /= prime } }
      if rest == 1 { return size }
      size += 2
    }
  }
}

/// Carries a plan across the planner's lock.
/// Unchecked because the pointer is only created and destroyed under that lock, and used by its owner alone.
private struct UncheckedPlan: @unchecked Sendable {
  let value: fftwf_plan?
}
