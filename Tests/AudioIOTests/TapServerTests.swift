// The tap against a real jackd: the input sample by sample, the voice's output, restarts.
import CJACK
import CKernels
import Foundation
import Logging
import Realtime
import Synth
import Testing

@testable import AudioIO

extension JackServers {
  @Suite struct TapServerTests {}
}

/// Reads the tap of a client that hears a counting source.
private final class Reel {
  let client: JackClient
  private let target = UnsafeMutableBufferPointer<Float>.allocate(capacity: 3 * TapBlock.mostFrames)
  private(set) var frames = 0
  private(set) var breaks = 0
  private(set) var loudest: Float = 0
  private(set) var last: TapBlock?
  private var previous: Float = 0

  init(_ client: JackClient) { self.client = client }
  deinit { target.deallocate() }

  func read() {
    while let block = client.readTap(into: target) {
      let isNext = last.map { $0.life == block.life && $0.position + $0.frames == block.position } ?? false
      if !isNext { previous = 0 }
      for sample in target[..<block.frames] {
        let expected = Float(Int(previous) % (TestSource.modulus - 1) + 1)
        if previous != 0, sample != 0, sample != expected { breaks += 1 }
        previous = sample
      }
      for sample in target[block.frames..<(3 * block.frames)] { loudest = max(loudest, abs(sample)) }
      frames += block.frames
      last = block
    }
  }

  func reads(_ more: Int) -> Bool {
    let end = frames + more
    return eventually {
      read()
      return frames >= end
    }
  }
}

extension JackServers.TapServerTests {
  @Test(.timeLimit(.minutes(10))) func inputAndVoiceArriveWhole() throws {
    let server = TestServer()
    try server.start(rate: 48_000, period: 128)
    let folder = try TemporaryFolder()
    let file = try SoundFontFile(contentsOf: try folder.write(TinySoundFont().data, to: "tiny.sf2"))
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    let client = JackClient(
      configuration: try JackConfiguration(
        clientName: "tape", serverName: server.name, connect: .matching("counter:out"), playback: .none,
        synth: SynthConfiguration(soundFont: file)), logger: logger)
    client.start()
    defer { client.stop() }
    let source = try #require(TestSource.opened(on: server))
    #expect(eventually { client.status.connections == ["counter:out"] && client.status.voice.isReady })
    let reel = Reel(client)
    reel.read()
    #expect(reel.frames == 0)
    client.setTap(isOpen: true)
    #expect(reel.reads(24_000))
    #expect(reel.loudest == 0)
    client.play(VoiceEvent(.noteOn, 69, 100))
    #expect(reel.reads(24_000))
    #expect(reel.loudest > 0.01)
    #expect(reel.breaks == 0)
    let now = Double(realtime_nanoseconds()) * 1e-9
    #expect(abs(now - (reel.last?.seconds ?? 0)) < 0.5)
    client.setTap(isOpen: false)
    usleep(50_000)
    reel.read()
    let frames = reel.frames
    usleep(100_000)
    reel.read()
    #expect(reel.frames == frames)
    // A server that ends, and another with another rate: the sound goes on as another life.
    client.setTap(isOpen: true)
    #expect(reel.reads(4800))
    let life = try #require(reel.last?.life)
    source.close()  // a client that does not expect its server's death would not survive it
    server.murder()
    #expect(eventually { client.status.state != .active })
    try server.start(rate: 44_100, period: 256)
    #expect(
      eventually(within: 20) {
        reel.read()
        return reel.last?.sampleRate == 44_100
      })
    #expect((reel.last?.life ?? 0) > life)
    #expect(client.droppedTapFrames == 0)
  }
}
