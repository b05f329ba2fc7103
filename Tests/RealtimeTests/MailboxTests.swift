// Mailbox: latest value, news flag, two threads, objects released.
import Foundation
import Synchronization
import Testing

@testable import Realtime

private struct Pair: BitwiseCopyable {
  var a: Int
  var b: Int
}

private final class Box<Value: Sendable>: Sendable {
  let mailbox: Mailbox<Value>
  init(_ value: Value) { mailbox = Mailbox(value) }
}

// That these compile is the test: for a trivially copyable value neither side locks or allocates.
@_noLocks private func put(_ box: Box<Pair>, _ pair: Pair) { box.mailbox.write(pair) }
@_noLocks private func take(_ box: Box<Pair>) -> Pair { box.mailbox.read() }

private final class Object: Sendable {}

@Suite struct MailboxTests {
  @Test func theReaderSeesTheLatestValueOnly() {
    let box = Box("first")
    #expect(box.mailbox.readIfNew() == nil)
    #expect(box.mailbox.read() == "first")
    for i in 0..<7 { box.mailbox.write("\(i)") }
    #expect(box.mailbox.readIfNew() == "6")
    #expect(box.mailbox.readIfNew() == nil)
    #expect(box.mailbox.read() == "6")
    box.mailbox.write("7")
    #expect(box.mailbox.read() == "7")
  }

  @Test func valuesAreReleasedWithTheMailbox() {
    weak var object: Object?
    do {
      let box = Box<Object?>(nil)
      let strong = Object()
      object = strong
      box.mailbox.write(strong)
      _ = box.mailbox.read()
    }
    #expect(object == nil)
  }

  @Test(.timeLimit(.minutes(10))) func twoThreadsNeverSeeATornOrOlderValue() {
    let box = Box(Pair(a: 0, b: 0))
    let isDone = Flag()
    let thread = Thread {
      var i = 0
      while !isDone.isSet {
        i += 1
        put(box, Pair(a: i, b: -i))
      }
    }
    thread.start()
    var wrong = 0
    var last = 0
    var news = 0
    let end = Date(timeIntervalSinceNow: 5)  // on a busy machine the threads take turns, and news is rare
    while news < 20_000 && Date() < end {
      let pair = take(box)
      if pair.a != -pair.b || pair.a < last { wrong += 1 }
      if pair.a > last { news += 1 }
      last = pair.a
    }
    isDone.set()
    #expect(wrong == 0 && news > 0)
  }
}

private final class Flag: Sendable {
  private let value = Atomic<Bool>(false)
  var isSet: Bool { value.load(ordering: .relaxed) }
  func set() { value.store(true, ordering: .relaxed) }
}
