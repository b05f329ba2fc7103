// The tap without a server: what is pushed comes out, overload is counted, lives are told apart, no rule is broken.
import Foundation
import Realtime
import Testing

@testable import AudioIO

private func makeContext() throws -> ProcessContext {
  // The handle is never followed: only `copy` is called.
  let handle = try #require(OpaquePointer(bitPattern: 64))
  return ProcessContext(client: handle, ports: ClientPorts(), sampleRate: 48_000, period: 256)
}

/// Samples that tell their place: the channel's number and the frame.
private func sample(_ channel: Int, _ frame: Int) -> Float { Float(channel * 4_000_000 + frame % 4_000_000) }

/// Runs cycles as the callback would, and reads as a recorder would.
private final class Deck {
  let source = UnsafeMutablePointer<Float>.allocate(capacity: 3 * TapBlock.mostFrames)
  let target = UnsafeMutablePointer<Float>.allocate(capacity: 3 * TapBlock.mostFrames)

  deinit {
    source.deallocate()
    target.deallocate()
  }

  func cycle(_ context: ProcessContext, _ frames: Int, input: Bool = true) {
    let time = context.voice.pointee.time
    for channel in 0..<3 { for i in 0..<frames { source[channel * frames + i] = sample(channel, time + i) } }
    context.voice.pointee.seconds = Double(time) / 48_000
    withRealtimeRules { copyToTap(context, input ? source : nil, source + frames, source + 2 * frames, frames) }
    context.voice.pointee.time += frames
  }

  /// Whether the samples of a block are those of its place.
  func isRight(_ block: TapBlock, input: Bool = true) -> Bool {
    (0..<3).allSatisfy { channel in
      (0..<block.frames).allSatisfy { i in
        let expected = channel == 0 && !input ? 0 : sample(channel, block.position + i)
        return target[channel * block.frames + i] == expected
      }
    }
  }
}

@_noLocks private func copyToTap(
  _ context: ProcessContext, _ input: UnsafePointer<Float>?, _ left: UnsafePointer<Float>,
  _ right: UnsafePointer<Float>, _ frames: Int
) {
  guard let tap = context.tapSlot.open() else { return }
  context.copy(to: tap, input: input, left: left, right: right, frames: frames)
}

@Suite struct TapTests {
  @Test func whatIsPushedComesOutAroundTheEndOfTheRing() throws {
    let (deck, feed, context) = (Deck(), TapFeed(), try makeContext())
    feed.begin(context)
    feed.set(isOpen: true)
    var expected = 0
    let lengths = [1, 64, 1000, 8192, 333, 4096]
    for i in 0..<900 {  // 2 million frames: four times around
      let frames = lengths[i % lengths.count]
      deck.cycle(context, frames)
      let block = try #require(feed.read(deck.target))
      #expect(block.frames == frames && block.position == expected && block.sampleRate == 48_000 && block.life == 1)
      #expect(abs(block.seconds - Double(expected) / 48_000) < 1e-9)
      if !deck.isRight(block) { Issue.record("wrong samples at \(expected)") }
      expected += frames
    }
    #expect(feed.read(deck.target) == nil)
    #expect(feed.droppedFrames == 0)
  }

  @Test func aFullRingDropsWholeCyclesAndThePositionTells() throws {
    let (deck, feed, context) = (Deck(), TapFeed(), try makeContext())
    feed.begin(context)
    feed.set(isOpen: true)
    for _ in 0..<70 { deck.cycle(context, 8000) }  // 65 fit
    #expect(feed.droppedFrames == 5 * 8000)
    for i in 0..<65 {
      let block = try #require(feed.read(deck.target))
      #expect(block.position == i * 8000)
      #expect(deck.isRight(block))
    }
    #expect(feed.read(deck.target) == nil)
    deck.cycle(context, 100)
    #expect(feed.read(deck.target)?.position == 70 * 8000)
  }

  @Test func soManyShortCyclesThatTheirQueueIsFullAreCounted() throws {
    let (deck, feed, context) = (Deck(), TapFeed(), try makeContext())
    feed.begin(context)
    feed.set(isOpen: true)
    for _ in 0..<16_400 { deck.cycle(context, 16) }
    #expect(feed.droppedFrames == 16 * 16)
    var count = 0
    while let block = feed.read(deck.target) {
      if !deck.isRight(block) { Issue.record("wrong samples at \(block.position)") }
      count += 1
    }
    #expect(count == 16_384)
  }

  @Test func nothingIsTakenWhileItIsClosed() throws {
    let (deck, feed, context) = (Deck(), TapFeed(), try makeContext())
    feed.begin(context)
    deck.cycle(context, 64)
    #expect(feed.read(deck.target) == nil)
    feed.set(isOpen: true)
    deck.cycle(context, 64, input: false)
    feed.set(isOpen: false)
    deck.cycle(context, 64)
    let block = try #require(feed.read(deck.target))
    #expect(block.position == 64)
    #expect(deck.isRight(block, input: false))
    #expect(feed.read(deck.target) == nil)
    feed.set(isOpen: true)
    deck.cycle(context, 64)
    #expect(feed.read(deck.target)?.position == 192)
  }

  @Test func livesFollowEachOther() throws {
    let (deck, feed) = (Deck(), TapFeed())
    feed.set(isOpen: true)  // before there is a server
    let (first, second) = (try makeContext(), try makeContext())
    feed.begin(first)
    deck.cycle(first, 64)
    feed.begin(second)
    deck.cycle(second, 32)
    #expect(feed.read(deck.target)?.frames == 64)
    let block = try #require(feed.read(deck.target))
    #expect(block.frames == 32 && block.life == 2 && block.position == 0)
    for _ in 0..<10 {
      let context = try makeContext()
      feed.begin(context)
      deck.cycle(context, 16)
    }
    #expect((0..<4).map { _ in feed.read(deck.target)?.life } == [10, 11, 12, nil])
  }

  @Test func twoThreadsAgree() throws {
    let (feed, context) = (TapFeed(), try makeContext())
    feed.begin(context)
    feed.set(isOpen: true)
    let done = DispatchSemaphore(value: 0)
    Thread {
      let deck = Deck()
      for i in 0..<20_000 { deck.cycle(context, 1 + i % 100) }
      done.signal()
    }.start()
    let deck = Deck()
    var (next, wrong, isDone) = (0, 0, false)
    while true {
      guard let block = feed.read(deck.target) else {
        if isDone { break }
        isDone = done.wait(timeout: .now()) == .success
        continue
      }
      if block.position < next || !deck.isRight(block) { wrong += 1 }
      next = block.position + block.frames
    }
    #expect(wrong == 0)
    #expect(next > 0)
  }
}
