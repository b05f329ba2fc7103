// Every way in which a file can fail to be a SoundFont is told apart before FluidSynth sees it.
import Foundation
import Synth
import Testing

@Suite struct SoundFontFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func failure(_ url: URL) -> SoundFontError? {
    do {
      _ = try SoundFontFile(contentsOf: url)
      return nil
    } catch {
      return error
    }
  }

  @Test func acceptsVersions2And3() throws {
    let two = try folder.write(TinySoundFont().data, to: "a.sf2")
    let three = try folder.write(TinySoundFont(version: 3).data, to: "a.sf3")
    #expect(try SoundFontFile(contentsOf: two).format == .sf2)
    #expect(try SoundFontFile(contentsOf: three).format == .sf3)
  }

  @Test func acceptsOddChunksWithoutPadding() throws {
    let url = try folder.write(TinySoundFont(version: 3, hasUnpaddedSamples: true).data, to: "a.sf3")
    #expect(try SoundFontFile(contentsOf: url).format == .sf3)
  }

  @Test func refusesOtherVersions() throws {
    let url = try folder.write(TinySoundFont(version: 4).data, to: "a.sf2")
    #expect(failure(url) == .unsupportedVersion(path: url.path, version: 4))
  }

  @Test func tellsMissingFromFolder() {
    let missing = folder.url.appendingPathComponent("none.sf2")
    #expect(failure(missing) == .missing(path: missing.path))
    #expect(failure(folder.url) == .notRegularFile(path: folder.url.path))
    #expect(failure(URL(fileURLWithPath: "/dev/zero")) == .notRegularFile(path: "/dev/zero"))
  }

  @Test(arguments: [Data(), Data("RIFF".utf8), Data("MThd junk that is no SoundFont".utf8), Data(count: 4096)])
  func refusesJunk(data: Data) throws {
    let url = try folder.write(data, to: "junk.sf2")
    #expect(failure(url) == .notSoundFont(path: url.path))
  }

  @Test func refusesEveryTruncation() throws {
    let whole = TinySoundFont().data
    for length in stride(from: 12, to: whole.count, by: 97) {
      let url = try folder.write(whole.prefix(length), to: "cut.sf2")
      #expect(failure(url) == .truncated(path: url.path, expected: whole.count, actual: length))
    }
  }

  @Test(arguments: ["phdr", "pbag", "pgen", "inst", "ibag", "igen", "shdr"])
  func refusesMissingTable(name: String) throws {
    let url = try folder.write(TinySoundFont(omitted: [name]).data, to: "a.sf2")
    #expect(failure(url) == .damaged(path: url.path, reason: "it has no \(name) table"))
  }

  @Test func refusesPartialRecords() throws {
    let url = try folder.write(TinySoundFont(extraHeaderBytes: 2).data, to: "a.sf2")
    #expect(failure(url) == .damaged(path: url.path, reason: "its shdr table has 94 bytes"))
  }

  @Test func refusesChunkBeyondItsSection() throws {
    var data = TinySoundFont().data
    let samples = try #require(data.range(of: Data("smpl".utf8)))
    data[samples.upperBound + 2] = 0x7F
    let url = try folder.write(data, to: "a.sf2")
    guard case .damaged(_, let reason) = failure(url) else {
      Issue.record("a chunk that is too long was accepted")
      return
    }
    #expect(reason.contains("reaches beyond"))
  }

  @Test func survivesAnyDamagedByteInTheStructure() throws {
    let whole = TinySoundFont().data
    let tables = try #require(whole.range(of: Data("phdr".utf8))).lowerBound
    for index in Array(0..<120) + Array(stride(from: tables, to: whole.count, by: 3)) {
      var data = whole
      data[index] ^= 0xFF
      _ = failure(try folder.write(data, to: "bent.sf2"))  // any answer will do, as long as it comes
    }
  }

  @Test func messagesNameTheFileAndTheRemedy() {
    let text = SoundFontError.truncated(path: "/x/y.sf2", expected: 10, actual: 5).description
    #expect(text == "SoundFont /x/y.sf2 is cut short (5 bytes of 10); copy or download it again.")
  }
}
