// The checksum of TensorBoard's records.
import Foundation

/// The cyclic redundancy check with Castagnoli's polynomial, as iSCSI has it (RFC 3720, appendix B.4).
enum CRC32C {
  /// The remainders of all bytes; 0x82F63B78 is the polynomial 0x1EDC6F41 with its bits reversed.
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { remainder, _ in (remainder >> 1) ^ (remainder & 1 == 1 ? 0x82F6_3B78 : 0) }
  }

  /// The checksum of `bytes`.
  static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { remainder, byte in (remainder >> 8) ^ table[Int((remainder ^ UInt32(byte)) & 0xFF)] }
  }

  /// The checksum as records keep it. A checksum of data that hold checksums would be weak, so it is rotated by 15 bits
  /// and a constant is added (tensorflow/core/lib/hash/crc32c.h).
  static func masked(_ bytes: some Sequence<UInt8>) -> UInt32 {
    let sum = checksum(bytes)
    return ((sum >> 15) | (sum << 17)) &+ 0xA282_EAD8
  }
}
