// The ear thread, fed through a ring as the audio thread feeds it.

import Foundation
import Realtime
import ScaleDetector
import Synchronization
import Testing

@testable import AudioIO
@testable import Engine

/// A ring in the place of `JackClient`.
private final class RingSource: Sendable {
  let ring = SampleRing(capacity: 1 << 17, sampleRate: 48_000)

  func read(into buffer: UnsafeMutableBufferPointer<Float>) -> AudioBlock {
    guard let target = buffer.baseAddress else { return AudioBlock() }
    let run = ring.pop(target, buffer.count)
    return AudioBlock(
      count: run.count, sampleRate: run.sampleRate, epoch: 1, missing: run.missing, position: run.position)
  }
}

@Suite(.timeLimit(.minutes(10))) struct ListenerTests {
  private func waitUntil(_ condition: () -> Bool) -> Bool {
    let end = Date(timeIntervalSinceNow: 10)
    while !condition() {
      if Date() > end { return false }
      usleep(1000)
    }
    return true
  }

  @Test func hearsWhatTheRingBrings() throws {
    let source = RingSource()
    let heard = Atomic<Int>(0)
    let model = try ChromaLite(contentsOf: modelForTests())
    let listener = Listener(model: model, source: { source.read(into: $0) }) { _ in
      heard.add(1, ordering: .relaxed)
    }
    let samples = tone(440, seconds: 2, rate: 48_000)
    #expect(source.ring.push(samples, samples.count) == samples.count)
    #expect(waitUntil { heard.load(ordering: .relaxed) >= 84 })
    let chroma = try #require(listener.takeReadout()).frame.chroma
    #expect(chroma.indices.max { chroma[$0] < chroma[$1] } == 9)
    #expect(listener.takeReadout() == nil)
    // The counters are published every two seconds.
    #expect(waitUntil { listener.statistics.readouts >= 84 })
    #expect(listener.statistics.load > 0 && listener.statistics.load < 1)
    listener.stop()
  }

  @Test func stopsAtOnceWithoutSound() throws {
    let listener = Listener(model: try ChromaLite(contentsOf: modelForTests()), source: { _ in AudioBlock() })
    let start = Date()
    listener.stop()
    #expect(Date().timeIntervalSince(start) < 1)
  }
}
