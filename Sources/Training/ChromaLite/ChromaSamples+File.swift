// Reads labelled chroma histories from data set files.
public import Foundation

extension ChromaSamples {
  /// Reads one or more data set files, for example the shards of one set.
  ///
  /// - Throws: `ModelError` or `DataSetError` for a file that is broken or holds something else.
  public init(contentsOf urls: [URL]) throws {
    self.init()
    for url in urls { try append(DataSetReader(contentsOf: url), name: url.path) }
  }

  private mutating func append(_ reader: DataSetReader, name: String) throws {
    guard reader.steps <= Self.window else {
      throw TrainingError(
        "\(name) has histories of \(reader.steps) steps; at most \(Self.window) fit.")
    }
    reserveCapacity(labels.count + reader.count)
    var floats = [Float](repeating: 0, count: reader.sampleSize)
    for index in 0..<reader.count {
      floats.withUnsafeMutableBufferPointer { target in
        if let base = target.baseAddress { reader.copy(index, into: base) }
      }
      guard floats.allSatisfy(\.isFinite) else {
        throw TrainingError("\(name) has a feature that is not a finite number in sample \(index); generate it again.")
      }
      let tonic = reader.tonics[index]
      guard let kind = Kind(rawValue: Int32(reader.kinds[index].rawValue)),
        let split = Split(rawValue: Int32(reader.splits[index].number))
      else { throw TrainingError("\(name) has an unknown kind or split in sample \(index); generate it again.") }
      append(
        floats.prefix(reader.frames[index] * Self.stepWidth).map { Float16($0) },
        Label(
          steps: reader.frames[index], tonic: tonic < 0 ? nil : tonic,
          families: tonic < 0 ? 0 : UInt32(reader.families[index]), kind: kind,
          isHard: reader.conditions[index] == .hard, split: split))
    }
  }
}
