// The figures of a sound in words.
import Foundation
import Music

extension WaveformReport {
  /// One line for people.
  public var text: String {
    func level(_ value: Double?, _ unit: String) -> String { value.map { "\(decimals($0, 1)) \(unit)" } ?? "silent" }
    let strongest = chroma.indices.sorted { chroma[$0] > chroma[$1] }.prefix(3).filter { chroma[$0] > 0.05 }
    var parts = [
      "\(decimals(seconds, 1)) s at \(Int(sampleRate)) Hz, \(channels) channel\(channels == 1 ? "" : "s")",
      "peak \(level(peak, "dBFS"))", "RMS \(level(rms, "dBFS"))", "crest \(level(crestFactor, "dB"))",
      "loudness \(loudness.map { "\(decimals($0, 1)) LUFS" } ?? "below the gate")",
      "offset \(decimals(100 * offset, 3)) %",
      "\(clippedSamples) clipped", "\(decimals(100 * silenceShare, 1)) % silence",
      "chroma \(strongest.isEmpty ? "none" : strongest.map { "\(PitchClass.all[$0])" }.joined(separator: " "))",
      "\(onsets) onset\(onsets == 1 ? "" : "s") (\(decimals(onsetsASecond, 2)) a second)",
    ]
    if let tempo, let tempoStrength {
      parts.append("tempo \(decimals(tempo, 1)) (strength \(decimals(tempoStrength, 2)))")
    }
    if let labels {
      parts.append(
        "labels: \(labels.labelled) onsets, precision \(decimals(labels.precision, 3)), "
          + "recall \(decimals(labels.recall, 3)), F-measure \(decimals(labels.fMeasure, 3)) within 50 ms")
    }
    return "\(file): " + parts.joined(separator: "; ")
  }

  /// One JSON object on one line.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
