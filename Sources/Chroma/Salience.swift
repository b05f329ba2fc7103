// Which tones stand out of a log-frequency spectrum.

internal import CKernels

/// Whitens a spectrum, keeps its peaks and weakens those that are overtones of a stronger tone.
struct Salience {
  /// A peak: MIDI pitch (fractional, untuned) and how far it stands out, in dB above the local mean, 0...24.
  struct Peak {
    var pitch: Double
    var weight: Double
  }

  /// Reach of the local mean: a fifth (8 semitones) on either side.
  private static let reach = 8 * LogFrequencySpectrum.binsPerSemitone
  private static let margin: Float = 3
  private static let ceiling: Float = 24
  /// What lies further below the loudest bin than this is not heard.
  private static let range: Float = 50
  /// A peak this far below a louder bin within `reach` is a side lobe of the Hann window (-31 dB), not a tone.
  private static let sideLobe: Float = 28
  /// Distance in bins from a tone to its overtones 3, 5, 6, 7, 9, 10 and 12: those that fall on another pitch class.
  private static let overtones: [Int] = [3, 5, 6, 7, 9, 10, 12].map {
    Int((12 * Double(LogFrequencySpectrum.binsPerSemitone) * Double.log2($0)).rounded())
  }
  /// How much of an overtone's weight is taken away when its fundamental is at least as strong.
  private static let suppression: Double = 0.5

  private var salience = [Float](repeating: 0, count: LogFrequencySpectrum.count)
  private var sums = [Double](repeating: 0, count: LogFrequencySpectrum.count + 2 * reach + 1)
  private(set) var peaks: [Peak] = []

  init() { peaks.reserveCapacity(LogFrequencySpectrum.count / 2) }

  /// Finds the peaks of `levels` (dB, `LogFrequencySpectrum.count` bins).
  /// - Parameter loudest: the level of the loudest bin that sounds now.
  mutating func process(_ levels: UnsafePointer<Float>, loudest: Float) {
    let count = LogFrequencySpectrum.count
    spectrum_whiten(
      levels, Int32(count), Int32(Self.reach), Self.margin, Self.ceiling, loudest - Self.range, &sums, &salience)
    peaks.removeAll(keepingCapacity: true)
    salience.withUnsafeBufferPointer { s in
      for j in 1..<count - 1 where s[j] > 0 {
        let (left, centre, right) = (levels[j - 1], levels[j], levels[j + 1])
        let isPeak = centre >= left && centre > right
        guard isPeak, !Self.isSideLobe(j, of: levels) else { continue }
        // The vertex of the parabola through the peak and its neighbours, in dB: exact to a cent for a Hann window.
        let offset = min(max(0.5 * (left - right) / min(left - 2 * centre + right, -1e-6), -0.5), 0.5)
        peaks.append(
          Peak(
            pitch: LogFrequencySpectrum.pitch(ofBin: j)
              + Double(offset) / Double(LogFrequencySpectrum.binsPerSemitone),
            weight: Double(s[j]) * (1 - Self.suppression * Self.overtoneShare(of: j, in: s))))
      }
    }
  }

  private static func isSideLobe(_ j: Int, of levels: UnsafePointer<Float>) -> Bool {
    let threshold = levels[j] + sideLobe
    for i in max(0, j - reach)..<min(LogFrequencySpectrum.count, j + reach + 1) where levels[i] > threshold {
      return true
    }
    return false
  }

  /// 0 when no stronger tone has bin `j` among its overtones, 1 when one at least as strong has.
  private static func overtoneShare(of j: Int, in s: UnsafeBufferPointer<Float>) -> Double {
    var strongest: Float = 0
    for distance in overtones where j - distance >= 1 {
      let i = j - distance
      strongest = max(strongest, s[i], s[i - 1], s[i + 1])
    }
    return Double(min(1, strongest / s[j]))
  }
}
