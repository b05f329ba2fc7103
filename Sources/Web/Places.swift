// How many browser connections there may be.

import FlyingFox
import Synchronization

/// Counts connections up to a limit. Any thread.
final class Places: Sendable {
  /// The most connections at a time; each is a client of the daemon, which has 64 places for all.
  static let limit = 16

  /// Why one more is closed (RFC 6455 §7.4.1: 1013, try again later).
  static let refusal = WSCloseCode(
    WSCloseCode.tryAgainLater.code, reason: "All \(limit) places for pages are taken: close one and reload this one.")

  /// One connection's place, free again when it is left or forgotten.
  final class Place: Sendable {
    private let places: Places
    private let isLeft = Atomic<Bool>(false)

    fileprivate init(_ places: Places) {
      self.places = places
    }

    deinit {
      leave()
    }

    func leave() {
      guard !isLeft.exchange(true, ordering: .relaxed) else { return }
      places.taken.subtract(1, ordering: .relaxed)
    }
  }

  private let taken = Atomic<Int>(0)

  /// How many are taken now.
  var count: Int { taken.load(ordering: .relaxed) }

  /// A place; nil when all are taken.
  func take() -> Place? {
    let (_, count) = taken.add(1, ordering: .relaxed)
    guard count <= Self.limit else {
      taken.subtract(1, ordering: .relaxed)
      return nil
    }
    return Place(self)
  }
}
