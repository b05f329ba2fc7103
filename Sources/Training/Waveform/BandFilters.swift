// Triangular filters on a musical axis.
import Foundation

/// Sums the bins of a spectrum into bands that are evenly spaced on a logarithmic axis.
struct BandFilters {
  private struct Band {
    var first: Int
    var weights: [Float]
  }

  /// The middle of the lowest band, Hz: A0, the lowest key of a piano.
  static let lowest = 27.5
  /// The highest band ends here, Hz.
  static let highest = 16_000.0

  /// The middle of each band, Hz.
  let frequencies: [Double]
  private let bands: [Band]

  /// Bands for the picture: exactly `perOctave` an octave. A band narrower than a bin reads between two bins.
  init(perOctave: Int, rate: Double, size: Int) {
    let top = min(Self.highest, rate / 2)
    let count = Int((Double(perOctave) * log2(top / Self.lowest)).rounded(.down))
    let frequencies = (0..<max(1, count)).map { Self.lowest * exp2(Double($0) / Double(perOctave)) }
    self.frequencies = frequencies
    let width = exp2(1 / Double(perOctave))
    bands = frequencies.map { middle in
      let bin = middle * Double(size) / rate
      let reach = max(1, bin * (width - 1))
      return Self.triangle(from: bin - reach, over: bin, to: bin + reach, bins: size / 2 + 1)
    }
  }

  /// Bands for onsets: as above, but each centred on a bin of its own, so that the low bins do not count several times.
  init(distinctPerOctave perOctave: Int, rate: Double, size: Int) {
    let top = min(Self.highest, rate / 2)
    let count = Int((Double(perOctave) * log2(top / Self.lowest)).rounded(.down)) + 1
    var bins: [Int] = []
    for place in 0..<max(1, count) {
      let bin = Int((Self.lowest * exp2(Double(place) / Double(perOctave)) * Double(size) / rate).rounded())
      if bin > bins.last ?? 0 { bins.append(bin) }
    }
    let middles = bins.dropFirst().dropLast()
    frequencies = middles.map { Double($0) * rate / Double(size) }
    bands = middles.indices.map { place in
      Self.triangle(
        from: Double(bins[place - 1]), over: Double(bins[place]), to: Double(bins[place + 1]), bins: size / 2 + 1)
    }
  }

  private static func triangle(from low: Double, over middle: Double, to high: Double, bins: Int) -> Band {
    let first = max(0, Int(low.rounded(.up)))
    let last = max(first, min(bins - 1, Int(high.rounded(.down))))
    let weights = (first...last).map { bin in
      let place = Double(bin)
      return Float(max(0, place <= middle ? (place - low) / (middle - low) : (high - place) / (high - middle)))
    }
    return Band(first: first, weights: weights)
  }

  /// The weighted sum of each band; `output` has as many places as there are bands.
  func sums(_ values: [Float], into output: inout [Float]) {
    values.withUnsafeBufferPointer { values in
      for (place, band) in bands.enumerated() {
        var sum: Float = 0
        band.weights.withUnsafeBufferPointer { weights in
          for offset in 0..<weights.count { sum += weights[offset] * values[band.first + offset] }
        }
        output[place] = sum
      }
    }
  }

  /// The largest weighted value of each band.
  func peaks(_ values: [Float], into output: inout [Float]) {
    values.withUnsafeBufferPointer { values in
      for (place, band) in bands.enumerated() {
        var peak: Float = 0
        band.weights.withUnsafeBufferPointer { weights in
          for offset in 0..<weights.count { peak = max(peak, weights[offset] * values[band.first + offset]) }
        }
        output[place] = peak
      }
    }
  }
}
