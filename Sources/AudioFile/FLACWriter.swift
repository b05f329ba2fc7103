// Writes sound as a FLAC file while it comes in.
import CSndfile
import Foundation

/// Writes one FLAC file of 24-bit samples, block by block. Use it from one thread.
///
/// Encoded frames go to the file at once, so it can be played at any time, after a crash too. What the header lacks
/// until `close` is the length; `sync` writes the length so far into it. See RFC 9639, 8.2 (streaminfo).
public final class FLACWriter {
  /// The path of the file.
  public let path: String
  /// Channels of a frame.
  public let channels: Int
  /// Frames taken so far.
  public private(set) var frames = 0

  private let file: Int32
  private var handle: OpaquePointer?
  private var integers: [Int32] = []

  /// Full scale of 24 bits.
  private static let scale: Float = 8_388_608
  /// Byte at which the low four bits are the highest of the 36 that hold the length.
  private static let lengthOffset = 21
  /// "fLaC", then a first block of type 0: the streaminfo.
  private static let start: [UInt8] = [0x66, 0x4C, 0x61, 0x43, 0x00]

  /// Makes the file, for its owner alone; one that stands there already is left as it is.
  ///
  /// - Parameters:
  ///   - channels: 1…8.
  ///   - rate: frames a second, Hz.
  /// - Throws: `SoundFileError.unwritable`.
  public convenience init(path: String, channels: Int, rate: Int) throws(SoundFileError) {
    let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .unwritable(path: path, reason: Self.reason(errno)) }
    try self.init(file: file, path: path, channels: channels, rate: rate)
  }

  /// Takes over a descriptor.
  init(file: Int32, path: String, channels: Int, rate: Int) throws(SoundFileError) {
    self.path = path
    self.channels = channels
    self.file = file
    var info = SF_INFO()
    info.samplerate = Int32(clamping: rate)
    info.channels = Int32(clamping: channels)
    info.format = Int32(SF_FORMAT_FLAC | SF_FORMAT_PCM_24)
    errno = 0
    handle = sf_open_fd(file, Int32(SFM_WRITE), &info, 0)
    let code = errno
    guard handle != nil else {
      Glibc.close(file)
      let own = String(cString: sf_strerror(nil)).split(separator: "\n").joined(separator: " ")
      throw .unwritable(path: path, reason: code == 0 ? own : Self.reason(code))
    }
  }

  deinit {
    if let handle { sf_close(handle) }
    Glibc.close(file)
  }

  /// Bytes of the file so far.
  public var bytes: Int {
    var status = stat()
    return fstat(file, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Whether the file still has a name: someone may have removed it.
  public var isThere: Bool {
    var status = stat()
    return fstat(file, &status) == 0 && status.st_nlink > 0
  }

  /// Appends frames; 1 is full scale, beyond it is clipped, and what is no number is silence.
  ///
  /// - Parameter interleaved: whole frames, channel by channel.
  /// - Throws: `SoundFileError.unwritable`; nothing can be appended afterwards.
  public func write(_ interleaved: UnsafeBufferPointer<Float>) throws(SoundFileError) {
    let count = interleaved.count / channels
    guard count > 0 else { return }
    integers.removeAll(keepingCapacity: true)
    for sample in interleaved.prefix(count * channels) { integers.append(Self.integer(sample)) }
    errno = 0
    let written = integers.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { sf_writef_int(handle, $0, Int64(count)) } ?? 0
    }
    let code = errno
    guard Int(written) == count, sf_error(handle) == 0 else {
      throw .unwritable(path: path, reason: code == 0 ? "no space, or the disk failed" : Self.reason(code))
    }
    frames += count
  }

  /// Writes the length so far into the header and everything to the disk: at most what comes after it can be lost.
  ///
  /// - Throws: `SoundFileError.unwritable`.
  public func sync() throws(SoundFileError) {
    var head = [UInt8](repeating: 0, count: 26)
    guard pread(file, &head, head.count, 0) == head.count, head.starts(with: Self.start) else { return }
    // The encoder holds back the frame that it has not filled, and one sample to see whether there are more.
    let blockSize = Int(head[10]) << 8 | Int(head[11])
    let length = blockSize > 0 ? max(0, frames - 1) / blockSize * blockSize : 0
    let high = head[Self.lengthOffset] & 0xF0 | UInt8(length >> 32 & 0x0F)
    let bytes = [high] + [24, 16, 8, 0].map { UInt8(length >> $0 & 0xFF) }
    let isWritten = pwrite(file, bytes, bytes.count, off_t(Self.lengthOffset)) == bytes.count
    guard isWritten, fdatasync(file) == 0 else { throw .unwritable(path: path, reason: Self.reason(errno)) }
  }

  /// Completes the file; nothing may be written afterwards.
  ///
  /// - Throws: `SoundFileError.unwritable`; the file is then complete up to the last `sync` at least.
  public func close() throws(SoundFileError) {
    guard let open = handle else { return }
    handle = nil
    errno = 0
    guard sf_close(open) == 0 else { throw .unwritable(path: path, reason: Self.reason(errno)) }
  }

  private static func integer(_ sample: Float) -> Int32 {
    if sample.isNaN { return 0 }
    // libsndfile takes the upper 24 bits.
    return Int32(min(max((sample * scale).rounded(), -scale), scale - 1)) << 8
  }

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
