// Where the user's own files stand.

import Testing

@testable import Engine

@Suite struct UserFoldersTests {
  @Test func userFoldersFollowTheSpecification() {
    let folders = UserFolders(environment: ["HOME": "/h", "XDG_DATA_HOME": "relative"])
    #expect(folders.data == "/h/.local/share/antiphon" && folders.state == "/h/.local/state/antiphon")
    #expect(folders.configuration == "/h/.config/antiphon")
    let own = UserFolders(
      environment: ["XDG_DATA_HOME": "/d", "XDG_CONFIG_HOME": "/c", "STATE_DIRECTORY": "/s/antiphon"])
    #expect(own.data == "/d/antiphon" && own.configuration == "/c/antiphon" && own.state == "/s/antiphon")
    let none = UserFolders(environment: [:])
    #expect(none.state == nil && none.data == nil && none.configuration == nil)
  }
}
