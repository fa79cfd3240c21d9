import System
import Testing

@Test(arguments: [
  (["XDG_CACHE_HOME": "/var/x", "HOME": "/home/a"], "/var/x/waymark"),
  (["XDG_CACHE_HOME": "relative", "HOME": "/home/a"], "/home/a/.cache/waymark"),
  (["XDG_CACHE_HOME": "", "HOME": "/home/a"], "/home/a/.cache/waymark"),
  (["HOME": "/home/a/"], "/home/a/.cache/waymark"),
  ([:], nil),
])
func folderFollowsTheBaseDirectorySpecification(
  environment: [String: String], expected: String?
) {
  #expect(Folders.cache { environment[$0] } == expected)
}
