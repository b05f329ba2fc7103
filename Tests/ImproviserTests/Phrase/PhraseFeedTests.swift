// The prediction keeps up with the player.

import Testing

@testable import Improviser

struct PhraseFeedTests {
  private func press(_ capture: inout PhraseCapture, _ pitch: Int, at time: Double) {
    _ = capture.press(channel: 0, pitch: pitch, velocity: 80, at: time)
  }

  @Test func handsOverChordsThatAreComplete() {
    let prediction = FakePrediction.flat()
    var capture = PhraseCapture()
    var feed = PhraseFeed(before: nil, prediction: prediction)
    func advance(_ now: Double) {
      feed.advance(capture, now: now, beat: 0.5, scale: nil, prediction: prediction)
    }
    press(&capture, 60, at: 0)
    capture.release(channel: 0, pitch: 60, at: 0.4)
    advance(0.4)
    #expect(prediction.heard.isEmpty)
    press(&capture, 62, at: 0.5)
    advance(0.5)
    #expect(prediction.heard == [NoteEvent(interval: 0, pitch: 60, duration: 24, velocity: 80)])
    press(&capture, 64, at: 1)
    advance(1)
    #expect(prediction.heard.count == 1)
    capture.releaseAll(at: 1.5)
    advance(1.5)
    #expect(prediction.heard.map(\.pitch) == [60, 62])
    feed.finish(capture, now: 2, beat: 0.5, scale: nil, prediction: prediction)
    #expect(prediction.heard.map(\.pitch) == [60, 62, 64])
    #expect(!prediction.calls.contains(.rewind))
  }

  @Test func aHeldBassDoesNotBlockForEver() {
    let prediction = FakePrediction.flat()
    var capture = PhraseCapture()
    var feed = PhraseFeed(before: nil, prediction: prediction)
    press(&capture, 36, at: 0)
    for index in 1...40 {
      press(&capture, 60 + index % 2, at: Double(index) * 0.25)
      capture.release(channel: 0, pitch: 60 + index % 2, at: Double(index) * 0.25 + 0.2)
      feed.advance(capture, now: Double(index) * 0.25 + 0.2, beat: 0.5, scale: nil, prediction: prediction)
    }
    #expect(prediction.heard.count > 20)
  }

  @Test func anotherBeatAtTheEndRepeatsThePhrase() {
    let prediction = FakePrediction.flat()
    var capture = PhraseCapture()
    var feed = PhraseFeed(before: nil, prediction: prediction)
    for index in 0..<8 {
      press(&capture, 60 + index, at: Double(index) * 0.5)
      capture.release(channel: 0, pitch: 60 + index, at: Double(index) * 0.5 + 0.45)
      feed.advance(capture, now: Double(index) * 0.5 + 0.45, beat: 0.5, scale: nil, prediction: prediction)
    }
    feed.finish(capture, now: 5, beat: 1, scale: nil, prediction: prediction)
    #expect(prediction.calls.contains(.rewind))
    #expect(prediction.heard.dropFirst().dropLast().allSatisfy { $0.interval == 24 })
    #expect(prediction.played.count == 8)
    #expect(prediction.played.dropFirst().allSatisfy { $0.interval == 12 })
  }

  @Test func theRepetitionOfALongPhraseIsBounded() {
    let prediction = FakePrediction.flat()
    var capture = PhraseCapture()
    var feed = PhraseFeed(before: nil, prediction: prediction)
    for index in 0..<3000 {
      press(&capture, 40 + index % 40, at: Double(index) * 0.5)
      capture.release(channel: 0, pitch: 40 + index % 40, at: Double(index) * 0.5 + 0.45)
      feed.advance(capture, now: Double(index) * 0.5 + 0.45, beat: 0.5, scale: nil, prediction: prediction)
    }
    feed.finish(capture, now: 1505, beat: 1, scale: nil, prediction: prediction)
    #expect(prediction.heard.count == 3000)
    #expect(prediction.played.count < 140)
  }
}
