// The frame of a record in TensorFlow's record files.
import Foundation

/// Length (64 bits), masked checksum of the length, data, masked checksum of the data; all little-endian
/// (https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details).
enum RecordFrame {
  /// The record of `data`.
  static func bytes(_ data: Data) -> Data {
    let length = littleEndian(UInt64(data.count))
    return length + littleEndian(CRC32C.masked(length)) + data + littleEndian(CRC32C.masked(data))
  }

  private static func littleEndian(_ number: some FixedWidthInteger) -> Data {
    withUnsafeBytes(of: number.littleEndian) { Data($0) }
  }
}
