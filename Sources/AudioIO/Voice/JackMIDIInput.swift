// A MIDI message that came through the JACK port.

/// One to three bytes of MIDI with their time, or the news that messages were lost.
public struct JackMIDIInput: BitwiseCopyable, Sendable, Hashable {
  /// JACK frame time at which it came.
  public var frame: UInt32
  /// Bytes that count, 1…3; 0 says that messages may have been lost before this one, because a source or the server
  /// vanished or nobody read: release what this input holds.
  public var length: UInt8
  /// The status byte.
  public var status: UInt8
  /// The first data byte.
  public var data1: UInt8
  /// The second data byte.
  public var data2: UInt8

  /// - Parameters: see the properties.
  @_noLocks public init(frame: UInt32, length: UInt8, status: UInt8 = 0, data1: UInt8 = 0, data2: UInt8 = 0) {
    self.frame = frame
    self.length = length
    self.status = status
    self.data1 = data1
    self.data2 = data2
  }

  /// True when messages may have been lost.
  public var isLoss: Bool { length == 0 }
}
