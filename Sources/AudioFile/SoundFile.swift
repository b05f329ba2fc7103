// A sound file of any format that libsndfile reads, as blocks of mono samples.
import CSndfile
import Foundation

/// A sound file, opened for one pass from beginning to end.
///
/// Every channel counts alike: a mono sample is the mean over the channels. The file is decoded block by block, so the
/// memory used does not depend on its length. Use it from one thread.
public final class SoundFile {
  /// The sample rates that are read, Hz.
  public static let acceptedRates = 8_000...192_000
  /// The most channels that are read.
  public static let mostChannels = 64
  /// Samples beyond this many times full scale are taken for damage, as NaN is: their squares would overflow later on.
  static let largestSample: Float = 1_000_000

  /// The path as it was given.
  public let path: String
  /// Frames a second, Hz.
  public let sampleRate: Double
  /// Channels in the file.
  public let channels: Int
  /// Seconds that the header announces; nil when it does not say (a pipe).
  public let announcedDuration: Double?
  /// Frames read so far.
  public private(set) var framesRead = 0
  /// Samples (of single channels) that were no usable number and were read as zero, so far.
  public private(set) var replacedSamples = 0

  private let handle: OpaquePointer
  private let headerSaysCutOff: Bool
  private let announcedFrames: Int
  private let countsFramesExactly: Bool
  private var interleaved: [Float]
  private var atEnd = false
  private static let blockFrames = 4096

  /// Opens a file and reads its header.
  ///
  /// - Parameter path: the file; `-` is the standard input (WAV or AU, the formats that can be read from a pipe).
  public init(path: String) throws(SoundFileError) {
    self.path = path
    if path != "-" { try Self.check(path) }
    var info = SF_INFO()
    let reading = Int32(SFM_READ)
    let opened = path == "-" ? sf_open_fd(STDIN_FILENO, reading, &info, 0) : sf_open(path, reading, &info)
    guard let handle = opened else {
      let reason = String(cString: sf_strerror(nil)).split(separator: "\n").joined(separator: " ")
      throw .notAudio(path: path, reason: reason.hasSuffix(".") ? String(reason.dropLast()) : reason)
    }
    if let problem = Self.problem(path, info) {
      sf_close(handle)
      throw problem
    }
    self.handle = handle
    sampleRate = Double(info.samplerate)
    channels = Int(info.channels)
    // A pipe announces the largest number there is.
    let plausible = info.frames > 0 && info.frames < Int64(1) << 46
    announcedFrames = plausible ? Int(info.frames) : 0
    announcedDuration = plausible ? Double(info.frames) / Double(info.samplerate) : nil
    // An MP3's length is an estimate that includes the encoder's padding.
    let container = info.format & Int32(SF_FORMAT_TYPEMASK)
    countsFramesExactly = plausible && container != Int32(SF_FORMAT_MPEG)
    headerSaysCutOff = Self.logSaysCutOff(handle)
    interleaved = [Float](repeating: 0, count: Self.blockFrames * channels)
  }

  deinit { sf_close(handle) }

  /// Reads the next samples, mixed to mono, and returns how many there were: 0 at the end of the file.
  ///
  /// - Throws: at the end, `noFrames` when nothing could be decoded and `noUsableSamples` when every sample was bad.
  public func read(into block: UnsafeMutableBufferPointer<Float>) throws(SoundFileError) -> Int {
    var filled = 0
    while filled < block.count, !atEnd {
      let wanted = min(Self.blockFrames, block.count - filled)
      let got = interleaved.withUnsafeMutableBufferPointer { raw in
        raw.baseAddress.map { Int(sf_readf_float(handle, $0, Int64(wanted))) } ?? 0
      }
      if got <= 0 {
        atEnd = true
        break
      }
      replacedSamples += interleaved.withUnsafeBufferPointer { raw in
        let mono = UnsafeMutableBufferPointer(rebasing: block[filled..<(filled + got)])
        return mixDown(raw, channels: channels, frames: got, into: mono)
      }
      filled += got
      framesRead += got
    }
    if filled == 0, atEnd {
      if framesRead == 0 { throw .noFrames(path: path) }
      if replacedSamples == framesRead * channels { throw .noUsableSamples(path: path) }
    }
    return filled
  }

  /// What was wrong with the part read so far; ask after the last block.
  public var warnings: [SoundFileWarning] {
    var found: [SoundFileWarning] = []
    let endsEarly = atEnd && countsFramesExactly && framesRead < announcedFrames
    if endsEarly || headerSaysCutOff || sf_error(handle) != 0 {
      found.append(.truncated(path: path, seconds: Double(framesRead) / sampleRate))
    }
    if replacedSamples > 0 { found.append(.replacedSamples(path: path, count: replacedSamples)) }
    return found
  }

  /// Tells apart what libsndfile lumps together as "System error" and "Format not recognised".
  private static func check(_ path: String) throws(SoundFileError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      let code = errno
      if code == ENOENT || path.isEmpty { throw .notFound(path: path.isEmpty ? "\"\"" : path) }
      throw .unreadable(path: path, reason: String(cString: strerror(code)))
    }
    let kind = status.st_mode & S_IFMT
    if kind == S_IFDIR { throw .isDirectory(path: path) }
    if access(path, R_OK) != 0 { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
    if kind == S_IFREG && status.st_size == 0 { throw .empty(path: path) }
  }

  private static func problem(_ path: String, _ info: SF_INFO) -> SoundFileError? {
    if !acceptedRates.contains(Int(info.samplerate)) { return .rateOutOfRange(path: path, rate: Int(info.samplerate)) }
    if info.channels < 1 { return .noFrames(path: path) }
    if info.channels > mostChannels { return .tooManyChannels(path: path, channels: Int(info.channels)) }
    return info.frames == 0 ? .noFrames(path: path) : nil
  }

  /// libsndfile mends the length of a cut-off file in silence; only its log of the header tells:
  /// "data : 8 (should be 4)".
  private static func logSaysCutOff(_ handle: OpaquePointer) -> Bool {
    var log = [CChar](repeating: 0, count: 4096)
    let length = log.withUnsafeMutableBytes { bytes in
      sf_command(handle, Int32(SFC_GET_LOG_INFO), bytes.baseAddress, Int32(bytes.count))
    }
    let text = String(decoding: log.prefix(max(0, Int(length))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return text.split(separator: "\n").contains { line in
      let isSoundData = line.contains("data") || line.contains("SSND") || line.contains("Data Size")
      guard isSoundData, line.contains("should be") else { return false }
      // A program that writes to a pipe announces 2 or 4 GiB because it cannot know: that is not damage.
      let announced = line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0
      return announced < 0x7FFF_0000
    }
  }
}
