// The tracks of a Standard MIDI File on one axis of time.

/// Puts tracks side by side or one after another, and counts time in quarter notes and seconds.
struct Score {
  var events: [StandardMIDIFile.TimedEvent]
  var tempoMap: TempoMap
  var timeSignatures: [TimeSignature]
  /// Quarter notes from the start to the end.
  var length: Double

  /// - Parameter areSuccessive: the tracks follow one another, and each begins at 120 quarters a minute.
  init(_ tracks: [Track], areSuccessive: Bool, division: TimeDivision) {
    var changes: [TempoMap.Change] = []
    var meters: [TimeSignature] = []
    var placed: [(tick: Int, track: Int, message: MIDIMessage)] = []
    placed.reserveCapacity(tracks.reduce(0) { $0 + $1.events.count })
    var (start, end) = (0, 0)
    for (number, track) in tracks.enumerated() {
      func quarters(_ tick: Int) -> Double { Double(start + tick) / division.ticksPerQuarter }
      if areSuccessive { changes.append(TempoMap.Change(quarters: quarters(0), microsecondsPerQuarter: 500_000)) }
      if !division.ignoresTempo {
        changes += track.tempoChanges.map {
          TempoMap.Change(quarters: quarters($0.tick), microsecondsPerQuarter: $0.microsecondsPerQuarter)
        }
      }
      meters += track.meters.map {
        TimeSignature(quarters: quarters($0.tick), beats: $0.beats, beatUnit: $0.beatUnit)
      }
      for event in track.events { placed.append((start + event.tick, number, event.message)) }
      end = max(end, start + track.length)
      if areSuccessive { start = end }
    }
    // Swift's sort is stable: events of one tick stay in the order of tracks and of the file.
    placed.sort { $0.tick < $1.tick }
    let map = TempoMap(changes: changes)
    events = placed.map {
      let quarters = Double($0.tick) / division.ticksPerQuarter
      return StandardMIDIFile.TimedEvent(
        time: map.seconds(atQuarters: quarters), quarters: quarters, track: $0.track, message: $0.message)
    }
    tempoMap = map
    timeSignatures = meters.sorted { $0.quarters < $1.quarters }
    length = Double(end) / division.ticksPerQuarter
  }
}
