// SoundFile: what is read from good files and what is said about bad ones.
import Foundation
import Testing

@testable import AudioFile

@Suite struct SoundFileTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  /// Reads a whole file in blocks of `block` frames.
  private func readAll(_ file: SoundFile, block: Int = 1000) throws(SoundFileError) -> [Float] {
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: block)
    defer { buffer.deallocate() }
    var all: [Float] = []
    while true {
      let count = try file.read(into: buffer)
      if count == 0 { return all }
      all += buffer[..<count]
    }
  }

  private func error(opening path: String) -> SoundFileError? {
    do throws(SoundFileError) {
      _ = try readAll(try SoundFile(path: path))
      return nil
    } catch { return error }
  }

  @Test(arguments: [1, 7, 1000, 4096, 10_000]) func monoSamplesAreReadUnchanged(block: Int) throws {
    let samples = SmallWAV.sine(440, seconds: 0.25)
    let file = try SoundFile(path: folder.write("a.wav", SmallWAV(samples: samples).bytes()))
    #expect(try readAll(file, block: block) == samples)
    #expect(file.sampleRate == 44_100)
    #expect(file.announcedDuration == 0.25)
    #expect(file.framesRead == samples.count)
    #expect(file.warnings.isEmpty)
  }

  @Test func channelsAreAveraged() throws {
    let wav = SmallWAV(channels: 8, samples: (0..<80).map { Float($0 % 8) })
    let file = try SoundFile(path: folder.write("eight.wav", wav.bytes()))
    #expect(try readAll(file) == [Float](repeating: 3.5, count: 10))
    #expect(file.channels == 8)
  }

  @Test func sixtyFourChannelsAreReadAndMoreAreNot() throws {
    let most = try SoundFile(
      path: folder.write("64.wav", SmallWAV(channels: 64, samples: [Float](repeating: 0.25, count: 640)).bytes()))
    #expect(try readAll(most) == [Float](repeating: 0.25, count: 10))
    let more = try folder.write("65.wav", SmallWAV(channels: 65, samples: [Float](repeating: 0, count: 650)).bytes())
    #expect(error(opening: more) == .tooManyChannels(path: more, channels: 65))
  }

  @Test func badSamplesBecomeSilenceAndAreCounted() throws {
    let bad: [Float] = [0.5, .nan, .infinity, -.infinity, 1e30, -0.5]
    let file = try SoundFile(path: folder.write("bad.wav", SmallWAV(samples: bad).bytes()))
    #expect(try readAll(file) == [0.5, 0, 0, 0, 0, -0.5])
    #expect(file.warnings == [.replacedSamples(path: file.path, count: 4)])
  }

  @Test func oneBadChannelSparesTheOther() throws {
    let wav = SmallWAV(channels: 2, samples: [.nan, 0.5, 0.5, 0.5])
    let file = try SoundFile(path: folder.write("half.wav", wav.bytes()))
    #expect(try readAll(file) == [0.25, 0.5])
    #expect(file.replacedSamples == 1)
  }

  @Test func nothingButNaNIsAnError() throws {
    let path = try folder.write("nan.wav", SmallWAV(samples: [Float](repeating: .nan, count: 9000)).bytes())
    #expect(error(opening: path) == .noUsableSamples(path: path))
  }

  @Test func whatIsThereOfACutOffFileIsRead() throws {
    let samples = SmallWAV.sine(440, seconds: 0.25)
    let file = try SoundFile(path: folder.write("cut.wav", SmallWAV(samples: samples).bytes(cutTo: 44 + 4 * 4410)))
    #expect(try readAll(file) == Array(samples.prefix(4410)))
    #expect(file.warnings == [.truncated(path: file.path, seconds: 0.1)])
  }

  @Test func aFileCutAnywhereNeverCrashes() throws {
    let wav = SmallWAV(samples: SmallWAV.sine(440, seconds: 0.001))
    let whole = wav.bytes()
    for length in 0..<whole.count {
      let path = try folder.write("cut-\(length).wav", wav.bytes(cutTo: length))
      if length < 48 { #expect(error(opening: path) != nil, "\(length) bytes hold no sample") }
      if length >= 48 { #expect(error(opening: path) == nil, "\(length) bytes hold a sample") }
    }
  }

  @Test(arguments: [200, 7_999, 192_001, 1_000_000]) func rateOutOfRangeIsNamedWithTheRemedy(rate: Int) throws {
    let wav = SmallWAV(sampleRate: UInt32(rate), samples: [0, 0.5, 0, -0.5])
    let path = try folder.write("rate.wav", wav.bytes())
    let found = try #require(error(opening: path))
    #expect(found == .rateOutOfRange(path: path, rate: rate))
    #expect(found.description.contains("\(rate) Hz") && found.description.contains("sox IN -r 44100 OUT"))
  }

  @Test(arguments: [8_000, 192_000]) func ratesAtTheEndsOfTheRangeAreRead(rate: Int) throws {
    let path = try folder.write("edge.wav", SmallWAV(sampleRate: UInt32(rate), samples: [0, 0.5]).bytes())
    #expect(error(opening: path) == nil)
  }

  @Test func filesThatAreNoSound() throws {
    let empty = try folder.write("empty.wav", [])
    #expect(error(opening: empty) == .empty(path: empty))
    let silentHeader = try folder.write("header.wav", SmallWAV().bytes())
    #expect(error(opening: silentHeader) == .noFrames(path: silentHeader))
    let text = try folder.write("text.txt", Array("not a sound\n".utf8))
    #expect(error(opening: text)?.description.contains("no sound file") == true)
    #expect(error(opening: folder.url.path) == .isDirectory(path: folder.url.path))
    let missing = folder.url.path + "/missing.wav"
    #expect(error(opening: missing) == .notFound(path: missing))
    #expect(error(opening: "") != nil)
  }

  @Test func everySentenceNamesTheFileAndEndsOnce() {
    let all: [SoundFileError] = [
      .notFound(path: "x.wav"), .isDirectory(path: "x.wav"), .empty(path: "x.wav"),
      .unreadable(path: "x.wav", reason: "why"),
      .notAudio(path: "x.wav", reason: "why"), .noFrames(path: "x.wav"), .rateOutOfRange(path: "x.wav", rate: 1),
      .tooManyChannels(path: "x.wav", channels: 99), .noUsableSamples(path: "x.wav"),
    ]
    for sentence in all.map(\.description) {
      #expect(sentence.hasPrefix("x.wav: ") && sentence.hasSuffix(".") && !sentence.contains("\n"))
    }
  }
}
