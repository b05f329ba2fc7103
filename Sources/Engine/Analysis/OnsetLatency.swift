// How long the chain takes to show a note: from its onset to the first changed readout, counted in samples.
import Chroma
import Foundation

/// Feeds the chroma chain silence and then a sine, period by period as the audio server would, and counts the frames
/// until a readout differs. What is counted is the wait for blocks and hops; computing time comes on top.
public struct OnsetLatency: Sendable {
  /// Milliseconds from onset to the end of the period that brought the changed readout: the median over the offsets.
  public let median: Double
  /// The same, the longest.
  public let worst: Double
  /// One hop plus one period, milliseconds: what it may take.
  public let bound: Double

  /// A readout whose level rises by this much over the silence has changed, dB.
  private static let rise: Float = 6
  /// -80 dBFS of noise: nobody plugs in an instrument that is digitally silent.
  private static let noise: Float = 1e-4

  /// Measures onsets at `offsets` places spread over a hop.
  ///
  /// - Throws: `ChromaError` for a rate outside the range.
  public static func measure(sampleRate: Double, period: Int, offsets: Int = 64) throws -> OnsetLatency {
    let analyzer = try ChromaAnalyzer(sampleRate: sampleRate)
    let lead = 8 * analyzer.hop
    var waits: [Double] = []
    for offset in 0..<offsets {
      analyzer.reset()
      // A prime number of periods and steps: onsets fall at every place of the period too.
      let onset = lead + offset * analyzer.hop / offsets + offset % 61
      if let frames = framesToChange(analyzer, onset: onset, period: period) {
        waits.append(1000 * Double(frames) / sampleRate)
      }
    }
    waits.sort()
    return OnsetLatency(
      median: waits.isEmpty ? .infinity : waits[waits.count / 2],
      worst: waits.count == offsets ? waits.last ?? 0 : .infinity,
      bound: 1000 * Double(analyzer.hop + period) / sampleRate)
  }

  /// Frames from the onset to the end of the period in which a readout differs; nil when none does within a second.
  private static func framesToChange(_ analyzer: ChromaAnalyzer, onset: Int, period: Int) -> Int? {
    var random: UInt32 = 1
    var quiet: Float?
    var changed = false
    var time = 0
    var block = [Float](repeating: 0, count: period)
    while !changed, time < onset + Int(analyzer.sampleRate) {
      for index in 0..<period {
        random = random &* 1_664_525 &+ 1_013_904_223
        let hiss = noise * (Float(random >> 8) / Float(1 << 23) - 1)
        let age = time + index - onset
        block[index] = hiss + (age < 0 ? 0 : Float(0.25 * sin(2 * .pi * 220 * Double(age) / analyzer.sampleRate)))
      }
      let atOnset = time + period <= onset
      block.withUnsafeBufferPointer { samples in
        analyzer.process(samples) { frame in
          if atOnset { quiet = max(quiet ?? -120, frame.level) }
          if !atOnset, let quiet, frame.level > quiet + rise { changed = true }
        }
      }
      time += period
    }
    return changed ? time - onset : nil
  }

  /// One line of JSON, milliseconds.
  public var json: String {
    "{\"median\":\(JSONText.number(median)),\"worst\":\(JSONText.number(worst)),\"bound\":\(JSONText.number(bound))}"
  }
}
