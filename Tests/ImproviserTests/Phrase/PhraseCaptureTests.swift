// Keys and pedals become the notes of a phrase.

import Testing

@testable import Improviser

struct PhraseCaptureTests {
  private func press(_ capture: inout PhraseCapture, _ pitch: Int, at time: Double) -> Bool {
    capture.press(channel: 0, pitch: pitch, velocity: 80, at: time)
  }

  @Test func groupsOnsetsWithinThirtyMilliseconds() {
    var capture = PhraseCapture()
    #expect(press(&capture, 64, at: 1))
    #expect(!press(&capture, 60, at: 1.02))
    #expect(!press(&capture, 67, at: 1.029))
    #expect(press(&capture, 72, at: 1.031))
    #expect(capture.notes.map(\.chord) == [0, 0, 0, 1])
    #expect(capture.chordCount == 2)
  }

  @Test func aPitchOccursOnceInAChord() {
    var capture = PhraseCapture()
    _ = press(&capture, 60, at: 1)
    capture.release(channel: 0, pitch: 60, at: 1.01)
    _ = press(&capture, 60, at: 1.02)
    _ = capture.press(channel: 3, pitch: 60, velocity: 90, at: 1.025)
    #expect(capture.notes.count == 1)
    capture.release(channel: 0, pitch: 60, at: 2)
    #expect(!capture.isReleased)
    capture.release(channel: 3, pitch: 60, at: 2.5)
    #expect(capture.isReleased)
    #expect(capture.notes[0].release == 2.5)
  }

  @Test func thePedalHoldsUntilTheNextOnset() {
    var capture = PhraseCapture()
    capture.setPedal(true, channel: 0, at: 0)
    _ = press(&capture, 60, at: 1)
    capture.release(channel: 0, pitch: 60, at: 1.1)
    #expect(capture.notes[0].release == nil)
    _ = press(&capture, 62, at: 1.5)
    #expect(capture.notes[0].release == 1.5)
    capture.release(channel: 0, pitch: 62, at: 1.6)
    #expect(!capture.isReleased)
    capture.setPedal(false, channel: 0, at: 2)
    #expect(capture.isReleased)
    #expect(capture.notes[1].release == 2)
    #expect(capture.quietSince == 2)
  }

  @Test func aStrayReleaseChangesNothing() {
    var capture = PhraseCapture()
    _ = press(&capture, 60, at: 1)
    capture.release(channel: 0, pitch: 61, at: 1.2)
    #expect(capture.quietSince == 1)
    #expect(capture.notes[0].release == nil)
  }

  @Test func releaseAllEndsEverything() {
    var capture = PhraseCapture()
    capture.setPedal(true, channel: 1, at: 0)
    _ = press(&capture, 60, at: 1)
    _ = press(&capture, 64, at: 1)
    capture.releaseAll(at: 3)
    #expect(capture.isReleased)
    #expect(capture.notes.allSatisfy { $0.release == 3 })
  }

  @Test func keysHeldOverBelongToNoNewNote() {
    var capture = PhraseCapture()
    _ = press(&capture, 60, at: 1)
    capture.begin()
    _ = press(&capture, 62, at: 2)
    capture.release(channel: 0, pitch: 60, at: 3)
    #expect(capture.notes.map(\.pitch) == [62])
    #expect(capture.notes[0].release == nil)
    #expect(!capture.isReleased)
  }

  @Test func keepsTheLastNotesOfAnEndlessPhrase() {
    var capture = PhraseCapture()
    for index in 0..<10_000 {
      _ = press(&capture, 40 + index % 40, at: Double(index) * 0.1)
      capture.release(channel: 0, pitch: 40 + index % 40, at: Double(index) * 0.1 + 0.05)
    }
    #expect(capture.notes.count <= PhraseCapture.capacity)
    #expect(capture.notes.count >= PhraseCapture.capacity / 2)
    #expect(capture.chordCount == 10_000)
    #expect(capture.notes.allSatisfy { $0.release != nil })
  }
}
