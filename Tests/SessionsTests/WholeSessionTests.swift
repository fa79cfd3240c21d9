import Datasets
import Foundation
import Learning
import Sessions
import Testing

/// Nothing of a session is left out of its file, and nothing impossible is taken in with the rest.
struct WholeSessionTests {
  @Test func whereARunCameFromIsSaved() throws {
    let folder = try ScratchFolder()
    let data = try Classroom.data()
    let network = try Classroom.network(heads: 1)
    var origin = RunOrigin(network: "one", network, tasks: "T.1", try Classroom.tasks(data))
    origin.shuffled = try Classroom.tasks(data).shuffled(seed: 4)
    let object = RunOnData(
      try Classroom.run("finetune", data), on: "signs", origin: origin,
      branching: Branching(
        of: "parent", at: .init(task: 1, steps: 2),
        options: ["epochs": .integer(9), "lr": .real(0.5)], seed: 8), group: "many")
    var session = Session()
    session.set("signs", to: .data(data))
    session.set("run", to: .run(object))
    session.machine = "kernels of 2026"
    session.settings.plots = .text
    session.settings.progress = "lines"
    var details = JournalEntry.Details()
    details.above = ["", "# above"]
    details.behind = "# behind"
    details.below = ["# below"]
    details.essence = "run"
    details.isScripted = false
    details.isOption = true
    details.made = [.init(name: "run", digest: "d")]
    details.figures = [.init(name: "a[0].b", value: 0.1)]
    details.figuresDigest = "f"
    details.output = "text"
    session.journal = [JournalEntry(command: "run", time: 1, seconds: 2, details: details)]
    try SessionFile.save(session, to: folder.file())
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(report.isComplete)
    expectEqual(session, restored)
    #expect(restored.machine == session.machine)
    guard case .run(let again)? = restored["run"] else { throw NotThere(name: "run") }
    #expect(again.branching == object.branching && again.branching != nil)
    #expect(again.group == "many" && again.origin == origin)
    let (journal, machine) = try SessionFile.journal(of: folder.file())
    #expect(journal == session.journal && machine == session.machine)
  }

  /// What stands above a command in a script must not be a command.
  @Test(arguments: ["drop signs", "# fine\ndrop signs", "#\rdrop signs"])
  func commentThatIsNoneIsNoJournal(comment: String) throws {
    for place in 0..<3 {
      let folder = try ScratchFolder()
      var session = Session()
      var details = JournalEntry.Details()
      switch place {
      case 0: details.above = ["# fine", comment]
      case 1: details.below = [comment]
      default: details.behind = comment
      }
      session.journal = [JournalEntry(command: "objects", time: 1, seconds: 0, details: details)]
      try SessionFile.save(session, to: folder.file())
      let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
      #expect(report.notes == [.journalLost] && restored.journal.isEmpty)
    }
  }

  @Test(arguments: [0, -1, 65, 1_000_000_000])
  func impossibleSettingsAreNamed(threads: Int) throws {
    let folder = try ScratchFolder()
    var session = Session()
    session.settings.threads = threads
    session.settings.seed = 9
    try SessionFile.save(session, to: folder.file())
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(report.notes == [.settingsLost] && restored.settings == Settings())
  }

  @Test(arguments: ["a\u{1B}[2J", "a\nb", String(repeating: "a", count: 201)])
  func settingsAreWordsOfOneLine(word: String) throws {
    let folder = try ScratchFolder()
    var session = Session()
    session.settings.progress = word
    try SessionFile.save(session, to: folder.file())
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(report.notes == [.settingsLost] && restored.settings == Settings())
  }

  /// A session of a later program keeps its other settings.
  @Test func unknownPlaceOfPicturesIsAuto() throws {
    let text = #"{"plots":"hologram","progress":"lines","seed":7}"#
    let settings = try JSONDecoder().decode(Settings.self, from: Data(text.utf8))
    #expect(settings.plots == .auto && settings.seed == 7 && settings.progress == "lines")
  }
}
