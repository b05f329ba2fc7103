// A SoundFont of one looped sine tone (441 Hz at key 69), built in memory so that the tests need no installed one.
import Foundation

struct TinySoundFont {
  /// Version written into the file.
  var version = 2
  /// Tables of the pdta section to leave out.
  var omitted: Set<String> = []
  /// Bytes added to the shdr table, to damage it.
  var extraHeaderBytes = 0
  /// One byte more of samples and no padding after them, as MuseScore's sf3 files have it.
  var hasUnpaddedSamples = false
  /// The tone lasts until it is released; else it ends with its samples.
  var isLooped = true

  private static func little(_ value: Int, _ bytes: Int) -> Data {
    Data((0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
  }

  private static func name(_ text: String) -> Data {
    Data(text.utf8) + Data(count: 20 - text.utf8.count)
  }

  private static func chunk(_ id: String, _ body: Data, isPadded: Bool = true) -> Data {
    Data(id.utf8) + little(body.count, 4) + body + Data(count: isPadded ? body.count % 2 : 0)
  }

  var data: Data {
    let u = Self.little
    let samples = (0..<5000).reduce(into: Data()) { data, index in
      data += u(Int(20000 * sin(2 * Double.pi * Double(index) / 100)), 2)
    } + Data(count: hasUnpaddedSamples ? 93 : 92)
    func preset(_ text: String, bank: Int, bag: Int) -> Data {
      Self.name(text) + u(0, 2) + u(bank, 2) + u(bag, 2) + Data(count: 12)
    }
    let header = Self.name("Sine") + u(0, 4) + u(5000, 4) + u(1000, 4) + u(4000, 4) + u(44100, 4)
      + Data([69, 0]) + u(0, 2) + u(1, 2)
    let tables: [(String, Data)] = [
      ("phdr", preset("Sine", bank: 0, bag: 0) + preset("Kit", bank: 128, bag: 1) + preset("EOP", bank: 0, bag: 2)),
      ("pbag", u(0, 2) + u(0, 2) + u(1, 2) + u(0, 2) + u(2, 2) + u(0, 2)),
      ("pmod", Data(count: 10)),
      ("pgen", u(41, 2) + u(0, 2) + u(41, 2) + u(0, 2) + Data(count: 4)),
      ("inst", Self.name("Sine") + u(0, 2) + Self.name("EOI") + u(1, 2)),
      ("ibag", u(0, 2) + u(0, 2) + u(2, 2) + u(0, 2)),
      ("imod", Data(count: 10)),
      ("igen", u(54, 2) + u(isLooped ? 1 : 0, 2) + u(53, 2) + u(0, 2) + Data(count: 4)),
      ("shdr", header + Self.name("EOS") + Data(count: 26 + extraHeaderBytes)),
    ]
    let information = Self.chunk("ifil", u(version, 2) + u(1, 2)) + Self.chunk("isng", Data("EMU8000\0".utf8))
      + Self.chunk("INAM", Data("Tiny\0\0".utf8))
    let records = tables.filter { !omitted.contains($0.0) }.reduce(into: Data()) { $0 += Self.chunk($1.0, $1.1) }
    return Self.chunk(
      "RIFF",
      Data("sfbk".utf8) + Self.chunk("LIST", Data("INFO".utf8) + information)
        + Self.chunk(
          "LIST", Data("sdta".utf8) + Self.chunk("smpl", samples, isPadded: !hasUnpaddedSamples),
          isPadded: !hasUnpaddedSamples)
        + Self.chunk("LIST", Data("pdta".utf8) + records))
  }
}

/// A folder that is gone when the test is.
final class TemporaryFolder {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent("synth-" + UUID().uuidString)

  init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func write(_ data: Data, to name: String) throws -> URL {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
    return file
  }
}
