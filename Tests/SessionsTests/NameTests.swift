import CommandLanguage
import Learning
import PlainText
import Sessions
import Testing

/// Names in a session file are held to the rules of names, wherever they stand.
struct NameTests {
  static let impossible = [
    "../../PWN", "a/b", ".", "..", "", "a b", "a\u{1B}[31mred", "a\nb", "let", "-e", "é", "a.b",
    "1a",
    String(repeating: "a", count: 101),
  ]

  @Test(arguments: impossible)
  func objectWithAnImpossibleNameIsLost(name: String) throws {
    #expect(!isObjectName(name))
    let folder = try ScratchFolder()
    let session = try Classroom.session(steps: 0)
    try SessionFile.save(session, to: folder.file())
    try Forgery.rewrite("one", in: folder.file(), renamed: name)
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(restored.names == session.names.filter { $0 != "one" })
    let lost = report.notes.compactMap { note -> String? in
      guard case .lost(name, "network", _) = note else { return nil }
      return note.message
    }
    #expect(lost.count == 1)
    for message in lost {
      #expect(message.contains("nothing can have this name"))
      #expect(!message.unicodeScalars.contains { $0.isUnsafe || $0.value == 10 })
    }
    #expect(report.restored == restored.names)
  }

  /// Where else an object's name stands, and the object that is lost with it.
  static let references = [
    ("finetune", "\"data\":\"signs\""), ("T", "\"data\":\"signs\""),
    ("branch", "\"parent\":\"finetune\""), ("branch", "\"group\":\"many\""),
    ("branch", "\"network\":\"one\""), ("branch", "\"tasks\":\"T.1\""),
  ]

  @Test(arguments: references, ["../../PWN", "a\\u001b[31m", "T.x", "a.b.c", "if"])
  func referencesAreHeldToTheRulesToo(place: (object: String, text: String), name: String) throws {
    let folder = try ScratchFolder()
    let data = try Classroom.data()
    var session = Session()
    session.set("signs", to: .data(data))
    session.set("T", to: .tasks(Tasks(try Classroom.tasks(data), of: "signs")))
    let run = try Classroom.run("finetune", data)
    session.set("finetune", to: .run(RunOnData(run, on: "signs")))
    let origin = RunOrigin(
      network: "one", try Classroom.network(heads: 1), tasks: "T.1", try Classroom.tasks(data))
    session.set(
      "branch",
      to: .run(
        RunOnData(
          run, on: "signs", origin: origin,
          branching: Branching(of: "finetune", at: .init(task: 0), options: [:], seed: 5),
          group: "many")))
    try SessionFile.save(session, to: folder.file())
    let key = place.text.prefix { $0 != ":" }
    try Forgery.rewrite(place.object, in: folder.file()) { content in
      let forged = content.replacing(place.text, with: "\(key):\"\(name)\"")
      #expect(forged != content)
      return forged
    }
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(restored.names == session.names.filter { $0 != place.object })
    #expect(report.notes.contains { $0.message.contains("impossible name") })
  }

  @Test func layersHavePlainNames() throws {
    let folder = try ScratchFolder()
    for (text, forged) in [
      ("\"conv\"", "\"../conv\""), ("\"fc\"", "\"fc\\u001b[2J\""), ("\"Tiny1\"", "\"T\\u001b[2J\""),
      ("\"conv\"", "\"\(String(repeating: "c", count: 101))\""),
      ("\"Tiny1\"", "\"\(String(repeating: "T", count: 201))\""),
    ] {
      let session = try Classroom.session(steps: 0)
      try SessionFile.save(session, to: folder.file())
      try Forgery.rewrite("one", in: folder.file()) { content in
        #expect(content.contains(text))
        return content.replacing(text, with: forged)
      }
      let (restored, _) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
      #expect(restored["one"] == nil && restored["two"] != nil, "\(forged)")
    }
  }
}
