// Level and tuning of a whole file, gathered frame by frame.
import Chroma
import Foundation

/// Running sums over the frames of a file.
struct AnalysisTotals {
  private var power = 0.0
  private var frames = 0
  private var tunings: [Float] = []

  /// Takes the next frame; tuning counts once a step, while something sounds.
  mutating func add(_ frame: ChromaFrame) {
    if frame.level.isFinite { power += pow(10, Double(frame.level) / 10) }
    frames += 1
    if frame.step != nil, frame.isActive, frame.tuningCents.isFinite { tunings.append(frame.tuningCents) }
  }

  /// Root mean square of all that was heard, dBFS; -120 for silence.
  var levelDB: Double { frames > 0 && power > 0 ? max(-120, 10 * log10(power / Double(frames))) : -120 }

  /// Median of the tuning estimate, cents; 0 when nothing sounded.
  var tuningCents: Double {
    guard !tunings.isEmpty else { return 0 }
    return Double(tunings.sorted()[tunings.count / 2])
  }
}
