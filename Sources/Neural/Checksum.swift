// CRC-32 over the tensors and the string map of a model file.
import CKernels

/// Running CRC-32 (IEEE 802.3, as zlib's `crc32`): all tensor bytes in file order, then every metadata entry in the
/// order of its key as key, zero byte, value, zero byte; the entry that holds the checksum itself is left out.
struct Checksum {
  private var state: UInt32 = 0

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    state = neural_crc32(state, bytes.baseAddress, bytes.count)
  }

  mutating func update(_ metadata: [String: String]) {
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) where key != SafetensorsFile.checksumKey {
      Array((key + "\0" + value + "\0").utf8).withUnsafeBytes { update($0) }
    }
  }

  /// Eight lower-case hexadecimal digits.
  var text: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
