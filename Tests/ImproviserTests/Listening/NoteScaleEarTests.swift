// The ear for notes without sound: names the scale of phrases, follows a change and is silent after silence.
import Foundation
import Music
import ScaleDetector
import Testing

@testable import Improviser

@Suite struct NoteScaleEarTests {
  private let model: ChromaLite

  init() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    model = try ChromaLite(contentsOf: root.appending(path: "presets/models/chromalite.safetensors"))
  }

  /// Plays notes of equal length one after the other from `start`; gives the end.
  @discardableResult
  private func play(
    _ pitches: [Int], each seconds: Double = 0.25, from start: Double = 0, on ear: NoteScaleEar
  ) -> Double {
    for (index, pitch) in pitches.enumerated() {
      ear.noteOn(pitch: pitch, velocity: 80, at: start + Double(index) * seconds)
      ear.noteOff(pitch: pitch, at: start + (Double(index) + 0.9) * seconds)
    }
    return start + Double(pitches.count) * seconds
  }

  /// "Frère Jacques", "God Save the King", and a minor tune: tonic C.
  private static let major = [
    0, 2, 4, 0, 0, 2, 4, 0, 4, 5, 7, 7, 4, 5, 7, 7, 7, 9, 7, 5, 4, 0, 0, 7, 9, 7, 5, 4, 0, 0, -5, 0, 0,
  ]
  private static let anthem = [0, 0, 2, -1, -1, 0, 2, 4, 4, 5, 4, 2, 0, 2, 0, -1, 0, 0]
  private static let minor = [
    0, 2, 3, 5, 7, 7, 8, 5, 8, 7, 7, 0, 2, 3, 5, 7, 7, 8, 5, 8, 7, 7, 3, 5, 3, 2, 0, -1, 0, 0,
  ]

  @Test(arguments: [0, 1, 5, 8, 10]) func phrasesNameTheirScale(_ tonic: Int) throws {
    for (phrase, isMinor) in [(Self.major, false), (Self.anthem, false), (Self.minor, true)] {
      let ear = NoteScaleEar(model: model, classes: .majorMinor)
      ear.advance(to: play((phrase + phrase).map { 60 + tonic + $0 }, on: ear))
      let detected = try #require(ear.detected)
      #expect(detected.scale.tonic.rawValue == tonic % 12 && detected.scale.family.hasMinorThird == isMinor)
      #expect((0.2...1).contains(detected.confidence))
    }
  }

  @Test func aModulationIsFollowed() throws {
    let ear = NoteScaleEar(model: model, classes: .majorMinor)
    let first = play((0..<3).flatMap { _ in Self.major.map { 60 + $0 } }, on: ear)
    #expect(ear.detected?.scale.tonic.rawValue == 0)
    ear.advance(to: play((0..<3).flatMap { _ in Self.major.map { 66 + $0 } }, from: first, on: ear))
    #expect(ear.detected?.scale.tonic.rawValue == 6)
  }

  @Test func afterSilenceNothingIsShown() throws {
    let ear = NoteScaleEar(model: model)
    let end = play(Self.major.map { 60 + $0 }, on: ear)
    #expect(ear.detected != nil)
    ear.advance(to: end + 5)
    #expect(ear.detected == nil)
    // A day later the ear hears as on the first day.
    let later = 86_400.0
    ear.advance(to: end + later)
    let fresh = NoteScaleEar(model: model)
    play(Self.minor.map { 60 + $0 }, from: 0, on: fresh)
    ear.advance(to: play(Self.minor.map { 60 + $0 }, from: end + later, on: ear))
    #expect(ear.detected?.scale.tonic == fresh.detected?.scale.tonic)
  }

  @Test func nothingPlayedIsNothingHeard() {
    let ear = NoteScaleEar(model: model)
    #expect(ear.detected == nil && ear.readout == nil)
    ear.advance(to: 100)
    ear.noteOff(pitch: 60, at: 101)
    ear.releaseAll(at: .nan)
    #expect(ear.detected == nil)
  }

  @Test func thePedalHoldsNotes() throws {
    let held = NoteScaleEar(model: model)
    held.noteOn(pitch: 60, velocity: 90, at: 0)
    held.sustain(true, at: 0.1)
    held.noteOff(pitch: 60, at: 0.2)
    held.advance(to: 2)
    #expect(try #require(held.readout).frame.isActive)
    held.sustain(false, at: 2)
    held.advance(to: 4)
    #expect(!(try #require(held.readout).frame.isActive))
  }

  @Test func releaseAllEndsEveryNote() throws {
    let ear = NoteScaleEar(model: model)
    ear.sustain(true, at: 0)
    for pitch in 40..<90 { ear.noteOn(pitch: pitch, velocity: 90, at: 0.1) }
    ear.releaseAll(at: 1)
    ear.advance(to: 3)
    #expect(!(try #require(ear.readout).frame.isActive))
  }

  @Test func theSameNotesGiveTheSameAnswers() {
    let readouts = (0..<2).map { _ -> [Float] in
      let ear = NoteScaleEar(model: model)
      play(Self.minor.map { 60 + $0 }, on: ear)
      return ear.readout?.candidates.map(\.probability) ?? []
    }
    #expect(readouts[0] == readouts[1] && !readouts[0].isEmpty)
    let ear = NoteScaleEar(model: model)
    play(Self.major.map { 60 + $0 }, on: ear)
    ear.reset()
    #expect(ear.detected == nil)
    play(Self.minor.map { 60 + $0 }, on: ear)
    #expect(ear.readout?.candidates.map(\.probability) == readouts[0])
  }

  @Test func badPitchesAndTimesAreNotHeard() {
    let ear = NoteScaleEar(model: model)
    ear.noteOn(pitch: 400, velocity: 90, at: 0)
    ear.noteOn(pitch: -1, velocity: 90, at: 0)
    ear.noteOn(pitch: 60, velocity: 90, at: .infinity)
    ear.noteOn(pitch: 60, velocity: 90, at: .nan)
    ear.advance(to: 2)
    #expect(ear.readout?.frame.isActive == false)
  }
}
