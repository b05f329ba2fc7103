// Random access to a written data set through a mapped file.
public import Foundation
import Neural

/// A data set on disk. Immutable: threads may share it. The file must not be shortened while it is read.
public struct DataSetReader: Sendable {
  /// Samples.
  public let count: Int
  /// History steps that each sample has room for.
  public let steps: Int
  /// The file's string map: preset, seed, version, command, …
  public let metadata: [String: String]
  /// Steps that are valid, 1...steps, a sample.
  public let frames: [Int]
  /// Pitch class of the tonic, -1 for a negative.
  public let tonics: [Int]
  /// Right families, bit f for `ScaleFamily.allCases[f]`; 0 for a negative.
  public let families: [Int]
  /// Where each sample comes from.
  public let kinds: [Example.Kind]
  /// How cleanly each sample was recorded.
  public let conditions: [Example.Condition]
  /// What each sample is for.
  public let splits: [Split]
  /// Place of each sample in the whole set.
  public let indexes: [Int]

  private let file: SafetensorsFile

  /// Floats of one sample, steps × 3 × 12.
  public var sampleSize: Int { steps * DataSetShape.bands * DataSetShape.pitchClasses }

  /// Opens a data set file and checks its shapes and labels.
  ///
  /// - Throws: `ModelError` for a broken file, `DataSetError.notADataSet` for one that holds something else.
  public init(contentsOf url: URL) throws {
    let remedy = "Make it again with \"antiphon-train scales generate\""
    let file = try SafetensorsFile(contentsOf: url, mapped: true, remedy: remedy)
    func wrong(_ reason: String) -> DataSetError { .notADataSet(path: url.path, reason: reason) }
    guard let chroma = file.tensors.first(where: { $0.name == "chroma" }), chroma.type == .float16,
      chroma.shape.count == 4, Array(chroma.shape[2...]) == [DataSetShape.bands, DataSetShape.pitchClasses],
      chroma.shape[1] > 0
    else { throw wrong("it has no tensor \"chroma\" of half floats [samples, steps, 3, 12]") }
    let (count, steps) = (chroma.shape[0], chroma.shape[1])
    func labels(_ name: String, _ range: ClosedRange<Int>) throws -> [Int] {
      let values = try file.integers(name, shape: [count])
      guard values.allSatisfy(range.contains) else { throw wrong("a value of \"\(name)\" lies outside \(range)") }
      return values
    }
    self.file = file
    self.count = count
    self.steps = steps
    metadata = file.metadata
    frames = try labels("frames", 1...steps)
    tonics = try labels("tonic", -1...11)
    families = try labels("families", 0...(1 << 17 - 1))
    guard zip(tonics, families).allSatisfy({ ($0 < 0) == ($1 == 0) }) else {
      throw wrong("a sample has a tonic without a family or a family without a tonic")
    }
    kinds = try labels("kind", 0...4).compactMap(Example.Kind.init(rawValue:))
    conditions = try labels("condition", 0...1).compactMap(Example.Condition.init(rawValue:))
    splits = try labels("split", 0...2).map { Split.allCases[$0] }
    indexes = try labels("index", 0...Int.max)
  }

  /// Writes the features of a sample, [steps, 3, 12] with zeros behind the last valid step, to `target`, which has room
  /// for `sampleSize` floats. `sample` must lie in 0..<count.
  public func copy(_ sample: Int, into target: UnsafeMutablePointer<Float>) {
    let size = sampleSize
    precondition((0..<count).contains(sample), "sample \(sample) of \(count)")
    file.withBytes(of: "chroma") { bytes in
      let start = sample * size * MemoryLayout<Float16>.size
      for place in 0..<size {
        let half = bytes.loadUnaligned(fromByteOffset: start + place * MemoryLayout<Float16>.size, as: Float16.self)
        target[place] = Float(half)
      }
    }
  }
}
