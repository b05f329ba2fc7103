// The numbers that scripts/golden/lstm.py computes with and does not store.

/// SplitMix64 from the seed `stream`: the upper 24 bits as a number in -1..<1, times `scale` (a power of two).
func randomFloats(stream: UInt64, count: Int, scale: Float) -> [Float] {
  var state = stream
  return (0..<count).map { _ in
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    z ^= z >> 31
    return (Float(z >> 40) / Float(1 << 23) - 1) * scale
  }
}
