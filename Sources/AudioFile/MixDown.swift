// Interleaved channels to mono, with samples that are no usable number replaced by zero.

/// Writes the mean over the channels of each frame and returns how many samples were unusable and taken as zero.
///
/// - Parameters:
///   - interleaved: at least `frames` × `channels` samples, frame by frame.
///   - mono: `frames` samples, overwritten.
func mixDown(
  _ interleaved: UnsafeBufferPointer<Float>, channels: Int, frames: Int, into mono: UnsafeMutableBufferPointer<Float>
) -> Int {
  let gain = 1 / Float(channels)
  var bad = 0
  for frame in 0..<frames {
    let start = frame * channels
    var sum: Float = 0
    for channel in 0..<channels {
      let sample = interleaved[start + channel]
      // Also false for NaN.
      if abs(sample) <= SoundFile.largestSample { sum += sample } else { bad += 1 }
    }
    mono[frame] = sum * gain
  }
  return bad
}
