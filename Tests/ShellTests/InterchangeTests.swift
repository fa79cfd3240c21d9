import CommandLanguage
import Datasets
import Foundation
import Networks
import Sessions
import Shell
import Testing

/// What goes out to other programs' files and comes back.
struct InterchangeTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private static let preparation = """
    load synthetic classes=4 per-class=6 size=16 as signs
    tasks signs size=2 as T
    define model layers=[conv(4,3), relu, pool, flatten, dense(8), relu] size=16 outputs=2 as net
    """

  private func network(_ shell: TestShell, _ name: String) throws -> Network {
    guard case .network(let network)? = shell.context.session[name] else { throw Missing() }
    return network
  }

  private struct Missing: Error {}

  @Test func networkComesBackFromItsFile() throws {
    var shell = try TestShell(after: Self.preparation)
    try shell.run(
      """
      export net > '\(folder("net.safetensors"))'
      import '\(folder("net.safetensors"))' as other
      export net > '\(folder("net.onnx"))'
      """)
    #expect(try network(shell, "other") == network(shell, "net"))
    #expect(try folder.names() == ["net.onnx", "net.safetensors"])
  }

  @Test func dataComesBackFromItsFileAndFromASession() throws {
    var shell = try TestShell(after: Self.preparation)
    try shell.run(
      """
      export signs > '\(folder("signs.npz"))'
      load npz '\(folder("signs.npz"))' as other
      save session '\(folder("s.waymark"))'
      restore session '\(folder("s.waymark"))'
      """)
    #expect(try shell.digest("other") == shell.digest("signs"))
  }

  @Test func featuresAreWrittenForNumPy() throws {
    var shell = try TestShell(after: Self.preparation)
    try shell.run("export features of net on=T > '\(folder("f.npz"))'")
    let bytes = try Data(contentsOf: URL(filePath: folder("f.npz")))
    for name in ["features.npy", "fc.npy", "labels.npy", "images.npy"] {
      #expect(bytes.range(of: Data(name.utf8)) != nil)
    }
  }

  @Test func runsAreTrackedUntilTrackOff() throws {
    var shell = try TestShell(after: Self.preparation)
    try shell.run(
      """
      track csv '\(folder("runs.csv"))' only=[ft, second]
      track wandb '\(folder("wandb"))' project=P
      run finetune net on=T epochs=1 as ft
      run finetune net on=T epochs=1 as hidden
      track off
      run finetune net on=T epochs=1 as second
      export ft > '\(folder("after.csv"))'
      """)
    func numbers(_ file: String) throws -> [Substring] {
      try folder.text(file).split(separator: "\n").dropFirst().map { $0.drop { $0 != "," } }
    }
    let tracked = try numbers("runs.csv")
    #expect(tracked == (try numbers("after.csv")))
    #expect(!tracked.isEmpty && tracked.allSatisfy { $0.hasPrefix(",ft,") })
    let runs = try FileManager.default.contentsOfDirectory(atPath: folder("wandb"))
    #expect(runs.count { $0.hasPrefix("offline-run-") } == 2)
  }

  @Test(arguments: [
    ("export net > FOLDER/net.npz", "a network is written as safetensors or onnx"),
    ("export signs > FOLDER/signs.onnx", "a data set is written as npz"),
    ("export net", "where to?"),
    ("import FOLDER/nothing.pth as x", "there is no file '"),
    ("load idx FOLDER as x", "train-images-idx3-ubyte"),
    ("load cifar FOLDER as x", "test_batch.bin"),
    ("load npz FOLDER/nothing.npz as x", "nothing.npz"),
    ("track csv /proc/none/runs.csv", "there is no folder '/proc/none'"),
  ])
  func refusalsSayWhatIsWrong(line: String, says: String) throws {
    var shell = try TestShell(after: Self.preparation)
    let error = shell.error(of: line.replacing("FOLDER", with: folder.path))
    #expect(
      error.map { "\($0.text(coloured: false))".contains(says) } == true,
      "\(String(describing: error))")
  }
}
