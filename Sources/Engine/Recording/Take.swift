// What was played and answered from one pause to the next.

import Foundation
import MIDI

/// The messages of a take, with their seconds from its start, and the tracks that they make.
struct Take {
  private struct Entry {
    var seconds: Double
    /// Nil where the answer was cut.
    var message: MIDIMessage?
  }

  /// The names of the answer's parts, by their channels.
  private static let parts = ["answered", "chords", "bass"]
  /// Messages behind the newest that can lie in the future of a cut.
  private static let mostAhead = 1024
  private static let drums = 9

  /// Whether a note was played or answered.
  private(set) var hasNotes = false
  /// Messages so far.
  var count: Int { played.count + answered.count }
  private let name: String
  private let playedBefore: ControlChase
  private let answeredBefore: ControlChase
  private var played: [Entry] = []
  private var answered: [Entry] = []

  /// A take without messages.
  ///
  /// - Parameters:
  ///   - name: what sequencers show.
  ///   - played: what the player's channels were set to before.
  ///   - answered: the same of the answer's.
  init(name: String, played: ControlChase = ControlChase(), answered: ControlChase = ControlChase()) {
    self.name = name
    playedBefore = played
    answeredBefore = answered
  }

  /// Adds a message of the player; those of no channel are left out, but for the reset, which ends all notes.
  mutating func play(_ message: MIDIMessage, at seconds: Double) {
    guard message.channel != nil || message == .reset else { return }
    if case .noteOn = message { hasNotes = true }
    played.append(Entry(seconds: max(0, seconds), message: message))
  }

  /// Adds a message of the answer.
  mutating func answer(_ message: MIDIMessage, at seconds: Double) {
    guard message.channel != nil else { return }
    if case .noteOn = message { hasNotes = true }
    answered.append(Entry(seconds: max(0, seconds), message: message))
  }

  /// Cuts the answer: what was sent ahead does not sound, what sounds ends.
  mutating func cutAnswer(at seconds: Double) {
    let recent = max(0, answered.count - Self.mostAhead)
    let kept = answered[recent...].filter { $0.seconds <= seconds || !Self.isNoteOn($0.message) }
    answered.replaceSubrange(recent..., with: kept)
    answered.append(Entry(seconds: max(0, seconds), message: nil))
  }

  /// The bytes of the file: a complete one, with held notes ended at `end`.
  ///
  /// - Parameter end: seconds from the start.
  func data(end: Double) -> Data {
    let playedTrack = track(played, named: "played", end: end)
    let used = Set(playedTrack.events.compactMap(\.message.channel))
    // In one player of files, both would sound with one program: the answer goes where the player is not.
    let free = (Array(1...15) + [0]).filter { $0 != Self.drums && !used.contains($0) }
    var tracks = [MIDITrack(name: name), chased(playedTrack, playedBefore)]
    for (part, name) in Self.parts.enumerated() {
      let entries = answered.filter { $0.message == nil || $0.message?.channel == part }
      var track = chased(track(entries, named: name, end: end), answeredBefore)
      if track.events.isEmpty && part > 0 { continue }
      let channel = free.count >= Self.parts.count ? free[part] : part
      for i in track.events.indices { track.events[i].message = track.events[i].message.moved(to: channel) }
      tracks.append(track)
    }
    let tempo = TempoMap(changes: [TempoMap.Change(quarters: 0, microsecondsPerQuarter: 500_000)])
    return StandardMIDIFile.data(tracks: tracks, tempoMap: tempo)
  }

  /// The messages in the order of time, without releases of what was not held, and with an end for what was.
  private func track(_ entries: [Entry], named name: String, end: Double) -> MIDITrack {
    var held = HeldNotes<Int>()
    var track = MIDITrack(name: name)
    func append(_ message: MIDIMessage, _ seconds: Double) {
      track.events.append(MIDITrack.Event(quarters: seconds * 2, message: message))
    }
    var last = 0.0
    for entry in entries.sorted(by: { $0.seconds < $1.seconds }) {  // stable
      last = entry.seconds
      guard let message = entry.message, message != .reset else {
        for release in held.releaseAll(of: 0) { append(release, entry.seconds) }
        continue
      }
      if case .noteOff(let channel, let pitch, _) = message, !held.isHeld(pitch: pitch, channel: channel) { continue }
      held.hear(message, from: 0)
      append(message, entry.seconds)
    }
    for release in held.releaseAll(of: 0) { append(release, max(end, last)) }
    return track
  }

  /// The track with what its channels were set to before.
  private func chased(_ track: MIDITrack, _ before: ControlChase) -> MIDITrack {
    var track = track
    let channels = Set(track.events.compactMap(\.message.channel)).sorted()
    let messages = channels.flatMap { before.messages($0) }
    track.events.insert(contentsOf: messages.map { MIDITrack.Event(quarters: 0, message: $0) }, at: 0)
    return track
  }

  private static func isNoteOn(_ message: MIDIMessage?) -> Bool {
    if case .noteOn = message { true } else { false }
  }
}

extension MIDIMessage {
  /// The same on another channel.
  fileprivate func moved(to channel: Int) -> MIDIMessage {
    switch self {
    case .noteOff(_, let pitch, let velocity): .noteOff(channel: channel, pitch: pitch, velocity: velocity)
    case .noteOn(_, let pitch, let velocity): .noteOn(channel: channel, pitch: pitch, velocity: velocity)
    case .keyPressure(_, let pitch, let pressure): .keyPressure(channel: channel, pitch: pitch, pressure: pressure)
    case .controlChange(_, let number, let value): .controlChange(channel: channel, controller: number, value: value)
    case .programChange(_, let program): .programChange(channel: channel, program: program)
    case .channelPressure(_, let pressure): .channelPressure(channel: channel, pressure: pressure)
    case .pitchBend(_, let value): .pitchBend(channel: channel, value: value)
    case .songPosition, .clock, .start, .continue, .stop, .reset: self
    }
  }
}
