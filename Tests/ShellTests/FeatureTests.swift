import CommandLanguage
import Foundation
import Sessions
import Shell
import Testing

/// `plot features`, `show neighbours`, `plot head`, `plot drift`: what they say, and that they change
/// nothing.
struct FeatureTests {
  private static let preparation = """
    load synthetic classes=4 per-class=12 test-per-class=6 balanced=on size=16 as signs
    tasks signs size=2 as T
    define model layers=[conv(4,3), relu, pool, flatten, dense(6)] size=16 outputs=2 as net
    begin rehearsal-kd net on=T epochs=1 batch=8 memory=8 as kd
    step kd
    step kd 2 unit=batch

    """

  private static let looks = [
    "plot features kd", "plot features [kd@1, kd] on=T method=tsne n=40 seed=3 perplexity=4",
    "plot features kd color=correct", "show neighbours kd signs 3",
    "show neighbours kd signs [3, 5] among=memory split=train distance=cosine", "plot head kd",
    "plot drift kd",
  ]

  private func shell() throws -> TestShell { try TestShell(after: Self.preparation) }

  private struct Row: Decodable {
    var name: String?
    var classes: [Class]?
    var ownNeighboursPercent: Double?

    struct Class: Decodable {
      var `class`: Int
      var images: Int
      var task: Int?
    }
  }

  private struct Answer: Decodable {
    var method: String
    var images: Int
    var explainedVariance: [Double]?
    var perplexity: Double?
    var seed: Int?
    var trustworthiness: Double?
    var models: [Row]
  }

  private func answer(_ command: String) throws -> Answer {
    var shell = try shell()
    let text = try shell.output(of: "\(command) format=json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Answer.self, from: Data(text.utf8))
  }

  private func lines(_ command: String, in folder: TestFolder) throws -> [[Substring]] {
    var shell = try shell()
    try shell.run("\(command) > '\(folder("a.csv"))'")
    return try folder.text("a.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
  }

  // MARK: Nothing changes

  @Test(arguments: looks) func lookingChangesNoBit(command: String) throws {
    var shell = try shell()
    let names = ["signs", "net", "kd"]
    let before = try names.map { try shell.digest($0) }
    try shell.run(command)
    #expect(try names.map { try shell.digest($0) } == before)
    try shell.run("continue kd")
    var other = try self.shell()
    try other.run("continue kd")
    #expect(try shell.digest("kd") == other.digest("kd"))
  }

  @Test(arguments: looks) func stoppedCommandSaysSo(command: String) throws {
    var shell = try shell()
    shell.context.stopAfter(1)
    guard !command.hasPrefix("plot head") else { return }
    #expect(shell.error(of: command)?.text().contains("stopped") == true)
  }

  // MARK: Features

  @Test func everyClassHasItsPlace() throws {
    let answer = try answer("plot features kd on=T")
    #expect(answer.method == "pca" && answer.images == 24 && answer.perplexity == nil)
    let shares = try #require(answer.explainedVariance)
    #expect(shares.count == 2 && shares[0] >= shares[1] && shares.reduce(0, +) <= 1.000_001)
    let classes = try #require(answer.models.first?.classes)
    #expect(classes.map(\.class) == [0, 1, 2, 3] && classes.map(\.images) == [6, 6, 6, 6])
    #expect(classes.map(\.task) == [1, 1, 2, 2])
    #expect(try #require(answer.trustworthiness) <= 1)
  }

  /// Of 24 images and two models there is room for 10 points each.
  @Test func imagesAreDrawnEvenly() throws {
    let folder = try TestFolder()
    let rows = try lines("plot features [kd@1, kd] on=T n=21", in: folder)
    #expect(rows[0] == ["model", "image", "track", "class", "task", "x", "y"])
    #expect(rows.count == 21 && Set(rows.dropFirst().map { $0[0] }) == ["kd@1", "kd"])
    let first = rows[1...10]
    #expect(Array(first.map { $0[1] }) == rows[11...20].map { $0[1] })
    let counts = Dictionary(grouping: first) { $0[3] }.mapValues(\.count)
    #expect(counts.values.allSatisfy { (2...3).contains($0) } && counts.count == 4)
    var shell = try shell()
    let text = try shell.output(of: "plot features [kd@1, kd] on=T n=21")
    #expect(text.contains("10 of 24 images, drawn in proportion to the classes"), "\(text)")
  }

  @Test func startOfTSNEIsDrawnOnlyWithASeed() throws {
    let command = "plot features kd on=T method=tsne perplexity=5"
    let (plain, drawn) = (try answer(command), try answer("\(command) seed=4"))
    #expect(plain.method == "tsne" && plain.perplexity == 5 && plain.explainedVariance == nil)
    #expect(plain.seed == nil && drawn.seed == 4)
    var shell = try shell()
    #expect(try shell.output(of: command).contains("nothing is random"))
    #expect(try shell.output(of: "\(command) seed=4").contains("seed=4"))
    // The default fits the images there are: (24 − 1) / 3.
    #expect(try #require(try answer("plot features kd on=T method=tsne").perplexity) < 8)
  }

  @Test func answersAreAmongThePoints() throws {
    let folder = try TestFolder()
    let rows = try lines("plot features kd@1 on=T color=correct", in: folder)
    #expect(rows[0].contains("prediction"))
    // After task 1 only its classes are answered with.
    let answers = Set(rows.dropFirst().map { $0[5] })
    #expect(answers.isSubset(of: ["0", "1"]) && !answers.isEmpty)
  }

  @Test func networksThatLearnedApartAreTold() throws {
    var shell = try shell()
    try shell.run("run finetune net on=T epochs=1 as ft")
    #expect(try shell.output(of: "plot features [ft, kd] on=T").contains("learned apart"))
    #expect(try !shell.output(of: "plot features [kd@1, kd] on=T").contains("learned apart"))
  }

  // MARK: Many networks, other heads

  private static let others =
    preparation + """
      run der net on=T epochs=1 memory=8 second-epochs=1 as many
      run icarl net on=T epochs=1 memory=8 as ic
      run slda net on=T as ga
      run bic net on=T epochs=1 memory=8 as bi
      define model layers=[conv(4,3), relu, pool, flatten, dense(6)] head=cosine size=16 outputs=2 as cos

      """

  @Test func networksSideBySideAreReadTogether() throws {
    var shell = try TestShell(after: Self.others)
    #expect(try shell.output(of: "plot features many").contains("many:"))
    let error = shell.error(of: "plot features [many@1, many]")?.text() ?? ""
    #expect(error.contains("'many@1' makes 6 features of an image and 'many' 12"), "\(error)")
    let drift = try shell.output(of: "plot drift many")
    #expect(drift.contains("features") && drift.contains("a new network is added"), "\(drift)")
    #expect(!drift.contains("conv1"))
    #expect(try shell.output(of: "show neighbours many signs 3 k=2").contains("nearest 2"))
    #expect(try shell.output(of: "plot head many").contains("older ones"))
  }

  @Test func headsThatAreNoneSaySo() throws {
    var shell = try TestShell(after: Self.others)
    #expect(try shell.output(of: "plot head ic").contains("head=linear shows"))
    #expect(try shell.output(of: "plot head bi").contains("corrects the scores"))
    #expect(try shell.output(of: "plot head cos").contains("cosine head"))
    #expect(shell.error(of: "plot head ga")?.text().contains("gaussian head") == true)
  }

  @Test func rowsOfTheHeadAreThoseOfTheFile() throws {
    let folder = try TestFolder()
    let rows = try lines("plot head kd", in: folder)
    #expect(rows[0] == ["class", "name", "task", "norm", "bias"])
    #expect(rows.dropFirst().map { $0[0] } == ["0", "1", "2", "3"])
    #expect(rows.dropFirst().map { $0[2] } == ["1", "1", "2", "2"])
    #expect(rows.dropFirst().allSatisfy { Double($0[3]).map { $0 > 0 } ?? false })
  }

  // MARK: Neighbours

  @Test func imageIsNoNeighbourOfItself() throws {
    let folder = try TestFolder()
    let rows = try lines("show neighbours kd signs 5 split=train k=40", in: folder).dropFirst()
    #expect(!rows.contains { $0[2] == "5" } && !rows.isEmpty)
    let distances = rows.compactMap { Double($0[5]) }
    #expect(distances == distances.sorted())
    // Among test images the same number is another image.
    let others = try lines("show neighbours kd signs 5 among=test split=train k=40", in: folder)
    #expect(others.contains { $0[2] == "5" })
  }

  @Test func classThatIsNotThereIsTold() throws {
    var shell = try shell()
    let text = try shell.output(of: "show neighbours kd@1 signs [3, 20]")
    #expect(text.contains("there is no image of class 3 among these"), "\(text)")
  }

  /// Exemplars are positions in a data set that has become another one.
  @Test func exemplarsOfOtherDataAreRefused() throws {
    var shell = try shell()
    try shell.run(
      "load synthetic classes=4 per-class=1 test-per-class=1 size=16 replace=on as signs")
    #expect(shell.error(of: "show neighbours kd signs 0 among=memory") != nil)
    #expect(shell.error(of: "show neighbours kd signs 0 k=2") == nil)
    #expect(shell.error(of: "plot features kd") == nil)
    #expect(shell.error(of: "plot drift kd") == nil)
  }

  @Test func exemplarsAreThoseThatTheRunKeeps() throws {
    let folder = try TestFolder()
    let rows = try lines("show neighbours kd signs 3 among=memory k=20", in: folder).dropFirst()
    var shell = try shell()
    try shell.run("show memory kd > '\(folder("m.csv"))'")
    let kept = try folder.text("m.csv").split(separator: "\n").dropFirst().flatMap { row in
      row.split(separator: ",")[3].split(separator: " ")
    }
    #expect(!rows.isEmpty && Set(rows.map { $0[2] }).isSubset(of: Set(kept)))
  }

  // MARK: Drift

  @Test func driftIsTableAndPairs() throws {
    let folder = try TestFolder()
    let rows = try lines("plot drift kd", in: folder)
    #expect(rows[0] == ["from", "to", "layer", "cka", "weights_moved_percent"])
    #expect(rows.dropFirst().map { $0[2] } == ["conv1", "fc1", "features", "fc"])
    #expect(rows.dropFirst().allSatisfy { $0[0] == "kd@1" && $0[1] == "kd" })
    #expect(rows[3][4].isEmpty && rows[4][3].isEmpty)
    let similarity = try #require(Double(rows[3][3]))
    #expect((0...1).contains(similarity))
    #expect(try lines("plot drift [kd@0, kd@1, kd]", in: folder).count == 1 + 3 * 4)
  }
}
