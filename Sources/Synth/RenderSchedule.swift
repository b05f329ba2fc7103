// Notes turned into note-on and note-off events on the synthesizer's block grid.
import Music

/// The events of a render in time order, each at the start of a block of `blockSize` frames.
struct RenderSchedule {
  /// FluidSynth's internal block: a voice can start and stop only there.
  static let blockSize = 64

  struct Event {
    let block: Int
    let isOn: Bool
    let channel: Int32
    let pitch: Int32
    let velocity: Int32
    let index: Int
  }

  let events: [Event]

  /// - Throws: `SynthError.note` for the first note with a field out of range.
  init(_ notes: [Note], sampleRate: Double) throws(SynthError) {
    var events: [Event] = []
    events.reserveCapacity(2 * notes.count)
    for (index, note) in notes.enumerated() {
      try Self.check(note, index: index)
      func event(_ time: Double, isOn: Bool) -> Event {
        let block = Int((min(time, 1e6) * sampleRate / Double(Self.blockSize)).rounded())
        return Event(
          block: block, isOn: isOn, channel: Int32(note.channel), pitch: Int32(note.pitch),
          velocity: Int32(note.velocity), index: index)
      }
      let on = event(note.onset, isOn: true)
      var off = event(note.onset + note.duration, isOn: false)
      if off.block <= on.block {  // a note shorter than a block still sounds
        off = Event(
          block: on.block + 1, isOn: false, channel: on.channel, pitch: on.pitch, velocity: 0, index: index)
      }
      events.append(on)
      events.append(off)
    }
    // Offs before ons, so that a repeated note is struck again; then the order of the list, so that it is repeatable.
    events.sort { ($0.block, $0.isOn ? 1 : 0, $0.index) < ($1.block, $1.isOn ? 1 : 0, $1.index) }
    self.events = events
  }

  private static func check(_ note: Note, index: Int) throws(SynthError) {
    func refuse(_ reason: String) throws(SynthError) { throw SynthError.note(index: index, reason: reason) }
    if !(0...127).contains(note.pitch) { try refuse("pitch \(note.pitch) is outside 0 to 127") }
    if !(1...127).contains(note.velocity) { try refuse("velocity \(note.velocity) is outside 1 to 127") }
    if !(0...15).contains(note.channel) { try refuse("channel \(note.channel) is outside 0 to 15") }
    if !(note.onset >= 0 && note.onset.isFinite) { try refuse("onset \(note.onset) s is not a time from 0 on") }
    if !(note.duration >= 0 && note.duration.isFinite) { try refuse("duration \(note.duration) s is not a length") }
  }
}
