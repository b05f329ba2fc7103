// Writes mono sound as a WAV file.
import CSndfile
import Foundation

/// Writes one WAV file of 16-bit samples at once.
public enum SoundFileWriter {
  /// Writes `samples` (1 is full scale; beyond it is clipped), replacing what stood at `path`.
  ///
  /// - Throws: `SoundFileError.unwritable`; the file may then be there in part.
  public static func write(_ samples: [Float], rate: Double, to path: String) throws(SoundFileError) {
    var info = SF_INFO()
    info.samplerate = Int32(rate)
    info.channels = 1
    info.format = Int32(SF_FORMAT_WAV | SF_FORMAT_PCM_16)
    guard let handle = sf_open(path, Int32(SFM_WRITE), &info) else {
      throw .unwritable(path: path, reason: String(cString: sf_strerror(nil)))
    }
    sf_command(handle, Int32(SFC_SET_CLIPPING), nil, Int32(SF_TRUE))
    let written = samples.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { sf_writef_float(handle, $0, Int64(buffer.count)) } ?? 0
    }
    guard sf_close(handle) == 0, Int(written) == samples.count else {
      throw .unwritable(path: path, reason: "no space, or the disk failed")
    }
  }
}
