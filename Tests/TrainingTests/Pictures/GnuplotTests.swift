// Pictures, and the sentences where there can be none.
import Foundation
import Testing

@testable import Training

@Suite struct GnuplotTests {
  private let url = FileManager.default.temporaryDirectory.appending(path: "it's a plot \(UUID().uuidString).png")

  @Test func withoutGnuplotTheSentenceNamesTheRemedy() throws {
    let error = #expect(throws: PictureError.self) { try Gnuplot.draw("plot x", to: url, searchPath: "/nonexistent") }
    #expect(try #require(error).description.contains("apt install gnuplot"))
  }

  private static let hasGnuplot = ["/usr/bin/gnuplot", "/usr/local/bin/gnuplot"].contains {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  @Test(.enabled(if: hasGnuplot)) func drawsHistoryAndConfusions() throws {
    defer { try? FileManager.default.removeItem(at: url) }
    let rows = (0..<3).map {
      EpochFigures(
        epoch: $0, rate: 1e-3, trainLoss: 2, validationLoss: 1, validationAccuracy: 0.5, samplesASecond: 100)
    }
    for script in [
      HistoryPlot.script(rows), ConfusionMatrix([[3, 1], [0, 2]], names: ["C", "D♭"], title: "keys").script,
    ] {
      try Gnuplot.draw(script, to: url)
      #expect(try Data(contentsOf: url).starts(with: [0x89, 0x50, 0x4E, 0x47]))
    }
    #expect(throws: PictureError.self) { try Gnuplot.draw("plot nonsense(", to: url) }
  }
}
