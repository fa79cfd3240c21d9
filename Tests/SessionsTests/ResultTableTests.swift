import Foundation
import Sessions
import TestSupport
import Testing

/// Tables of one's own: what they hold, and that a session file keeps them to the bit.
struct ResultTableTests {
  private static func table() throws -> ResultTable {
    var table = try #require(ResultTable(columns: ["strategy", "memory", "final", "is-good"]))
    let rows: [[ResultTable.Value]] = [
      [.text("kd, \"x\"\n\u{1B}[31m"), .integer(50), .real(0.1 + 0.2), .flag(true)],
      [.text("5"), .integer(.max), .real(-1e-300), .flag(false)],
      [.missing, .integer(-1), .missing, .missing],
      [.text("on"), .integer(0), .real(1e300), .text("")],
    ]
    for row in rows {
      let isAdded = table.add(row)
      #expect(isAdded)
    }
    return table
  }

  @Test func savedTableIsTheSameToTheBit() throws {
    let folder = try ScratchFolder()
    let table = try Self.table()
    var session = Session()
    session.set("results", to: .table(table))
    try SessionFile.save(session, to: folder.file())
    let (restored, report) = try SessionFile.restore(from: folder.file()) { _ in
      throw CancellationError()
    }
    guard case .table(let found)? = restored["results"] else {
      Issue.record("\(report.notes.map(\.message))")
      return
    }
    #expect(found == table)
    #expect(found.digest == table.digest)
    #expect(report.notes.isEmpty)
  }

  @Test func digestTellsRowsColumnsAndTypesApart() throws {
    var tables: [ResultTable] = []
    for (columns, rows) in [
      (["a", "b"], []), (["ab"], []), (["a"], [[.integer(1)]]), (["a"], [[.text("1")]]),
      (["a"], [[.flag(true)]]), (["a"], [[.missing]]), (["a"], [[.real(1.5)]]),
      (["a"], [[.integer(1)], [.integer(2)]]), (["a"], [[.integer(2)], [.integer(1)]]),
      (["a", "b"], [[.text("x"), .text("yz")]]), (["a", "b"], [[.text("xy"), .text("z")]]),
    ] as [([String], [[ResultTable.Value]])] {
      var table = try #require(ResultTable(columns: columns))
      for row in rows {
        let isAdded = table.add(row)
        #expect(isAdded)
      }
      tables.append(table)
    }
    #expect(Set(tables.map(\.digest)).count == tables.count)
  }

  @Test(arguments: [
    [], ["a", "a"], [""], ["1a"], ["a b"], ["a=b"], ["a\u{1B}"], ["and"], ["where"], ["on"],
    ["a.b"], [String(repeating: "x", count: 101)],
  ])
  func impossibleColumnsMakeNoTable(columns: [String]) {
    #expect(ResultTable(columns: columns) == nil)
  }

  @Test func rowsThatDoNotFitAreRefused() throws {
    var table = try #require(ResultTable(columns: ["a"]))
    let before = table
    let long = String(repeating: "x", count: ResultTable.textLimit + 1)
    for row in [
      [], [.integer(1), .integer(2)], [.text(long)], [.real(.nan)], [.real(.infinity)],
      // It would be read back as a whole number.
      [.real(2)],
    ] as [[ResultTable.Value]] {
      let isAdded = table.add(row)
      #expect(!isAdded)
    }
    #expect(table == before)
    #expect(ResultTable.Value(2.0) == .integer(2))
    #expect(ResultTable.Value(Double.nan) == .missing)
  }

  /// Text in the JSON of a saved table, and what takes its place.
  @Test(arguments: [
    ("\"strategy\"", "\"\""), ("\"strategy\"", "\"a b\""), ("\"memory\"", "\"strategy\""),
    ("50", "50,1"), ("50", "[50]"), ("50", "{}"), ("50", "1e999"), ("\"rows\"", "\"lines\""),
    ("\"columns\":[", "\"columns\":[[],"),
  ])
  func forgedTableIsLostAndNamed(text: String, forged: String) throws {
    let folder = try ScratchFolder()
    var session = Session()
    session.set("results", to: .table(try Self.table()))
    session.set("T", to: .table(try Self.table()))
    try SessionFile.save(session, to: folder.file())
    try Forgery.rewrite("results", in: folder.file()) { content in
      let result = content.replacing(text, with: forged, maxReplacements: 1)
      #expect(result != content, "\(content)")
      return result
    }
    let (restored, report) = try SessionFile.restore(from: folder.file(), load: Classroom.load)
    #expect(restored.names == ["T"])
    #expect(
      report.notes.contains {
        if case .lost("results", _, .unreadable) = $0 { true } else { false }
      },
      "\(report.notes.map(\.message))")
  }

  @Test func equalTablesMergeAndOthersGetANumber() throws {
    var (here, other) = (Session(), Session())
    let table = try Self.table()
    var more = table
    let isAdded = more.add([.missing, .missing, .missing, .missing])
    #expect(isAdded)
    here.set("results", to: .table(table))
    other.set("results", to: .table(table))
    #expect(here.merge(other).map(\.isKnown) == [true])
    other.set("results", to: .table(more))
    #expect(here.merge(other).map(\.here) == ["results-1"])
  }
}
