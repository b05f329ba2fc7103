// What a picture shows of a sound, in a bounded number of columns.

/// One column: what sounded in a span of time.
struct WaveformColumn {
  /// The smallest and largest sample.
  var low: Float = 0
  var high: Float = 0
  /// The sum of the squared samples, and their number.
  var energy = 0.0
  var samples = 0
  /// The sum of the magnitudes of each band, and the number of spectra.
  var bands: [Float] = []
  var spectra = 0
  /// The sum of the chroma, and the number of frames.
  var chroma = [Float](repeating: 0, count: 12)
  var chromaFrames = 0

  /// Joins the column after this one.
  mutating func append(_ next: WaveformColumn) {
    (low, high) = (min(low, next.low), max(high, next.high))
    energy += next.energy
    samples += next.samples
    spectra += next.spectra
    chromaFrames += next.chromaFrames
    if bands.isEmpty {
      bands = next.bands
    } else {
      for place in next.bands.indices { bands[place] += next.bands[place] }
    }
    for place in 0..<12 { chroma[place] += next.chroma[place] }
  }
}

/// At most so many columns for a sound of any length: when they are full, neighbours join and each spans twice the
/// time.
struct WaveformColumns {
  /// The most columns; there are more than half as many once the sound is long enough.
  static let most = 1024

  private(set) var columns: [WaveformColumn] = []
  /// Hops in each column.
  private(set) var span = 1

  /// Changes the column of a hop, which lies at most a little before the newest.
  mutating func update(hop: Int, _ body: (inout WaveformColumn) -> Void) {
    while hop / span >= Self.most { halve() }
    let place = hop / span
    while columns.count <= place { columns.append(WaveformColumn()) }
    body(&columns[place])
  }

  private mutating func halve() {
    columns = stride(from: 0, to: columns.count, by: 2).map { place in
      var column = columns[place]
      if place + 1 < columns.count { column.append(columns[place + 1]) }
      return column
    }
    span *= 2
  }
}
