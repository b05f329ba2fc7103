// Decompression of deflated data.

/// Reads the "deflate" format of compressed data (RFC 1951) into a buffer whose size is known beforehand.
///
/// Any bytes give exactly `size` bytes or `Damage`: neither more memory nor more time than the size asks for. Values
/// of this type are used once, by one thread.
struct Inflation {
  /// The data are not those of deflated data of this size.
  struct Damage: Error {}

  /// Extra bits and smallest values of the codes of a length (symbols from 257) and of a distance; section 3.2.5.
  private static let lengths: [(base: Int, bits: Int)] = [
    (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 0), (10, 0), (11, 1), (13, 1), (15, 1), (17, 1), (19, 2),
    (23, 2), (27, 2), (31, 2), (35, 3), (43, 3), (51, 3), (59, 3), (67, 4), (83, 4), (99, 4), (115, 4), (131, 5),
    (163, 5), (195, 5), (227, 5), (258, 0),
  ]
  private static let distances: [(base: Int, bits: Int)] = [
    (1, 0), (2, 0), (3, 0), (4, 0), (5, 1), (7, 1), (9, 2), (13, 2), (17, 3), (25, 3), (33, 4), (49, 4), (65, 5),
    (97, 5), (129, 6), (193, 6), (257, 7), (385, 7), (513, 8), (769, 8), (1025, 9), (1537, 9), (2049, 10), (3073, 10),
    (4097, 11), (6145, 11), (8193, 12), (12289, 12), (16385, 13), (24577, 13),
  ]
  /// The order in which the lengths of the code of code lengths are stored; section 3.2.7.
  private static let codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

  private let input: UnsafeRawBufferPointer
  private let output: UnsafeMutableRawBufferPointer
  private var next = 0
  private var written = 0
  /// Bits that were read from the input and not yet used, the next one lowest.
  private var bits: UInt64 = 0
  private var bitCount = 0

  /// The `size` bytes that `input` holds deflated.
  static func inflate(_ input: UnsafeRawBufferPointer, size: Int) throws(Damage) -> [UInt8] {
    var isWhole = false
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      var inflation = Inflation(input: input, output: UnsafeMutableRawBufferPointer(buffer))
      isWhole = (try? inflation.run()) != nil
      // On damage nothing is initialised, and nothing is given back.
      count = isWhole ? size : 0
    }
    guard isWhole else { throw Damage() }
    return bytes
  }

  private init(input: UnsafeRawBufferPointer, output: UnsafeMutableRawBufferPointer) {
    self.input = input
    self.output = output
  }

  private mutating func run() throws(Damage) {
    var isLast = false
    while !isLast {
      isLast = try take(1) == 1
      switch try take(2) {
      case 0: try copyStored()
      case 1: try decode(Self.fixedSymbols, Self.fixedDistances)
      case 2:
        let (symbols, distances) = try readCodes()
        try decode(symbols, distances)
      default: throw Damage()
      }
    }
    guard written == output.count else { throw Damage() }
  }

  /// Fills the buffer of bits; past the end of the input come zeros, which `use` refuses.
  private mutating func fill() {
    while bitCount <= 48, next < input.count {
      bits |= UInt64(input[next]) << UInt64(bitCount)
      next += 1
      bitCount += 8
    }
  }

  private mutating func use(_ count: Int) throws(Damage) {
    guard count <= bitCount else { throw Damage() }
    bits >>= UInt64(count)
    bitCount -= count
  }

  private mutating func take(_ count: Int) throws(Damage) -> Int {
    if bitCount < count { fill() }
    let value = Int(bits & (1 << UInt64(count) - 1))
    try use(count)
    return value
  }

  private mutating func copyStored() throws(Damage) {
    try use(bitCount % 8)
    let (count, complement) = (try take(16), try take(16))
    guard count == complement ^ 0xFFFF else { throw Damage() }
    for _ in 0..<count { try put(UInt8(try take(8))) }
  }

  private mutating func put(_ byte: UInt8) throws(Damage) {
    guard written < output.count else { throw Damage() }
    output[written] = byte
    written += 1
  }

  private mutating func decode(_ symbols: PrefixCode, _ distances: PrefixCode) throws(Damage) {
    while true {
      let symbol = try decodeSymbol(symbols)
      if symbol < 256 {
        try put(UInt8(symbol))
        continue
      }
      if symbol == 256 { return }
      guard symbol - 257 < Self.lengths.count else { throw Damage() }
      let length = Self.lengths[symbol - 257]
      let count = length.base + (try take(length.bits))
      let code = try decodeSymbol(distances)
      guard code < Self.distances.count else { throw Damage() }
      let distance = Self.distances[code].base + (try take(Self.distances[code].bits))
      guard distance <= written, count <= output.count - written else { throw Damage() }
      // Byte by byte: the copy may overlap what it writes.
      for _ in 0..<count {
        output[written] = output[written - distance]
        written += 1
      }
    }
  }

  private mutating func decodeSymbol(_ code: PrefixCode) throws(Damage) -> Int {
    if bitCount < PrefixCode.longest { fill() }
    let entry = code.table[Int(bits & code.mask)]
    guard entry != 0 else { throw Damage() }
    try use(Int(entry & 0xF))
    return Int(entry >> 4)
  }

  private mutating func readCodes() throws(Damage) -> (symbols: PrefixCode, distances: PrefixCode) {
    let (symbolCount, distanceCount, lengthCount) = (try take(5) + 257, try take(5) + 1, try take(4) + 4)
    var codeLengths = [UInt8](repeating: 0, count: Self.codeLengthOrder.count)
    for place in Self.codeLengthOrder.prefix(lengthCount) { codeLengths[place] = UInt8(try take(3)) }
    let code = try PrefixCode(lengths: codeLengths)
    var lengths: [UInt8] = []
    while lengths.count < symbolCount + distanceCount {
      switch try decodeSymbol(code) {
      case 16:
        guard let last = lengths.last else { throw Damage() }
        lengths += repeatElement(last, count: 3 + (try take(2)))
      case 17: lengths += repeatElement(0, count: 3 + (try take(3)))
      case 18: lengths += repeatElement(0, count: 11 + (try take(7)))
      case let length: lengths.append(UInt8(length))
      }
    }
    guard lengths.count == symbolCount + distanceCount else { throw Damage() }
    return (
      try PrefixCode(lengths: Array(lengths[..<symbolCount])), try PrefixCode(lengths: Array(lengths[symbolCount...]))
    )
  }

  private static let fixedSymbols = PrefixCode(
    sound: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
  private static let fixedDistances = PrefixCode(sound: Array(repeating: 5, count: 30))
}
