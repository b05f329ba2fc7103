// FLACWriter: exact samples, playable at any moment, and errors.
import CSndfile
import Foundation
import Testing

@testable import AudioFile

/// Samples that 24 bits hold exactly.
private func noise(_ count: Int) -> [Float] {
  var state: UInt64 = 7
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Float(Int(state >> 40) - 1 << 23) / 8_388_608
  }
}

/// All samples of a sound file, interleaved, as libsndfile reads them.
private func read(_ path: String) -> (samples: [Float], channels: Int, rate: Int, announced: Int)? {
  var info = SF_INFO()
  guard let handle = sf_open(path, Int32(SFM_READ), &info) else { return nil }
  defer { sf_close(handle) }
  var samples: [Float] = []
  var block = [Float](repeating: 0, count: 4096 * Int(info.channels))
  while true {
    let count = Int(sf_readf_float(handle, &block, 4096))
    if count <= 0 { break }
    samples += block.prefix(count * Int(info.channels))
  }
  return (samples, Int(info.channels), Int(info.samplerate), Int(info.frames))
}

private func write(_ samples: [Float], to writer: FLACWriter) throws {
  try samples.withUnsafeBufferPointer { try writer.write($0) }
}

@Suite struct FLACWriterTests {
  @Test(arguments: [(1, 48_000), (2, 44_100), (2, 192_000), (1, 8000)])
  func samplesComeBackExactly(channels: Int, rate: Int) throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appendingPathComponent("a.flac").path
    let samples = noise(10_007 * channels)
    let writer = try FLACWriter(path: path, channels: channels, rate: rate)
    for start in stride(from: 0, to: samples.count, by: 333 * channels) {
      try write(Array(samples[start..<min(start + 333 * channels, samples.count)]), to: writer)
    }
    #expect(writer.frames == 10_007)
    try writer.close()
    try writer.close()  // once more does nothing
    let file = try #require(read(path))
    #expect(file.channels == channels && file.rate == rate && file.announced == 10_007)
    #expect(file.samples == samples)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func samplesBeyondFullScaleAreClippedAndNumbersThatAreNoneAreSilence() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appendingPathComponent("a.flac").path
    let writer = try FLACWriter(path: path, channels: 1, rate: 48_000)
    try write([2, -2, 1, -1, .nan, .infinity, -.infinity, 1e-12], to: writer)
    try writer.close()
    let most = Float(8_388_607) / 8_388_608
    #expect(read(path)?.samples == [most, -1, most, -1, 0, most, -1, 0])
  }

  /// What a crash leaves: the file as it is at that moment.
  @Test func theFileCanBePlayedBeforeItIsClosed() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appendingPathComponent("a.flac").path
    let samples = noise(100_000)
    let writer = try FLACWriter(path: path, channels: 1, rate: 48_000)
    try write(samples, to: writer)
    let early = try #require(read(path))  // no length yet
    #expect(early.samples.count > 90_000 && early.samples[...] == samples.prefix(early.samples.count))
    try writer.sync()
    let synced = try #require(read(path))
    #expect(synced.announced > 90_000 && synced.announced % 4096 == 0)
    #expect(synced.samples[...] == samples.prefix(synced.announced))
    try write(samples, to: writer)
    try writer.sync()
    #expect(try #require(read(path)).announced > 190_000)
    try writer.close()
    #expect(read(path)?.samples == samples + samples)
  }

  @Test func aFileThatStandsThereIsLeftAlone() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.flac", [1, 2, 3])
    #expect(throws: SoundFileError.unwritable(path: path, reason: "File exists")) {
      _ = try FLACWriter(path: path, channels: 1, rate: 48_000)
    }
    #expect(FileManager.default.contents(atPath: path) == Data([1, 2, 3]))
    let missing = folder.url.path + "/none/a.flac"
    #expect(throws: SoundFileError.unwritable(path: missing, reason: "No such file or directory")) {
      _ = try FLACWriter(path: missing, channels: 1, rate: 48_000)
    }
  }

  @Test func aFullDiskIsReported() throws {
    let device = open("/dev/full", O_RDWR)
    #expect(device >= 0)
    let problem = #expect(throws: SoundFileError.self) {
      let writer = try FLACWriter(file: device, path: "full.flac", channels: 1, rate: 48_000)
      for _ in 0..<100 { try write(noise(4096), to: writer) }
    }
    #expect(problem == .unwritable(path: "full.flac", reason: "No space left on device"))
  }

  @Test func aRemovedFileIsNoticed() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appendingPathComponent("a.flac").path
    let writer = try FLACWriter(path: path, channels: 1, rate: 48_000)
    #expect(writer.isThere)
    try FileManager.default.removeItem(atPath: path)
    #expect(!writer.isThere)
  }
}
