// Tests of MusicNet's tables.

import Testing

@testable import Training

@Suite struct MusicNetLabelsTests {
  private func reason(_ text: String) -> String? {
    do throws(MusicNetLabels.Failure) {
      _ = try MusicNetLabels.read(text.utf8)
      return nil
    } catch { return error.reason }
  }

  @Test func samplesAreSecondsAndEndBeatIsADuration() throws {
    let labels = try MusicNetLabels.read((MusicNetFixture.header + "44100,66150,41,64,4.0,1.5,Dotted Quarter\n").utf8)
    #expect(labels == [.init(start: 1, end: 1.5, program: 40, pitch: 64, beat: 4, duration: 1.5)])
  }

  @Test func columnsMayStandInAnyOrder() throws {
    let text = "note,instrument,end_beat,start_beat,end_time,start_time\n60,1,1,2,44100,0\n"
    #expect(try MusicNetLabels.read(text.utf8).first?.beat == 2)
  }

  @Test func damageIsNamedWithItsLine() {
    #expect(reason("") == "it is empty")
    #expect(reason("start_time,end_time,note,start_beat,end_beat\n") == "line 1: the column instrument missing")
    #expect(reason(MusicNetFixture.header + "0,1,1,60,0,1,Q\n0,one,1,60,0,1,Q\n")
      == "line 3: end_time is \"one\", which is no number")
    #expect(reason(MusicNetFixture.header + "0,1,1\n") == "line 2: no note")
    #expect(reason(MusicNetFixture.header + "5,1,1,60,0,1,Q\n")?.contains("line 2: the note ends before") == true)
    #expect(reason(MusicNetFixture.header + "0,1,1,128,0,1,Q\n")?.contains("pitches") == true)
    #expect(reason(MusicNetFixture.header + "0,1,0,60,0,1,Q\n")?.contains("instrument is 0") == true)
    #expect(reason(MusicNetFixture.header + "0,nan,1,60,0,1,Q\n")?.contains("no number") == true)
  }

  @Test func metadataAreFoundById() {
    let metadata = MusicNetMetadata("\u{FEFF}id,composer,composition\n7,Ravel,\"Quartet, in F\"\n,Nobody,x\n".utf8)
    #expect(metadata["7"] == .init(composer: "Ravel", title: "Quartet, in F", ensemble: ""))
    #expect(metadata["8"] == nil)
  }
}
