import CommandLanguage
import Datasets
import Learning
import Networks
import Sessions
import Shell
import Tensors
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
  }

  @Test func networksThatAreReadTogetherAreWrittenTogether() throws {
    var shell = try TestShell(after: Self.preparation)
    try shell.run(
      """
      run der net on=T epochs=1 as many
      export many > '\(folder("many.safetensors"))'
      export many > '\(folder("many.onnx"))'
      """)
    let file = try WeightFile.read(folder("many.safetensors"))
    let bodies = Set(file.tensors.keys.compactMap { $0.split(separator: ".").dropFirst().first })
    #expect(bodies.isSuperset(of: ["0", "1"]))
    let head = try #require(file.tensors["fc.weight"])
    #expect(head.shape[0] == file.tensors["fc.bias"]?.shape[0])
    #expect(file.metadata["waymark.class_numbers"] == "[0,1,2,3]")
    let text = shell.error(of: "import '\(folder("many.safetensors"))' as other")?.text() ?? ""
    #expect(text.contains("backbones"), "\(text)")
  }

  @Test func filesNameClassesAndNormalization() throws {
    var shell = try TestShell(after: Self.preparation)
    try shell.run(
      """
      transform signs normalize=on
      run finetune net on=T epochs=1 as ft
      export ft > '\(folder("ft.safetensors"))'
      export net on=T.1 > '\(folder("net.safetensors"))'
      export net > '\(folder("bare.safetensors"))'
      """)
    let metadata = try WeightFile.read(folder("ft.safetensors")).metadata
    #expect(metadata["waymark.class_numbers"] == "[0,1,2,3]")
    #expect(metadata["waymark.mean"] == "[0.3403, 0.3121, 0.3214]")
    #expect(
      try WeightFile.read(folder("net.safetensors")).metadata["waymark.class_numbers"] == "[0,1]")
    #expect(
      try WeightFile.read(folder("bare.safetensors")).metadata["waymark.class_numbers"] == nil)
  }

  @Test func memoryIsWrittenInItsOrder() throws {
    var shell = try TestShell(after: Self.preparation)
    try shell.run(
      """
      run icarl net on=T epochs=1 memory=8 as ic
      export memory of ic > '\(folder("memory.npz"))'
      load npz '\(folder("memory.npz"))' as kept
      """)
    guard case .run(let object)? = shell.context.session["ic"],
      case .data(let signs)? = shell.context.session["signs"],
      case .data(let kept)? = shell.context.session["kept"]
    else {
      Issue.record("the run or the data is missing")
      return
    }
    let memory = object.run.learner.memory
    #expect(kept.train.count + kept.test.count == memory.count)
    let pixels = Set(memory.images.map { Array(signs.train.image(at: $0)) })
    #expect((0..<kept.train.count).allSatisfy { pixels.contains(Array(kept.train.image(at: $0))) })
    #expect(kept.classNames == signs.classNames)
  }

  @Test func pretrainingOfARunMakesANetworkOfItsOwn() throws {
    var shell = try TestShell(after: Self.preparation)
    try shell.run("run finetune net on=T epochs=1 as ft")
    let before = shell.context.session["ft"].flatMap(run)
    let old = network("net", in: shell)
    let text = shell.error(of: "pretrain ft@1 on=T.2 epochs=1")?.text() ?? ""
    #expect(text.contains("as NAME"), "\(text)")
    try shell.run("pretrain ft@1 on=T.2 epochs=1 as net2; pretrain net on=T.2 epochs=1 as net3")
    #expect(shell.context.session["ft"].flatMap(run) == before)
    #expect(network("net", in: shell) == old)
    #expect(network("net2", in: shell) != network("net3", in: shell))
    try shell.run("define model from=ft@1 as net4; pretrain net4 on=T.2 epochs=1")
    #expect(network("net4", in: shell) == network("net2", in: shell))
    #expect(network("net4", in: shell) != nil)
  }

  private func run(_ object: Object) -> Run? {
    if case .run(let run) = object { run.run } else { nil }
  }

  private func network(_ name: String, in shell: TestShell) -> Network? {
    if case .network(let network)? = shell.context.session[name] { network } else { nil }
  }
}
