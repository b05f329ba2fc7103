// Merges the steady readout, hop by hop, into segments.
import Music

/// Collects readouts in the order of time and joins equal neighbours. Costs no memory but for the segments.
struct SegmentBuilder {
  private var finished: [ScaleSegment] = []
  private var current: ScaleSegment?
  private var confidenceSum = 0.0
  private var count = 0

  /// Takes the readout of the hop that ends `time` seconds into the file; the readout holds from the hop's beginning.
  mutating func add(scale: Scale?, confidence: Float, from start: Double, to time: Double) {
    if current == nil || current?.scale != scale {
      close(at: start)
      current = ScaleSegment(start: finished.isEmpty ? 0 : start, end: time, scale: scale, confidence: 0)
    }
    current?.end = time
    confidenceSum += confidence.isFinite ? Double(confidence) : 0
    count += 1
  }

  /// The segments, the last of which ends at `duration`.
  mutating func finish(at duration: Double) -> [ScaleSegment] {
    close(at: duration)
    return finished
  }

  private mutating func close(at time: Double) {
    guard var segment = current else { return }
    segment.end = max(time, segment.start)
    segment.confidence = count > 0 ? confidenceSum / Double(count) : 0
    finished.append(segment)
    current = nil
    confidenceSum = 0
    count = 0
  }
}
