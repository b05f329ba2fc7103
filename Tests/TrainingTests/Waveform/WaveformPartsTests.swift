// The parts of the analysis of sounds, against their definitions.
import Foundation
import Testing

@testable import Training

@Suite struct WaveformPartsTests {
  @Test func magnitudesAreThoseOfTheDefinition() {
    let size = 32
    let samples = (0..<size).map { Float(sin(Double($0 * $0) * 0.7) + 0.3) }
    let spectrum = MagnitudeSpectrum(size: size)
    var magnitudes = [Float](repeating: 0, count: spectrum.bins)
    samples.withUnsafeBufferPointer { spectrum.process($0, into: &magnitudes) }
    for bin in 0..<spectrum.bins {
      var (x, y) = (0.0, 0.0)
      for place in 0..<size {
        let angle = 2 * Double.pi * Double(place) / Double(size)
        let windowed = Double(samples[place]) * (0.5 - 0.5 * cos(angle + .pi / Double(size)))
        x += windowed * cos(angle * Double(bin))
        y -= windowed * sin(angle * Double(bin))
      }
      #expect(abs(Double(magnitudes[bin]) - hypot(x, y) * 4 / Double(size)) < 1e-5)
    }
  }

  /// The shape of cases 3 and 4 of EBU Tech 3341: quiet beginnings and ends do not count.
  @Test func loudnessIsGated() throws {
    let rate = 48_000.0
    var meter = LoudnessMeter(rate: rate)
    for (level, seconds) in [(-72.0, 2.0), (-36, 3), (-23, 12), (-36, 3), (-72, 2)] {
      let samples = SyntheticSound.tones([1000], amplitude: pow(10, level / 20), seconds: seconds, rate: rate)
      samples.withUnsafeBufferPointer { meter.process($0) }
    }
    // One channel instead of the two of the case: 3.01 LU less.
    #expect(abs(try #require(meter.integrated) + 26.01) < 0.1)
  }

  @Test func columnsStayBoundedAndLoseNothing() {
    var columns = WaveformColumns()
    for hop in 0..<100_000 {
      columns.update(hop: hop) { column in
        column.samples += 1
        column.high = max(column.high, hop == 70_001 ? 1 : 0.1)
      }
    }
    #expect(columns.columns.count <= WaveformColumns.most)
    #expect(columns.columns.count > WaveformColumns.most / 2)
    #expect(columns.columns.reduce(0) { $0 + $1.samples } == 100_000)
    #expect(columns.columns.firstIndex { $0.high == 1 } == 70_001 / columns.span)
  }

  @Test func onsetsMatchOneToOne() {
    let score = OnsetScore(found: [0.96, 1.0, 2.04, 5], labels: [1, 1.01, 2, 3])
    #expect(score.labelled == 3)
    #expect(score.found == 4)
    #expect(score.right == 2)
    #expect(abs(score.fMeasure - 4.0 / 7) < 1e-12)
    #expect(OnsetScore(found: [], labels: []).fMeasure == 0)
  }

  @Test(arguments: [
    ("begin,end\n1,2\n", "no column"), ("start_time,end_time\nx,3\n", "line 2"), ("start_time\n", "no notes"),
    ("end_time,start_time\n5,7\n5\n", "line 3"), ("start_time\n-4\n", "line 2"),
  ])
  func wrongLabelsAreNamed(text: String, reason: String) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "labels \(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data(text.utf8).write(to: url)
    let error = #expect(throws: TrainingError.self) { try OnsetLabels.onsets(url) }
    #expect(try #require(error).description.contains(reason))
  }
}
