// The answer as MIDI for the JACK port, with a ledger of what the receivers hold.

/// A MIDI message of two or three bytes within a period.
struct MIDIBytes: BitwiseCopyable {
  var offset: Int
  var status: UInt8
  var data1: UInt8
  var data2: UInt8

  @_noLocks init(offset: Int, status: UInt8, data1: UInt8, data2: UInt8) {
    self.offset = offset
    self.status = status
    self.data1 = data1
    self.data2 = data2
  }

  /// Program changes have one data byte.
  var length: Int { @_noLocks get { status & 0xF0 == 0xC0 ? 2 : 3 } }
}

/// Collects the messages of one period. A note-off that finds no room is owed and comes first in the next period, so
/// that no receiver is left with a note. For the audio thread alone.
struct OutgoingMIDI: ~Copyable, @unchecked Sendable {
  // @unchecked: the pointers belong to the audio thread.

  /// Messages of one period.
  static let capacity = 1024

  private enum Key {  // bits of a key's entry
    static var held: UInt8 { @_noLocks get { 1 } }
    static var owed: UInt8 { @_noLocks get { 2 } }
  }

  private struct State: BitwiseCopyable {
    var count = 0
    var limit = 0
    var owed = 0  // keys
    var held = 0  // keys, owed ones included
    var used: UInt16 = 0  // channels that had a note
    var resets: UInt16 = 0  // channels that are owed a reset
    var dropped = 0
  }

  private let messages: UnsafeMutablePointer<MIDIBytes>
  private let keys: UnsafeMutablePointer<UInt8>
  private let state: UnsafeMutablePointer<State>

  init() {
    messages = .allocate(capacity: Self.capacity)
    keys = .allocate(capacity: 16 * 128)
    keys.initialize(repeating: 0, count: 16 * 128)
    state = .allocate(capacity: 1)
    state.initialize(to: State())
  }

  deinit {
    messages.deallocate()
    keys.deallocate()
    state.deallocate()
  }

  /// Messages collected in this period.
  var count: Int { @_noLocks get { state.pointee.count } }
  /// Keys that receivers hold.
  var held: Int { @_noLocks get { state.pointee.held } }
  /// Messages, note-offs aside, for which there was no room.
  var dropped: Int { @_noLocks get { state.pointee.dropped } }
  /// True when receivers are owed nothing.
  var isSettled: Bool { @_noLocks get { state.pointee.held == 0 && state.pointee.resets == 0 } }

  @_noLocks borrowing func message(_ i: Int) -> MIDIBytes { messages[i] }

  /// A period begins, in which the port takes at most `limit` messages; pays what is owed.
  @_noLocks borrowing func begin(limit: Int) {
    state.pointee.count = 0
    state.pointee.limit = limit < OutgoingMIDI.capacity ? limit : OutgoingMIDI.capacity
    if state.pointee.owed > 0 {
      for key in 0..<2048 where keys[key] & Key.owed != 0 { release(key, at: 0) }
    }
    reset(at: 0)
  }

  @_noLocks borrowing func noteOn(_ channel: UInt8, _ pitch: UInt8, _ velocity: UInt8, at offset: Int) {
    let key = Int(channel) &* 128 &+ Int(pitch)
    if !write(offset, 0x90 | channel, pitch, velocity) {
      state.pointee.dropped = state.pointee.dropped &+ 1
      return
    }
    state.pointee.used |= 1 &<< UInt16(channel)
    if keys[key] & Key.held == 0 { state.pointee.held = state.pointee.held &+ 1 }
    keys[key] |= Key.held
  }

  /// Nothing is written for a note that is not held.
  @_noLocks borrowing func noteOff(_ channel: UInt8, _ pitch: UInt8, at offset: Int) {
    let key = Int(channel) &* 128 &+ Int(pitch)
    if keys[key] & Key.held != 0 { release(key, at: offset) }
  }

  /// A message that leaves nothing behind when it is lost.
  @_noLocks borrowing func send(_ status: UInt8, _ data1: UInt8, _ data2: UInt8, at offset: Int) {
    if !write(offset, status, data1, data2) { state.pointee.dropped = state.pointee.dropped &+ 1 }
  }

  /// Note-offs for all that is held.
  @_noLocks borrowing func releaseAll(at offset: Int) {
    if state.pointee.held == 0 { return }
    for key in 0..<2048 where keys[key] & Key.held != 0 { release(key, at: offset) }
  }

  /// The same, and then "all notes off" and "pedal up" on every channel that was used.
  @_noLocks borrowing func finish(at offset: Int) {
    releaseAll(at: offset)
    state.pointee.resets |= state.pointee.used
    reset(at: offset)
  }

  /// The port took less than it promised.
  @_noLocks borrowing func takeBack(_ i: Int) {
    let message = messages[i]
    let key = Int(message.status & 15) &* 128 &+ Int(message.data1)
    switch message.status & 0xF0 {
    case 0x80:
      if keys[key] & Key.held == 0 { state.pointee.held = state.pointee.held &+ 1 }
      owe(key)
    default: state.pointee.dropped = state.pointee.dropped &+ 1
    }
  }

  @_noLocks private borrowing func release(_ key: Int, at offset: Int) {
    if !write(offset, 0x80 | UInt8(truncatingIfNeeded: key / 128), UInt8(truncatingIfNeeded: key % 128), 64) {
      owe(key)
      return
    }
    if keys[key] & Key.owed != 0 { state.pointee.owed = state.pointee.owed &- 1 }
    keys[key] = 0
    state.pointee.held = state.pointee.held &- 1
  }

  @_noLocks private borrowing func owe(_ key: Int) {
    if keys[key] & Key.owed == 0 { state.pointee.owed = state.pointee.owed &+ 1 }
    keys[key] = Key.held | Key.owed
  }

  @_noLocks private borrowing func reset(at offset: Int) {
    if state.pointee.resets == 0 { return }
    for channel in UInt8(0)..<16 where state.pointee.resets & (1 &<< UInt16(channel)) != 0 {
      guard state.pointee.limit &- state.pointee.count >= 2 else { return }
      _ = write(offset, 0xB0 | channel, 123, 0)
      _ = write(offset, 0xB0 | channel, 64, 0)
      state.pointee.resets &= ~(1 &<< UInt16(channel))
    }
  }

  @_noLocks private borrowing func write(_ offset: Int, _ status: UInt8, _ data1: UInt8, _ data2: UInt8) -> Bool {
    let count = state.pointee.count
    if count >= state.pointee.limit { return false }
    messages[count] = MIDIBytes(offset: offset, status: status, data1: data1, data2: data2)
    state.pointee.count = count &+ 1
    return true
  }
}
