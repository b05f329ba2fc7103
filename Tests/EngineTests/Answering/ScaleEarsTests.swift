// The ears of the hands: what the player's line plays, from the moment in which they have time to listen.

import Foundation
import Improviser
import MIDI
import Music
import ScaleDetector
import Testing

@testable import Engine

@Suite struct ScaleEarsTests {
  @Test func aPatternIsNamedWhileItIsPlayedAndGoesWithTheNotes() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let model = try ChromaLite(contentsOf: root.appending(path: "presets/models/chromalite.safetensors"))
    let ears = ScaleEars(model: model, classes: .all)
    for (index, pitch) in [60, 61, 66, 67, 72].enumerated() {
      let time = 1 + Double(index) * 0.25
      ears.hear(.noteOn(channel: 0, pitch: pitch, velocity: 80), at: time)
      ears.hear(.noteOff(channel: 0, pitch: pitch, velocity: 0), at: time + 0.2)
    }
    #expect(ears.pattern == nil)
    ears.work(to: 2.2)
    #expect(ears.pattern?.text == "C tritone/interpolation/1:1")
    ears.work(to: 4)
    #expect(ears.pattern != nil)
    ears.work(to: 6.5)
    #expect(ears.pattern == nil)
  }
}
