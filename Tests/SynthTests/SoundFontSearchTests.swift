// The search takes the user's choice first, then the user's folder, then the system's places.
import Foundation
import Synth
import Testing

@Suite struct SoundFontSearchTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func place(_ name: String) throws -> String {
    try folder.write(TinySoundFont().data, to: name).path
  }

  @Test func goesDownTheOrder() throws {
    let system2 = try place("usr/share/sounds/sf2/default-GM.sf2")
    let bare = SoundFontSearch(environment: [:], root: folder.url.path)
    #expect(try bare.find().url.path == system2)

    let system3 = try place("usr/share/sounds/sf3/default-GM.sf3")
    #expect(try bare.find().url.path == system3)

    let data = folder.url.appendingPathComponent("data").path
    let other = try place("data/soundfonts/beta.sf2")
    let user = SoundFontSearch(environment: ["XDG_DATA_HOME": data], root: folder.url.path)
    #expect(try user.find().url.path == other)
    let chosen = try place("data/soundfonts/default.sf2")
    #expect(try user.find().url.path == chosen)

    let named = try place("named.sf2")
    let variable = SoundFontSearch(
      environment: ["XDG_DATA_HOME": data, "ANTIPHON_SOUNDFONT": named], root: folder.url.path)
    #expect(try variable.find().url.path == named)
    let flag = try place("flag.sf2")
    #expect(try variable.find(path: flag).url.path == flag)
  }

  @Test func namedPathMustBeGood() throws {
    _ = try place("usr/share/sounds/sf2/default-GM.sf2")
    let search = SoundFontSearch(environment: ["ANTIPHON_SOUNDFONT": "/nowhere.sf2"], root: folder.url.path)
    #expect(throws: SoundFontError.missing(path: "/nowhere.sf2")) { try search.find() }
  }

  @Test func findsInTheHomeFolderWithoutXDG() throws {
    let font = try place(".local/share/soundfonts/mine.sf3")
    let search = SoundFontSearch(environment: ["HOME": folder.url.path], root: folder.url.path)
    #expect(try search.find().url.path == font)
  }

  @Test func saysWhereItLookedAndWhatToInstall() {
    let search = SoundFontSearch(environment: ["XDG_DATA_HOME": "/data"], root: folder.url.path)
    do {
      _ = try search.find()
      Issue.record("a SoundFont was found where there is none")
    } catch {
      #expect(error.description.contains("$ANTIPHON_SOUNDFONT, /data/soundfonts, /usr/share/sounds/sf3/default-GM.sf3"))
      #expect(error.description.contains("apt install fluid-soundfont-gm"))
    }
  }
}
