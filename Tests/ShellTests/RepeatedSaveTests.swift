import CommandLanguage
import Shell
import Testing

/// A script that `save script` wrote runs again where it ran before: it makes its session file anew.
@Test(arguments: ["save session FILE", "time save session FILE", "save session FILE embed=data"])
func savedScriptSavesItsSessionAgain(line: String) throws {
  let folder = try TestFolder()
  let line = line.replacing("FILE", with: folder("s.waymark"))
  do {
    var shell = try TestShell(after: "load synthetic classes=2 per-class=3 size=16 as signs")
    try shell.run("\(line)\nsave script \(folder("all.way"))")
  }
  #expect(try folder.text("all.way").hasSuffix("\(line) replace=on\n"))
  var again = TestShell()
  try again.run("source \(folder("all.way"))")
  #expect(again.context.session.names == ["signs"])
}
