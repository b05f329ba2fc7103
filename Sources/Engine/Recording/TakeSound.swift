// The sound of a take: two FLAC files that begin at the same sample.

import AudioFile
import AudioIO

/// Writes what was heard from the outputs (stereo) and from the input (mono). Frames that are missing are silence, so
/// that all else stays at its time.
final class TakeSound {
  /// Frames a second, Hz.
  let sampleRate: Int
  private let start: Double
  private let output: FLACWriter
  private let input: FLACWriter
  /// The frame of the stream that is the files' first, in the present life of the client.
  private var origin = 0
  private var last: TapBlock?
  private var interleaved: [Float] = []

  /// Makes the files.
  ///
  /// - Parameters:
  ///   - start: when they begin, in seconds of the monotonic clock.
  ///   - path: of the files, without their endings `.flac` and `.in.flac`.
  init(path: String, sampleRate: Int, start: Double) throws(RecordingError) {
    self.sampleRate = sampleRate
    self.start = start
    output = try Self.attempt { () throws(SoundFileError) in
      try FLACWriter(path: path + ".flac", channels: 2, rate: sampleRate)
    }
    input = try Self.attempt { () throws(SoundFileError) in
      try FLACWriter(path: path + ".in.flac", channels: 1, rate: sampleRate)
    }
  }

  /// The path of the stereo file.
  var path: String { output.path }
  /// Bytes of both files.
  var bytes: Int { output.bytes + input.bytes }

  /// Adds a cycle at its place in time; what lies before the start is left out.
  ///
  /// - Parameter samples: input, left and right, `block.frames` each.
  func append(_ block: TapBlock, _ samples: UnsafeBufferPointer<Float>) throws(RecordingError) {
    if last?.life != block.life {
      // Two lives of the client have only the monotonic clock in common.
      origin = block.position - Int(((block.seconds - start) * Double(sampleRate)).rounded())
    }
    last = block
    let gap = block.position - origin - output.frames
    try fill(gap)
    let skipped = max(0, -gap)
    guard skipped < block.frames else { return }
    let frames = block.frames
    interleaved.removeAll(keepingCapacity: true)
    for i in skipped..<frames {
      interleaved.append(samples[frames + i])
      interleaved.append(samples[2 * frames + i])
    }
    try write(interleaved, UnsafeBufferPointer(rebasing: samples[skipped..<frames]))
  }

  /// The time in the files, in seconds, of a time of the monotonic clock: the sound card's clock counts, as it does in
  /// the files, for the two drift apart by some milliseconds a minute.
  func seconds(of time: Double) -> Double {
    guard let last else { return time - start }
    return Double(last.position - origin) / Double(sampleRate) + time - last.seconds
  }

  /// Brings what was written to the disk.
  func sync() throws(RecordingError) {
    for file in [output, input] {
      guard file.isThere else { throw .removed(file.path) }
      try Self.attempt { () throws(SoundFileError) in try file.sync() }
    }
  }

  /// Completes the files.
  func close() throws(RecordingError) {
    try Self.attempt { () throws(SoundFileError) in try output.close() }
    try Self.attempt { () throws(SoundFileError) in try input.close() }
  }

  private func fill(_ frames: Int) throws(RecordingError) {
    var rest = frames
    while rest > 0 {
      let count = min(rest, TapBlock.mostFrames)
      interleaved = [Float](repeating: 0, count: 2 * count)
      let silence = [Float](repeating: 0, count: count)
      var problem: RecordingError?
      silence.withUnsafeBufferPointer { buffer in
        do throws(RecordingError) { try write(interleaved, buffer) } catch { problem = error }
      }
      if let problem { throw problem }
      rest -= count
    }
  }

  private func write(_ stereo: [Float], _ mono: UnsafeBufferPointer<Float>) throws(RecordingError) {
    var problem: SoundFileError?
    stereo.withUnsafeBufferPointer { buffer in
      do throws(SoundFileError) { try output.write(buffer) } catch { problem = error }
    }
    let found = problem
    try Self.attempt { () throws(SoundFileError) in
      if let found { throw found }
      try input.write(mono)
    }
  }

  private static func attempt<Result>(_ body: () throws(SoundFileError) -> Result) throws(RecordingError) -> Result {
    do throws(SoundFileError) {
      return try body()
    } catch {
      guard case .unwritable(let path, let reason) = error else { throw .file("", reason: "\(error)") }
      throw .file(path, reason: reason)
    }
  }
}
