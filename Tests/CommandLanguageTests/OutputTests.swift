import CommandLanguage
import Testing

/// What may stand behind `> FILE`.
struct OutputTests {
  @Test func optionsMayStandBehindTheFile() throws {
    let script = Script("export kd > logs format=wandb project=P", name: "test")
    #expect(script.errors.isEmpty)
    #expect(script.statements.map { "\($0)" } == ["export kd format=wandb project=P > logs"])
  }

  @Test(arguments: [
    "export kd > a b", "export kd > a > b", "export kd > a format=csv b",
    "export kd > a as x",
  ])
  func nothingElseMay(line: String) {
    #expect(!Script(line, name: "test").errors.isEmpty)
  }
}
