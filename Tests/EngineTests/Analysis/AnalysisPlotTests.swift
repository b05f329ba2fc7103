// Plots: names and places are checked beforehand, and gnuplot draws what it is given.
import Foundation
import Testing

@testable import Engine

private let hasGnuplot = FileManager.default.isExecutableFile(atPath: "/usr/bin/gnuplot")

@Suite struct AnalysisPlotTests {
  let folder: AnalysisFolder
  init() throws { folder = try AnalysisFolder() }

  private func problem(_ path: String) -> PlotError? {
    do throws(PlotError) {
      _ = try AnalysisPlot(path: path)
      return nil
    } catch { return error }
  }

  @Test func badNamesAndPlacesAreRefusedBeforehand() throws {
    #expect(problem("a.jpg") == .unknownExtension(path: "a.jpg"))
    #expect(problem("plot") == .unknownExtension(path: "plot"))
    let missing = folder.path("missing/a.png")
    #expect(problem(missing)?.description.contains("there is no directory") == true)
    try FileManager.default.createDirectory(atPath: folder.path("dir.svg"), withIntermediateDirectories: false)
    #expect(problem(folder.path("dir.svg"))?.description.contains("it is a directory") == true)
    #expect(problem(folder.path("a.PNG")) == nil && problem("a.svg") == nil)
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed")) func aFullDiskIsNamed() throws {
    let path = folder.path("full.png")
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/dev/full")
    #expect(throws: PlotError.unwritable(path: path, reason: "No space left on device")) {
      try AnalysisPlot(path: path).draw(someResult())
    }
  }

  @Test func withoutGnuplotTheRemedyIsNamed() throws {
    let plot = try AnalysisPlot(path: folder.path("a.png"))
    #expect(throws: PlotError.noGnuplot) { try plot.draw(someResult(), searchPath: folder.url.path) }
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"), arguments: ["a.png", "a.svg"])
  func aPictureIsDrawn(name: String) throws {
    let path = folder.path(name)
    try AnalysisPlot(path: path).draw(someResult(file: "it's a 'file'\\.wav"))
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let signature: [UInt8] = name.hasSuffix("png") ? [0x89, 0x50, 0x4E, 0x47] : Array("<?xml".utf8)
    #expect(bytes.starts(with: signature))
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed")) func anEmptyResultIsDrawnToo() throws {
    var result = someResult()
    result.segments = []
    result.steps = []
    result.duration = 0
    try AnalysisPlot(path: folder.path("empty.png")).draw(result)
    #expect(FileManager.default.fileExists(atPath: folder.path("empty.png")))
  }

  @Test func aLongFileIsAveragedDown() {
    var result = someResult()
    result.steps = (0..<10_000).map {
      AnalysisStep(
        time: Double($0), scale: nil, confidence: 0, levelDB: 0, tuningCents: 0, chroma: SIMD16(repeating: 0.5))
    }
    let script = ChromagramScript(result: result, isSVG: false).text
    let rows = script.split(separator: "\n").filter { $0.hasPrefix("0.5 ") }
    #expect(rows.count == 12 && rows.allSatisfy { $0.split(separator: " ").count == ChromagramScript.mostColumns })
  }
}
