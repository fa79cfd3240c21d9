import CommandLanguage
import Learning
import Networks
import Sessions
import Shell
import Testing

/// The network of a run, for other programs.
struct RunExportTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private static let preparation = """
    load synthetic classes=4 per-class=6 size=16 as signs
    tasks signs size=2 as T
    define model layers=[conv(4,3), relu, pool, flatten, dense(8), relu] size=16 as net
    """

  @Test func networkOfARunComesBack() throws {
    var shell = try TestShell(after: Self.preparation)
    try shell.run(
      """
      run finetune net on=T epochs=1 as ft
      export ft > '\(folder("ft.safetensors"))'
      export ft > '\(folder("ft.onnx"))'
      import '\(folder("ft.safetensors"))' as other
      """)
    guard case .run(let object)? = shell.context.session["ft"],
      case .network(let network)? = shell.context.session["other"]
    else {
      Issue.record("the run or the network is missing")
      return
    }
    #expect(network == object.run.network)
    #expect(try folder.names() == ["ft.onnx", "ft.safetensors"])
  }

  @Test func whatTheFileHasNotIsSaid() throws {
    var shell = try TestShell(after: Self.preparation)
    try shell.run("run icarl net on=T epochs=1 memory=8 as ic; run der net on=T epochs=1 as many")
    let output = try shell.output(of: "export ic > '\(folder("ic.safetensors"))'")
    #expect(output.contains("nearest-mean head, which is not in the file"), "\(output)")
    let text = shell.error(of: "export many > '\(folder("many.safetensors"))'")?.text()
    #expect(text?.contains("2 networks together") == true, "\(String(describing: text))")
    #expect(try folder.names() == ["ic.safetensors"])
  }
}
