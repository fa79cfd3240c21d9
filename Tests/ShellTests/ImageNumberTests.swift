import CommandLanguage
import Foundation
import Shell
import Testing

/// Numbers of images belong to a split: whoever follows one from an output finds the image it is of.
struct ImageNumberTests {
  private var shell: TestShell

  init() throws {
    shell = try TestShell(
      after: """
        load synthetic classes=6 per-class=16 test-per-class=4 balanced=on size=16 as signs
        tasks signs size=2 as T
        define model layers=[conv(4,3), relu, pool] size=16 outputs=2 as net
        begin der net on=T epochs=1 batch=8 memory=12 as d
        run finetune net on=T epochs=1 batch=8 as ft
        step d 2
        """)
  }

  @Test mutating func numberOfAMistakeDoesNotLeadToATrainingImageInSilence() throws {
    let rows = try shell.output(of: "show mistakes ft n=1 format=csv").split(separator: "\n")
    let cells = rows[1].split(separator: ",")
    let (image, label) = (cells[0], cells[1])
    let text = try shell.output(of: "show mistakes ft n=1")
    #expect(text.contains("of 24 test images wrong") && text.contains("test image"), "\(text)")
    #expect(text.contains("'show image signs \(image) split=test'"), "\(text)")
    let plain = try shell.output(of: "show image signs \(image)")
    #expect(plain.hasPrefix("training image \(image): "), "\(plain)")
    #expect(plain.contains("number test images: 'show image signs \(image) split=test'"))
    let asked = try shell.output(of: "show image signs \(image) split=test")
    #expect(asked.hasPrefix("test image \(image): class \(label),"), "\(asked)")
    #expect(!asked.contains("split="), "\(asked)")
    // A number that no test image has cannot be meant so.
    #expect(!(try shell.output(of: "show image signs 30")).contains("split=test"))
    let transform = try shell.output(of: "show transform signs \(image)")
    #expect(transform.contains("'show transform signs \(image) split=test'"), "\(transform)")
    let relabelled = try shell.output(of: "relabel signs \(image) class=5 as better")
    #expect(relabelled.contains("'relabel signs \(image) class=5 split=test'"), "\(relabelled)")
    #expect(
      !(try shell.output(of: "relabel signs 30 class=5 as other")).contains("number test images"))
  }

  @Test mutating func numberBeyondOneSplitIsLookedForInTheOther() throws {
    let error = shell.error(of: "predict ft signs 90")?.text() ?? ""
    #expect(
      error.contains("there is no test image 90") && error.contains("split=train"), "\(error)")
    let beyond = shell.error(of: "predict ft signs 500")?.text() ?? ""
    #expect(!beyond.contains("split=train"), "\(beyond)")
  }

  @Test mutating func numbersAloneAreOfTheDataThatWasLearned() throws {
    for verb in ["predict", "show neighbours", "show saliency", "show activations"] {
      let short = try shell.output(of: "\(verb) ft [17, 3..4] format=json")
      #expect(short == (try shell.output(of: "\(verb) ft signs [17, 3..4] format=json")), "\(verb)")
    }
    let error = shell.error(of: "show activations net 17")?.text() ?? ""
    #expect(error.contains("'show activations net signs 17'"), "\(error)")
    // A file of that name is a photograph all the same.
    let words = shell.error(of: "predict ft 17 photo.jpg")?.text() ?? ""
    #expect(words.contains("photo.jpg"), "\(words)")
  }

  @Test mutating func classesLeftOutAreCounted() throws {
    let text = try shell.output(of: "confusion ft classes=[0, 1]")
    let line = try #require(text.split(separator: "\n").first { $0.contains("of these classes") })
    // Finetuning answers with the last task's classes.
    #expect(line.hasPrefix("8 images of these classes: 0 right, 0 taken for another of them, 8 "))
    #expect(!(try shell.output(of: "confusion ft")).contains("left out"))
    let whole = try shell.output(of: "confusion ft classes=0..5")
    #expect(whole.contains("24 images of these classes: ") && whole.contains(" 0 for a class that"))
  }

  @Test mutating func classesThatWereNotLearnedAreNamed() throws {
    let text = try shell.output(of: "show mistakes d true=5")
    #expect(text.contains("'d' has not learned class 5"), "\(text)")
    let answers = try shell.output(of: "show mistakes d as=[0, 4]")
    #expect(answers.contains("'d' has not learned class 4") && answers.contains("never answers so"))
    let absent = try shell.output(of: "show mistakes d on=T.1 true=2")
    #expect(absent.contains("no image of class 2"), "\(absent)")
  }

  /// Where no picture is shown nothing is said of what stands below its images.
  @Test mutating func numbersStandInTheTableOfAPipe() throws {
    let text = try shell.output(of: "compare mistakes [d@1, ft] on=T.1")
    #expect(!text.contains("below each image"), "\(text)")
    #expect(text.contains("percent  test image"), "\(text)")
    let csv = try shell.output(of: "compare mistakes [d@1, ft] on=T.1 format=csv")
    #expect(csv.hasPrefix("images,of which,percent\n"), "\(csv)")
  }

  /// `der` adds a network for each task; all of them read the images.
  @Test mutating func suspectsAreJudgedByAllNetworksOfARun() throws {
    try shell.run(
      """
      load synthetic classes=2 per-class=60 test-per-class=2 balanced=on size=16 as more
      tasks more size=1 as M
      run der net on=M epochs=1 batch=8 memory=12 as two
      define model from=two as last
      """)
    let all = try shell.output(of: "show suspects more with=two format=json")
    #expect(all != (try shell.output(of: "show suspects more with=last format=json")))
  }

  @Test mutating func photographsUnlikeTheTrainingImagesAreTold() throws {
    let folder = try TestFolder()
    for (name, width, height) in [("wide", 60, 20), ("tiny", 9, 9), ("sign", 20, 24)] {
      let pixels = (0..<width * height * 3).map { UInt8($0 % 251) }
      try folder.write(Array("P6\n\(width) \(height)\n255\n".utf8) + pixels, to: "\(name).ppm")
    }
    let (wide, tiny, sign) = (folder("wide.ppm"), folder("tiny.ppm"), folder("sign.ppm"))
    let text = try shell.output(of: "predict ft '\(wide)' '\(tiny)' '\(sign)'")
    #expect(text.contains("\(wide) (60×20): squeezed to 16×16"), "\(text)")
    #expect(text.contains("\(tiny) (9×9): enlarged"), "\(text)")
    #expect(!text.contains("\(sign) ("), "\(text)")
    #expect(try shell.output(of: "show neighbours ft '\(wide)' k=1").contains("squeezed"))
  }

  @Test mutating func nearlyRightStatementsAreCompleted() throws {
    for (line, meant) in [
      ("show head ft", "plot head ft"), ("show mistake ft", "show mistakes ft"),
      ("show neighbors ft signs 3", "show neighbours ft signs 3"), ("step d 2 batch", "unit=batch"),
      ("corrupt signs with=fog severity=1 as f", "motion_blur"),
      ("plot features ft colour=task > f.png", "color"),
    ] {
      let text = shell.error(of: line)?.text() ?? "no error"
      #expect(text.contains(meant), "\(line): \(text)")
    }
    // At the prompt other spellings are understood.
    for (line, meant) in [
      ("show neighbors ft signs 3", "show neighbours ft signs 3"),
      ("plot features ft colour=task", "plot features ft color=task"),
    ] {
      guard case .command(let statement)? = Script(line, name: "prompt").statements.first else {
        Issue.record("\(line) is no command")
        continue
      }
      let checked = try Registry.waymark.check(
        statement, from: Source(name: "prompt", text: line), reading: .abbreviated,
        in: shell.context)
      #expect(checked.statement.description == meant)
    }
  }
}
