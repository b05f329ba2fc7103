// Tests of reading and writing tracks in quarter notes.

import Foundation
import MIDI
import Music
import Testing

@Suite struct ScoreTests {
  private let tempo = TempoMap(changes: [
    TempoMap.Change(quarters: 0, microsecondsPerQuarter: 600_000),
    TempoMap.Change(quarters: 3.5, microsecondsPerQuarter: 400_000),
  ])
  private let meters = [TimeSignature(beats: 3, beatUnit: 4), TimeSignature(quarters: 6, beats: 7, beatUnit: 8)]

  @Test func namedTracksComeBack() throws {
    let tracks = [
      MIDITrack(
        name: "phrase",
        notes: [ScoreNote(onset: 0, duration: 1, pitch: 60), ScoreNote(onset: 1, duration: 0.5, pitch: 60)],
        programs: [0: 5, 3: 40]),
      MIDITrack(
        name: "réponse",
        events: [
          MIDITrack.Event(quarters: 0.25, message: .controlChange(channel: 1, controller: 64, value: 127)),
          MIDITrack.Event(quarters: 0.25, message: .pitchBend(channel: 1, value: -5)),
          MIDITrack.Event(quarters: 100, message: .noteOn(channel: 1, pitch: 0, velocity: 127)),
        ]),
      MIDITrack(),
    ]
    let file = try StandardMIDIFile(
      data: StandardMIDIFile.data(tracks: tracks, tempoMap: tempo, timeSignatures: meters))
    #expect(file.format == 1)
    #expect(file.tracks() == tracks)
    #expect(file.trackNames == ["phrase", "réponse", ""])
    #expect(file.tempoMap == tempo)
    #expect(file.timeSignatures == meters)
    #expect(file.timeSignatures.map(\.quartersPerBar) == [3, 3.5])
  }

  @Test func randomTracksComeBack() throws {
    var random = SplitMix64(state: 5)
    for _ in 0..<50 {
      let tracks = (0..<Int.random(in: 1...4, using: &random)).map { number in
        let ticks = (0..<100).map { _ in Int.random(in: 0...100_000, using: &random) }.sorted()
        let events = ticks.map { tick in
          let messages = everyMessage.filter { $0.channel != nil }
          return MIDITrack.Event(
            quarters: Double(tick) / 480, message: messages[Int.random(in: 0..<messages.count, using: &random)])
        }
        return MIDITrack(name: "track \(number)", events: events)
      }
      let data = StandardMIDIFile.data(tracks: tracks, tempoMap: tempo, timeSignatures: meters)
      let file = try StandardMIDIFile(data: data)
      #expect(file.tracks() == tracks)
      let again = StandardMIDIFile.data(
        tracks: file.tracks(), tempoMap: file.tempoMap, timeSignatures: file.timeSignatures)
      #expect(again == data)
    }
  }

  @Test func scoreNotesAndNotesAgree() throws {
    let score = [
      ScoreNote(onset: 0, duration: 2, pitch: 60, velocity: 1, channel: 2, track: 0),
      ScoreNote(onset: 3, duration: 1, pitch: 64, velocity: 127, channel: 9, track: 1),
    ]
    let tracks = score.map { MIDITrack(notes: [$0]) }
    let file = try StandardMIDIFile(data: StandardMIDIFile.data(tracks: tracks, tempoMap: tempo))
    #expect(file.scoreNotes() == score)
    let notes = file.notes()
    #expect(notes.map(\.onset) == score.map { tempo.seconds(atQuarters: $0.onset) })
    #expect(notes.map(\.end) == score.map { tempo.seconds(atQuarters: $0.end) })
    #expect(notes.map(\.pitch) == score.map(\.pitch))
  }

  @Test func aNoteHeldToTheEndEndsThere() throws {
    let track: [UInt8] = [0, 0x90, 60, 100, 0x83, 0x60, 0xB0, 64, 0]
    #expect(try StandardMIDIFile(data: midiFile(tracks: [track])).scoreNotes().map(\.duration) == [1])
  }

  @Test func aTrackWithoutItsEndEventIsRead() throws {
    let track: [UInt8] = [0, 0x90, 60, 100, 0x83, 0x60, 62, 100]
    let chunk = Array("MTrk".utf8) + [0, 0, 0, UInt8(track.count)] + track
    let notes = try StandardMIDIFile(data: midiFile(tracks: [[]]).prefix(14) + chunk).scoreNotes()
    #expect(notes.map(\.duration) == [1, 0])
  }

  @Test func tracksOfFormatTwoFollowOneAnotherAtTheirOwnTempo() throws {
    let slow: [UInt8] = [0, 0xFF, 0x51, 3, 0x0F, 0x42, 0x40, 0, 0x90, 60, 1, 0x83, 0x60, 60, 0]
    let plain: [UInt8] = [0, 0x90, 60, 1, 0x83, 0x60, 60, 0]
    let file = try StandardMIDIFile(data: midiFile(format: 2, tracks: [slow, plain, []]))
    #expect(file.notes().map(\.onset) == [0, 1])
    #expect(file.scoreNotes().map(\.onset) == [0, 1])
    #expect(file.scoreNotes().map(\.track) == [0, 1])
    #expect((file.duration, file.durationInQuarters) == (1.5, 2))
  }

  @Test func framesPerSecondCountHalfASecondAsAQuarter() throws {
    let notes: [UInt8] = [0, 0x90, 60, 1, 0x87, 0x68, 60, 0]
    let file = try StandardMIDIFile(data: midiFile(division: 0xE7 << 8 | 40, tracks: [notes]))
    #expect(file.notes().map(\.duration) == [1])
    #expect(file.scoreNotes().map(\.duration) == [2])
  }

  @Test func messagesToTheWholeSystemAreLeftOut() throws {
    let track = MIDITrack(events: [MIDITrack.Event(quarters: 0, message: .clock)])
    let signatures = [TimeSignature(beats: 0, beatUnit: 4), TimeSignature(beats: 4, beatUnit: 5)]
    let file = try StandardMIDIFile(data: StandardMIDIFile.data(tracks: [track], timeSignatures: signatures))
    #expect(file.events.isEmpty)
    #expect(file.timeSignatures.isEmpty)
    #expect(try StandardMIDIFile(data: StandardMIDIFile.data(tracks: [])).trackNames == [""])
  }

  @Test func positionsOutsideTheRangeAreClamped() throws {
    let positions = [-1, .nan, .infinity, 1e300]
    let events = positions.map { MIDITrack.Event(quarters: $0, message: .programChange(channel: 0, program: 1)) }
    let file = try StandardMIDIFile(data: StandardMIDIFile.data(tracks: [MIDITrack(events: events)]))
    #expect(file.events.map(\.quarters) == [0, 0, 559240.53125, 559240.53125])
  }
}
