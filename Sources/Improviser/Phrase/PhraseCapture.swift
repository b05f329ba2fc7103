// Collects what the player plays into a phrase.

/// The notes of the present phrase and the keys and pedals that are down.
///
/// Onsets within `chordWindow` of a chord's first belong to it, each pitch once. Under the sustain pedal a note lasts
/// until the next onset or the pedal's release. A phrase keeps at most `capacity` notes: beyond, the older half goes.
struct PhraseCapture {
  /// Seconds within which onsets make one chord.
  static let chordWindow = 0.03
  /// Notes a phrase keeps.
  static let capacity = 2000

  /// The notes in the order of their chords; within a chord in the order of arrival.
  private(set) var notes: [PlayedNote] = []
  /// Chords of the phrase begun so far, those included that were dropped for room.
  private(set) var chordCount = 0
  /// The first onset of the last chord.
  private(set) var chordOnset = -Double.infinity
  /// When the last key or pedal moved.
  private(set) var quietSince = 0.0
  /// Keys that are down, each with the chord of its note.
  private var held: [HeldKey] = []
  /// Bit `c` says that the sustain pedal of channel `c` is down.
  private var pedals: UInt16 = 0
  /// Pitches whose key is up while the pedal holds them.
  private var sustained: [HeldKey] = []

  private struct HeldKey: Equatable {
    var channel: Int
    var pitch: Int
    var chord: Int
  }

  init() {
    notes.reserveCapacity(Self.capacity)
  }

  /// Whether a phrase has begun.
  var hasNotes: Bool { !notes.isEmpty }
  /// Whether every key and every pedal is up.
  var isReleased: Bool { held.isEmpty && pedals == 0 }

  /// Begins a new phrase. Keys and pedals stay as they are.
  mutating func begin() {
    notes.removeAll(keepingCapacity: true)
    chordCount = 0
    chordOnset = -.infinity
    sustained.removeAll(keepingCapacity: true)
    // Keys held over from before belong to no note of the new phrase.
    for index in held.indices { held[index].chord = -1 }
  }

  /// A key went down.
  ///
  /// - Returns: true when the note begins a new chord.
  mutating func press(channel: Int, pitch: Int, velocity: Int, at time: Double) -> Bool {
    quietSince = time
    release(channel: channel, pitch: pitch, at: time)
    let joinsChord = hasNotes && time - chordOnset <= Self.chordWindow
    if joinsChord {
      held.append(HeldKey(channel: channel, pitch: pitch, chord: chordCount - 1))
      if let index = index(ofPitch: pitch, chord: chordCount - 1) {
        notes[index].release = nil
        return false
      }
    } else {
      endSustained(at: time)
      makeRoom()
      chordCount += 1
      chordOnset = time
      held.append(HeldKey(channel: channel, pitch: pitch, chord: chordCount - 1))
    }
    notes.append(PlayedNote(pitch: pitch, velocity: velocity, onset: time, chord: chordCount - 1, release: nil))
    return !joinsChord
  }

  /// A key went up.
  mutating func release(channel: Int, pitch: Int, at time: Double) {
    guard let place = held.firstIndex(where: { $0.channel == channel && $0.pitch == pitch }) else { return }
    quietSince = time
    let key = held.remove(at: place)
    if pedals >> UInt16(channel) & 1 == 1 { sustained.append(key) } else { end(key, at: time) }
  }

  /// The sustain pedal of a channel moved.
  mutating func setPedal(_ isDown: Bool, channel: Int, at time: Double) {
    let bit = UInt16(1) << UInt16(channel)
    if isDown {
      if pedals & bit == 0 { quietSince = time }
      pedals |= bit
    } else if pedals & bit != 0 {
      pedals &= ~bit
      quietSince = time
      for key in sustained where key.channel == channel { end(key, at: time) }
      sustained.removeAll { $0.channel == channel }
    }
  }

  /// Every key and pedal goes up; with `channel`, those of that channel only.
  mutating func releaseAll(channel: Int? = nil, at time: Double) {
    func belongs(_ key: HeldKey) -> Bool { channel == nil || key.channel == channel }
    guard !isReleased else { return }
    quietSince = time
    for key in held + sustained where belongs(key) { end(key, at: time) }
    held.removeAll(where: belongs)
    sustained.removeAll(where: belongs)
    pedals = channel.map { pedals & ~(1 << UInt16($0)) } ?? 0
  }

  private mutating func endSustained(at time: Double) {
    for key in sustained { end(key, at: time) }
    sustained.removeAll(keepingCapacity: true)
  }

  private mutating func end(_ key: HeldKey, at time: Double) {
    guard key.chord >= 0, let index = index(ofPitch: key.pitch, chord: key.chord) else { return }
    notes[index].release = max(time, notes[index].onset)
  }

  private func index(ofPitch pitch: Int, chord: Int) -> Int? {
    for index in notes.indices.reversed() {
      if notes[index].chord < chord { return nil }
      if notes[index].chord == chord, notes[index].pitch == pitch { return index }
    }
    return nil
  }

  private mutating func makeRoom() {
    guard notes.count >= Self.capacity else { return }
    let chord = notes[Self.capacity / 2].chord
    notes.removeAll { $0.chord < chord }
  }
}
