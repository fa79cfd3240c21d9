import CommandLanguage
import Datasets
import Foundation
import Learning
import Sessions
import Shell
import Testing

/// `select`, `relabel`, `rename classes`, and what comes of them.
struct SelectionTests {
  private static let signs = """
    load synthetic classes=4 per-class=20 test-per-class=10 size=16 as signs
    """

  private func data(_ name: String, _ shell: Typist) throws -> DataSet {
    guard case .data(let data)? = shell.session[name] else {
      throw Missing(name: name)
    }
    return data
  }

  private struct Missing: Error {
    var name: String
  }

  // MARK: Conditions

  /// A condition, and what it means by plain loops.
  static let conditions: [(text: String, isMet: @Sendable (DataSet, DataSet.Split, Int) -> Bool)] =
    [
      ("class=1", { $0[$1].labels[$2] == 1 }),
      ("class=[0, 3] and split=test", { $1 == .test && [0, 3].contains($0[$1].labels[$2]) }),
      ("not class=1", { $0[$1].labels[$2] != 1 }),
      ("not class=1 and not split=train", { $0[$1].labels[$2] != 1 && $1 == .test }),
      ("not not class=1", { $0[$1].labels[$2] == 1 }),
      ("train=[3, 17..20]", { $1 == .train && [3, 17, 18, 19, 20].contains($2) }),
      ("not train=[3, 17..20]", { $1 == .test || ![3, 17, 18, 19, 20].contains($2) }),
      (
        "not train=3 and not test=[0..4]",
        { $1 == .train ? $2 != 3 : $2 > 4 }
      ),
      (
        "track=[1/0, 2/0] and split=train",
        { data, split, image in
          let set = data[split]
          let firsts = [1, 2].map { label in set.labels.firstIndex(of: label).map { set.tracks[$0] }
          }
          return split == .train && set.labels[image] > 0 && set.labels[image] < 3
            && firsts[set.labels[image] - 1] == set.tracks[image]
        }
      ),
      ("brightness=..110", { mean($0, $1, $2) <= 110 }),
      ("brightness=110..", { mean($0, $1, $2) >= 110 }),
      (
        "not brightness=90.5..110 and class=0..1",
        { data, split, image in
          !(90.5...110).contains(mean(data, split, image)) && data[split].labels[image] < 2
        }
      ),
    ]

  /// The mean of the luma, pixel by pixel.
  private static func mean(_ data: DataSet, _ split: DataSet.Split, _ image: Int) -> Double {
    let pixels = Array(data[split].image(at: image))
    let lights = stride(from: 0, to: pixels.count, by: 3).map { place -> Double in
      let light =
        0.299 * Double(pixels[place]) + 0.587 * Double(pixels[place + 1])
        + 0.114 * Double(pixels[place + 2])
      return light.rounded()
    }
    return lights.reduce(0, +) / Double(lights.count)
  }

  @Test(arguments: conditions.indices)
  func imagesThatMeetTheConditionsAreChosen(index: Int) throws {
    let (text, isMet) = Self.conditions[index]
    let shell = try Typist(after: Self.signs + "\nselect signs where \(text) as chosen")
    let (all, chosen) = (try data("signs", shell), try data("chosen", shell))
    for split in DataSet.Split.allCases {
      let wanted = all[split].labels.indices.filter { isMet(all, split, $0) }
      #expect(chosen.originals(of: split) == wanted, "\(text)")
      #expect(chosen[split].labels == wanted.map { all[split].labels[$0] })
      #expect(chosen[split].pixels == wanted.flatMap { Array(all[split].image(at: $0)) })
    }
    #expect(chosen.train.count + chosen.test.count > 0)
    #expect(chosen.classNames == all.classNames)
  }

  /// Of the classes that were learned an image is either right or wrong.
  @Test func rightAndWrongShareOutWhatWasLearned() throws {
    let shell = try Typist(
      after: Self.signs + """

        tasks signs size=2 as T
        define model layers=[conv(4,3), relu, pool] size=16 as net
        begin finetune net on=T epochs=1 batch=8 as ft
        step ft unit=task
        """)
    let before = try shell.digest("ft")
    let text = try shell.output(
      of: """
        select signs where wrong=ft and split=test as hard
        select signs where right=ft and split=test as easy
        select signs where not wrong=ft and split=test as rest
        """)
    let said = text.split(separator: "\n").filter { $0.contains("neither right nor wrong") }
    #expect(said.count == 3, "\(text)")
    let (hard, easy) = (try data("hard", shell), try data("easy", shell))
    let all = try data("signs", shell)
    let learned = all.test.indices(of: [0, 1])
    #expect((hard.originals(of: .test) + easy.originals(of: .test)).sorted() == learned)
    #expect(hard.train.count == 0)
    #expect(try data("rest", shell).test.count == all.test.count - hard.test.count)
    // The same as the mistakes that are shown.
    let mistakes = try shell.output(of: "show mistakes ft n=1000 format=csv")
      .split(separator: "\n").dropFirst().compactMap { Int($0.prefix { $0 != "," }) }
    #expect(mistakes.sorted() == hard.originals(of: .test))
    #expect(try shell.digest("ft") == before)
    let unseen = try Typist(
      after: Self.signs + """

        tasks signs size=2 as T
        define model layers=[conv(4,3), relu, pool] size=16 as net
        run finetune net on=T epochs=1 batch=8 as ft
        """)
    // Whoever is asked about what it gets wrong gets nothing right.
    if hard.test.count > 0 {
      let figures = try shell.output(of: "evaluate ft on=hard format=json")
      #expect(figures.contains(#""accuracy":0,"#), "\(figures)")
    }
    let whole = try shell.output(of: "evaluate ft on=easy format=json")
    #expect(whole.contains(#""accuracy":100,"#), "\(whole)")
    #expect(try shell.output(of: "confusion ft on=easy").contains("right"))
    #expect(try shell.output(of: "show mistakes ft on=easy").contains(" 0 of "))
    try shell.run("show transform ft 3; continue ft")
    #expect(try shell.digest("ft") == unseen.digest("ft"))
  }

  /// A network has no classes of its own.
  @Test func networkIsAskedWithItsTasks() throws {
    let shell = try Typist(
      after: Self.signs + """

        tasks signs size=2 as T
        define model layers=[conv(4,3), relu, pool] size=16 outputs=2 as net
        """)
    let error = try #require(shell.problem("select signs where wrong=net as hard"))
    #expect(error.contains("on=T.1"), "\(error)")
    try shell.run("select signs where wrong=net on=T.1 as hard")
    let hard = try data("hard", shell)
    #expect(hard.test.labels.allSatisfy { $0 < 2 })
  }

  @Test func selectionIsADataSetLikeAnyOther() throws {
    let shell = try Typist(after: Self.signs + "\nselect signs where not class=2 as some")
    try shell.run(
      """
      show batch some n=4
      tasks some size=2 order=[0, 1, 3] all=on as T
      define model layers=[conv(4,3), relu, pool] size=16 as net
      run finetune net on=T epochs=1 batch=8 as ft
      report ft
      transform some grayscale=on
      classes some
      """)
    #expect(try data("some", shell).transform.grayscale)
    #expect(!(try data("signs", shell).transform.grayscale))
    let text = try shell.output(of: "show image some 0")
    #expect(text.contains("training image 0 of 'signs'"), "\(text)")
    try shell.run("drop signs")
    #expect(try shell.output(of: "show image some 0").contains("chosen from"))
  }

  @Test func conditionsAreCompleted() throws {
    let shell = try Typist(after: Self.signs)
    func candidates(_ text: String) -> [String] {
      Registry.waymark.complete(text, in: shell.session).candidates.map(\.text)
    }
    #expect(candidates("select signs wh") == ["where"])
    #expect(
      Set(candidates("select signs where ")).isSuperset(of: [
        "not", "class=", "brightness=", "wrong=",
      ]))
    #expect(candidates("select signs where class=1 an") == ["and"])
    #expect(candidates("select signs where split=") == ["train", "test"])
    #expect(candidates("rename classes ").contains("signs"))
  }

  @Test func otherProgramsGetTheNumbers() throws {
    let shell = try Typist(after: Self.signs)
    let csv = try shell.output(of: "select signs where test=[2, 5] format=csv as two")
    let all = try data("signs", shell)
    let labels = [2, 5].map { all.test.labels[$0] }
    #expect(
      csv.split(separator: "\n").map { $0.split(separator: ",").prefix(4).joined(separator: ",") }
        == ["split,image,original,class", "test,0,2,\(labels[0])", "test,1,5,\(labels[1])"])
    let json = try shell.output(of: "select signs where test=[2, 5] format=json as again")
    #expect(json.contains(#""test":{"count":2,"originals":[2,5]}"#), "\(json)")
  }

  // MARK: Labels and names

  @Test func labelsChangeAndNothingElse() throws {
    let shell = try Typist(after: Self.signs)
    let before = try shell.digest("signs")
    let text = try shell.output(of: "relabel signs [0, 3..5] class=2 as better")
    let (old, new) = (try data("signs", shell), try data("better", shell))
    #expect(
      new.train.labels.indices.filter { old.train.labels[$0] != new.train.labels[$0] } == [
        0, 3, 4, 5,
      ])
    #expect(new.train.pixels == old.train.pixels && new.test.labels == old.test.labels)
    #expect(try shell.digest("signs") == before && shell.digest("better") != before)
    #expect(text.contains("4 labels changed"), "\(text)")
    let csv = try shell.output(
      of: "relabel better 7 class='\(old.classNames[3])' split=test format=csv as more")
    #expect(csv.hasPrefix("image,old_class,old_name,class,name\n7,"), "\(csv)")
  }

  @Test func namesAreTakenFromListAndFile() throws {
    let folder = try TestFolder()
    try folder.write("class,name\n3,\"Vier\u{1B}[31m\"\n".utf8, to: "names.csv")
    let shell = try Typist(after: Self.signs)
    let before = try shell.digest("signs")
    try shell.run("rename classes signs names=[Eins, Zwei] class=[0, 1]")
    try shell.run("rename classes signs from='\(folder("names.csv"))'")
    let names = try data("signs", shell).classNames
    #expect(names[0] == "Eins" && names[1] == "Zwei" && names[3] == "Vier[31m")
    #expect(try shell.digest("signs") == before)
    #expect(try shell.output(of: "classes signs").contains("Zwei"))
    #expect(try shell.output(of: "show batch signs class=eins n=1").contains("Eins"))
    try shell.run("rename classes signs names=[a, b, c, d, e]")
    try shell.run("relabel signs 0 class=e as five")
    #expect(try data("five", shell).train.labels[0] == 4)
  }

  /// Runs on images whose classes are called otherwise say so, whatever they are asked.
  @Test(
    arguments: [
      "evaluate ft on=other", "evaluate ft on=O.1", "predict ft other 3", "confusion ft on=O.1",
      "report ft on=O.1", "show mistakes ft on=O.1", "export predictions of ft on=other > F.csv",
    ])
  func otherNamesAreSaid(command: String) throws {
    let folder = try TestFolder()
    let shell = try Typist(
      after: Self.signs + """

        load synthetic classes=4 per-class=20 test-per-class=10 size=16 seed=1 as other
        rename classes other names=[a, b] class=[0, 1]
        tasks signs size=2 as T
        tasks other size=2 as O
        define model layers=[conv(4,3), relu, pool] size=16 as net
        begin finetune net on=T epochs=1 batch=8 as ft
        step ft unit=task
        """)
    let command = command.replacing("F.csv", with: "'\(folder("p.csv"))'")
    let text = try shell.output(of: command).replacing("\n", with: " ")
    #expect(text.contains("class names differ"), "\(text)")
    #expect(text.contains("judged by the number"), "\(text)")
  }

  // MARK: Sessions

  @Test func savedSessionAndScriptGiveTheSame() throws {
    let folder = try TestFolder()
    let shell = try Typist(
      after: Self.signs + """

        select signs where brightness=..110 and not class=3 as dark
        relabel dark [0, 1] class=3 as better
        rename classes better names=[X] class=0
        """)
    let names = ["dark", "better"]
    let digests = try names.map { try shell.digest($0) }
    try shell.run("save session '\(folder("a.waymark"))'; save script '\(folder("a.way"))'")
    let restored = try Typist()
    try restored.run("restore session '\(folder("a.waymark"))'")
    #expect(try names.map { try restored.digest($0) } == digests)
    #expect(try data("better", restored).classNames[0] == "X")
    let again = try Typist()
    try again.run("source '\(folder("a.way"))'")
    #expect(try names.map { try again.digest($0) } == digests)
  }

  /// Files that moved are found for the data set and for all that was made of it.
  @Test(arguments: ["mine", "few"])
  func relinkBringsBackWhatWasMadeOfTheSameFiles(name: String) throws {
    let folder = try TestFolder()
    for label in 0..<2 {
      for number in 0..<10 {
        let pixels = (0..<3 * 64).map { UInt8(($0 * 7 + 20 * number + label) % 256) }
        try folder.write(Array("P6 8 8 255\n".utf8) + pixels, to: "old/class\(label)/\(number).ppm")
      }
    }
    let shell = try Typist(
      after: """
        load folder '\(folder("old"))' size=16 as mine
        select mine where train=[1..9] as few
        relabel few 2 class=1 as better
        split mine as dev
        """)
    let names = ["mine", "few", "better", "dev"]
    let digests = try names.map { try shell.digest($0) }
    try shell.run("save session '\(folder("a.waymark"))'")
    try FileManager.default.moveItem(atPath: folder("old"), toPath: folder("new"))
    let later = try Typist()
    try later.run("restore session '\(folder("a.waymark"))'")
    for name in names {
      guard case .unavailable? = later.session[name] else { throw Missing(name: name) }
    }
    let text = try later.output(of: "relink \(name) path='\(folder("new"))'")
    #expect(text.contains("are back too"), "\(text)")
    #expect(try names.map { try later.digest($0) } == digests)
    for name in names { _ = try data(name, later) }
  }
}
