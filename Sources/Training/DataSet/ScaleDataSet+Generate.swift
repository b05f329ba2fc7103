// Makes a whole data set, or a shard of it, on several threads.
import AudioFile
public import Foundation
import Music
import Synchronization
import Synth

extension ScaleDataSet {
  /// What was made.
  public struct Report: Sendable {
    /// Samples written.
    public var samples = 0
    /// Samples whose features no other sample of this run has.
    public var unique = 0
    /// Samples by kind.
    public var kinds: [Example.Kind: Int] = [:]
    /// Seconds that it took.
    public var seconds = 0.0
    /// Files and folders written.
    public var outputs: [URL] = []
  }

  /// Reads the music that the options name, then makes and writes the data set.
  ///
  /// - Parameters:
  ///   - log: takes whole lines for the user; progress goes to standard error.
  ///   - isInterrupted: asked now and then while samples are made; the making ends when it says yes.
  /// - Throws: `DataSetError`, `SourceError`, `SoundFontError`, `SynthError`, `SoundFileError`, `ModelError` or
  ///   `TorchError`, each one clear sentence. Nothing is left under the final names then.
  @discardableResult
  public static func generate(
    _ options: Options, isInterrupted: () -> Bool = { false }, log: (String) -> Void
  ) throws -> Report {
    try options.check()
    // A file that no sample draws for a while must not end the work after minutes.
    for font in options.soundFonts { _ = try SoundFontFile(contentsOf: font) }
    for file in try soundFiles(in: options.negativesFolder) { _ = try SoundFile(path: file.path) }
    let pieces = options.preset == .seed ? [] : try library(options, log: log).pieces
    let set = try ScaleDataSet(options: options, pieces: pieces)
    return try set.generate(options, isInterrupted: isInterrupted, log: log)
  }

  private static func library(_ options: Options, log: (String) -> Void) throws -> PieceLibrary {
    if let cache = options.libraryCache, FileManager.default.fileExists(atPath: cache.path) {
      return try PieceLibrary(cache: cache)
    }
    let namesFolder = options.folkFolder != nil || options.liederFolder != nil
    if let cache = options.libraryCache, !namesFolder { throw SourceError.missingCache(path: cache.path) }
    if namesFolder { log("Reading the labelled music …") }
    let library = try PieceLibrary(folkTunes: options.folkFolder, lieder: options.liederFolder)
    for report in library.reports { log("\(report)") }
    if let cache = options.libraryCache, !library.pieces.isEmpty { try library.write(to: cache) }
    return library
  }

  /// Makes and writes the shard of this set that the options name.
  @discardableResult
  public func generate(
    _ options: Options, isInterrupted: () -> Bool = { false }, log: (String) -> Void
  ) throws -> Report {
    let start = ContinuousClock.now
    let range = options.shard.range(of: count)
    guard !range.isEmpty else { throw DataSetError.badCount(count) }
    var report = Report()
    let sinks = try sinks(options, count: range.count, report: &report)
    let workers = try (0..<max(1, options.threads)).map { _ in try SampleWorker(self) }
    var progress = ProgressLine(total: range.count)
    var seen: [UInt64: Int] = [:]
    // Small enough to hold in memory, large enough that no thread waits long for the others.
    let chunk = 16 * workers.count
    var next = range.lowerBound
    while next < range.upperBound {
      if isInterrupted() { throw DataSetError.interrupted }
      let batch = next..<min(next + chunk, range.upperBound)
      for example in try Self.make(batch, workers: workers) {
        let features = example.stored(steps: steps)
        if let earlier = seen.updateValue(example.index, forKey: Self.fingerprint(features)) {
          log("Samples \(earlier) and \(example.index) are equal.")
        }
        report.kinds[example.kind, default: 0] += 1
        for sink in sinks { try sink.write(example, features: features) }
      }
      next = batch.upperBound
      progress.show(next - range.lowerBound)
    }
    for sink in sinks { try sink.finish() }
    report.samples = range.count
    report.unique = seen.count
    report.seconds = (ContinuousClock.now - start) / .seconds(1)
    let kinds = Example.Kind.allCases.compactMap { kind in report.kinds[kind].map { "\($0) \(kind)" } }
    log("\(report.samples) samples, \(report.unique) unique: \(kinds.joined(separator: ", ")).")
    return report
  }

  /// The samples of `batch`, in order, made by all workers.
  private static func make(_ batch: Range<Int>, workers: [SampleWorker]) throws -> [Example] {
    struct State {
      var next: Int
      var examples: [Example?]
      var failure: (any Error)?
    }
    let state = Mutex(State(next: batch.lowerBound, examples: Array(repeating: nil, count: batch.count), failure: nil))
    DispatchQueue.concurrentPerform(iterations: workers.count) { number in
      while true {
        let index: Int? = state.withLock { state in
          guard state.failure == nil, state.next < batch.upperBound else { return nil }
          defer { state.next += 1 }
          return state.next
        }
        guard let index else { return }
        do {
          let example = try workers[number].sample(index)
          state.withLock { $0.examples[index - batch.lowerBound] = example }
        } catch {
          state.withLock { $0.failure = error }
        }
      }
    }
    return try state.withLock { state in
      if let failure = state.failure { throw failure }
      return state.examples.compactMap(\.self)
    }
  }

  private func sinks(_ options: Options, count: Int, report: inout Report) throws -> [any SampleSink] {
    var sinks: [any SampleSink] = []
    for format in Format.allCases where options.formats.contains(format) {
      let url = options.outputURL(format)
      switch format {
      case .safetensors:
        sinks.append(try DataSetWriter(to: url, count: count, steps: steps, metadata: metadata(options)))
      case .csv: sinks.append(try TableWriter(to: url))
      case .pt: sinks.append(try PickleWriter(to: url))
      case .wav: sinks.append(try SoundWriter(to: url))
      }
      report.outputs.append(url)
    }
    return sinks
  }

  private func metadata(_ options: Options) -> [String: String] {
    [
      "format": "antiphon-scales", "version": "1", "preset": preset.rawValue, "seed": String(seed),
      "count": String(count), "shard": "\(options.shard.index)/\(options.shard.count)", "command": options.command,
      "families": ScaleFamily.allCases.map(\.rawValue).joined(separator: ","),
      "soundFonts": soundFonts.map(\.lastPathComponent).joined(separator: ","), "pieces": String(pieces.count),
      "licence": "CC0-1.0",
    ]
  }

  /// FNV-1a over the stored half floats.
  private static func fingerprint(_ features: [Float16]) -> UInt64 {
    features.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1.bitPattern)) &* 0x0000_0100_0000_01B3 }
  }
}
