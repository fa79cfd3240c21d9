import CommandLanguage
import Datasets
import Foundation
import Shell
import Testing

/// `plot robustness`, `show robustness`, `corrupt`.
struct RobustnessTests {
  private var shell: TestShell
  private let folder: TestFolder

  private static let scene = """
    load synthetic classes=4 per-class=16 test-per-class=6 balanced=on size=16 as signs
    tasks signs size=2 as T
    define model layers=[conv(4,3), relu, pool] size=16 outputs=2 as net
    run finetune net on=T epochs=2 batch=8 as ft
    run icarl net on=T epochs=1 batch=8 memory=8 as ic
    begin rehearsal-kd net on=T epochs=1 batch=8 memory=12 as kd
    step kd
    """

  init() throws {
    folder = try TestFolder()
    shell = try TestShell(after: Self.scene)
  }

  private mutating func curves(_ command: String) throws -> [[String: Any]] {
    try #require(try shell.json(of: command)["corruptions"] as? [[String: Any]])
  }

  /// Images as they are give what `evaluate` gives, also where means of exemplars classify.
  @Test(arguments: ["ft", "ic", "kd@1"])
  mutating func harmlessStrengthIsTheTest(name: String) throws {
    let tasks = name == "kd@1" ? "T.1" : "T"
    let plain = try #require(
      try shell.json(of: "evaluate \(name) on=\(tasks)")["accuracy"] as? Double)
    for option in [
      "rotate", "shift", "blur", "brightness", "darkness", "contrast", "noise", "impulse",
    ] {
      let curve = try curves("plot robustness \(name) \(option)=0 on=\(tasks)")[0]
      let models = try #require(curve["models"] as? [[String: Any]])
      #expect(models[0]["accuracy"] as? [Double] == [plain], "\(option)")
    }
  }

  /// What the curve measures is what a data set made by `corrupt` gives.
  @Test mutating func curveAgreesWithTheCorruptedSet() throws {
    let curve = try curves("plot robustness [ft, kd@1] noise=[20] on=T.1")[0]
    let models = try #require(curve["models"] as? [[String: Any]])
    try shell.run(
      """
      corrupt signs with=gaussian_noise strength=20 as noisy
      tasks noisy size=2 as N
      """)
    for model in models {
      let name = try #require(model["name"] as? String)
      let plain = try #require(try shell.json(of: "evaluate \(name) on=N.1")["accuracy"] as? Double)
      #expect(model["accuracy"] as? [Double] == [plain], "\(name)")
    }
  }

  @Test mutating func sevenCorruptionsHaveTheirMeans() throws {
    let record = try shell.json(of: "plot robustness ft corruptions=all on=T.2")
    let corruptions = try #require(record["corruptions"] as? [[String: Any]])
    #expect(
      corruptions.compactMap { $0["corruption"] as? String } == Corruption.common.map(\.name))
    let curves = corruptions.compactMap {
      ($0["models"] as? [[String: Any]])?.first?["accuracy"] as? [Double]
    }
    #expect(curves.count == 7 && curves.allSatisfy { $0.count == 6 && $0[0] == curves[0][0] })
    let means = try #require((record["means"] as? [[String: Any]])?.first)
    let all = curves.flatMap { $0.dropFirst() }
    let mean = try #require(means["mean"] as? Double)
    #expect(abs(mean - all.reduce(0, +) / 35) < 1e-9)
    let text = try shell.output(of: "plot robustness ft corruptions=[contrast, spatter] format=txt")
    #expect(text.contains("mean of 2 corruptions") && text.contains("spatter"), "\(text)")
    let lines = try shell.output(of: "plot robustness ft corruptions=pixelate format=csv")
      .split(separator: "\n")
    #expect(lines[0] == "model,member,corruption,severity,strength,accuracy" && lines.count == 7)
    #expect(lines[6].hasPrefix("ft,1,pixelate,5,65"))
  }

  @Test mutating func threadsAndOthersDoNotMatter() throws {
    let command = "plot robustness ft noise=0..40 steps=3 seed=3 format=csv"
    let one = try shell.output(of: command)
    try shell.run("set threads=3")
    #expect(try shell.output(of: command) == one)
    let both = try shell.output(of: command.replacing("ft", with: "[kd, ft]"))
    #expect(
      both.hasSuffix(String(one.split(separator: "\n").dropFirst().joined(separator: "\n")) + "\n"))
  }

  @Test mutating func seedsAreOneCurve() throws {
    try shell.run("run finetune net on=T epochs=1 batch=8 seeds=2 as many")
    let curve = try curves("plot robustness many darkness=0..90 steps=2")[0]
    let model = try #require((curve["models"] as? [[String: Any]])?.first)
    let each = try #require(model["accuracies"] as? [[Double]])
    #expect(each.map(\.count) == [2, 2])
    #expect(model["accuracy"] as? [Double] == each.map { ($0[0] + $0[1]) / 2 })
  }

  @Test mutating func stripSaysWhatPredictSays() throws {
    let rows = try #require(
      try shell.json(of: "show robustness ft signs [3, 9] rotate=[0, 40]")["rows"]
        as? [[String: Any]])
    #expect(rows.count == 4)
    for (row, image) in [(rows[0], 3), (rows[2], 9)] {
      let answers = try #require(
        try shell.json(of: "predict ft signs \(image)")["rows"] as? [[String: Any]])
      #expect(row["class"] as? Int == answers[0]["class"] as? Int)
      #expect(row["probability_percent"] as? Double == answers[0]["probability_percent"] as? Double)
    }
    try shell.run("show robustness ft signs 3 corruptions=all > \(folder("a.gp"))")
    #expect(try folder.text("a.gp").contains("spatter, severity"))
    let text = try shell.output(of: "show robustness ft signs 3 darkness=0..90 steps=2")
    #expect(text.hasPrefix("test image 3: "), "\(text)")
  }

  @Test mutating func corruptedSetComesBackFromItsRecipe() throws {
    try shell.run(
      """
      corrupt signs with=motion_blur severity=3 seed=2 as blurred
      corrupt blurred with=rotate strength=10 as both
      save session \(folder("a.waymark"))
      """)
    let digests = try ["blurred", "both", "signs"].map { try shell.digest($0) }
    #expect(Set(digests).count == 3)
    var other = TestShell()
    try other.run("restore session \(folder("a.waymark"))")
    #expect(try ["blurred", "both", "signs"].map { try other.digest($0) } == digests)
    let line = try other.output(of: "both")
    #expect(line.contains("motion blur, severity 3") && line.contains("rotated by 10°"), "\(line)")
  }

  /// One step against the gradient: nothing at 0, no value changed by more, and worse than noise of
  /// the same size.
  @Test mutating func attackIsWorseThanChance() throws {
    let curve = try curves("plot robustness ft fgsm=[0, 16] on=T")[0]
    let model = try #require((curve["models"] as? [[String: Any]])?.first)
    let accuracies = try #require(model["accuracy"] as? [Double])
    #expect(accuracies[0] == (try shell.json(of: "evaluate ft on=T")["accuracy"] as? Double))
    // Noise with this deviation changes most values by less, some by more.
    let noise = try curves("plot robustness ft noise=[6.27] on=T")[0]
    let noisy = (noise["models"] as? [[String: Any]])?.first?["accuracy"] as? [Double]
    #expect(accuracies[1] <= (try #require(noisy))[0] && accuracies[1] < accuracies[0])
    let rows = try #require(
      try shell.json(of: "show robustness ft signs 3 fgsm=[0, 4, 16]")["rows"] as? [[String: Any]])
    let truth = rows.compactMap { $0["true_probability_percent"] as? Double }
    #expect(truth.count == 3 && truth[1] <= truth[0] && truth[2] <= truth[0], "\(truth)")
    let error = shell.error(of: "plot robustness ic fgsm=0..8")?.text() ?? ""
    #expect(error.contains("ic"), "\(error)")
  }

  /// A run that is looked at goes on as one that is not.
  @Test mutating func lookingChangesNoBit() throws {
    let before = try shell.digest("kd")
    var other = shell
    try shell.run(
      """
      plot robustness [kd, ic] corruptions=all > \(folder("a.gp"))
      plot robustness kd blur=0..3 steps=3 > \(folder("b.gp"))
      show robustness kd signs 3 noise=0..50 > \(folder("c.gp"))
      plot robustness kd fgsm=0..8 steps=3 > \(folder("d.gp"))
      corrupt signs with=spatter severity=2 as wet
      """)
    #expect(try shell.digest("kd") == before)
    try shell.run("continue kd")
    try other.run("continue kd")
    #expect(try shell.digest("kd") == other.digest("kd"))
  }
}
