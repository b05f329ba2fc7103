// A folder in the format of MusicNet, made for the tests.

import Foundation

@testable import Training

/// Writes labels, metadata and a second of silence as WAV, as MusicNet has them.
enum MusicNetFixture {
  static let header = "start_time,end_time,instrument,note,start_beat,end_beat,note_value\n"

  /// A scale of quarters at 120 a minute: `count` notes of an instrument, counted from 1.
  static func labels(instrument: Int = 1, lowest: Int = 60, count: Int = 20) -> String {
    header
      + (0..<count).map { index in
        "\(index * 22050),\(index * 22050 + 11025),\(instrument),\(lowest + index),\(index).0,0.5,Eighth\n"
      }.joined()
  }

  /// Three recordings, of which the last has no row in the metadata.
  static func write(to folder: TemporaryFolder, _ path: String = "musicnet") throws {
    try folder.write(
      """
      id,composer,composition,movement,ensemble,source,transcriber,catalog_name,seconds
      1727,Schubert,Piano Quintet in A major,2. Andante,Piano Quintet,an archive,somebody,OP114,447
      1728,Beethoven,"Sonata, with a comma",1. Allegro,Solo Piano,an archive,somebody,OP2,251

      """, to: "\(path)/musicnet_metadata.csv")
    try folder.write(labels(instrument: 41), to: "\(path)/train_labels/1727.csv")
    try folder.write(labels(lowest: 40), to: "\(path)/train_labels/1728.csv")
    try folder.write(labels(instrument: 74, lowest: 70), to: "\(path)/test_labels/9999.csv")
    try folder.write(silence, to: "\(path)/train_data/1727.wav")
  }

  /// 0.1 s of silence at 44,100 samples a second, 16 bits, one channel.
  static let silence: Data = {
    func little(_ number: UInt32, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(number >> (8 * $0) & 0xFF) } }
    let samples = [UInt8](repeating: 0, count: 8820)
    var bytes = Array("RIFF".utf8) + little(UInt32(36 + samples.count), 4) + Array("WAVEfmt ".utf8) + little(16, 4)
    bytes += little(1, 2) + little(1, 2) + little(44_100, 4) + little(88_200, 4) + little(2, 2) + little(16, 2)
    return Data(bytes + Array("data".utf8) + little(UInt32(samples.count), 4) + samples)
  }()
}
