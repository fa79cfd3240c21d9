import CommandLanguage
import Foundation
import Shell
import Testing

/// Every example of every help page is carried out by the program, in a folder and a session made
/// for it, and prints what the help says.
///
/// With `WAYMARK_WRITE_EXPECTED=1` the help's texts are written anew, to be read over.
@Suite(.enabled(if: Waymark.isBuilt, "needs the program 'waymark', which is not built"))
struct ExampleTests {
  private static let writes = ProcessInfo.processInfo.environment["WAYMARK_WRITE_EXPECTED"] == "1"

  @Test(
    .enabled(if: !writes, "the help's texts are written anew"),
    arguments: ExampleScene.wanted.flatMap(\.examples))
  func examplePrintsWhatTheHelpSays(example: String) throws {
    let lines = try Self.printed(by: example)
    // Where the help says nothing, it is enough that the example can be carried out.
    guard let expected = Registry.waymark.prints(of: example) else { return }
    #expect(Self.masked(lines, of: example) == Self.masked(expected, of: example))
  }

  @Test(.enabled(if: writes, "WAYMARK_WRITE_EXPECTED=1 asks for it"))
  func textsAreWrittenAnew() throws {
    let examples = ExampleScene.all.flatMap(\.examples).filter {
      !ExampleScene.untold.contains($0)
    }
    try Self.write(
      Dictionary(uniqueKeysWithValues: examples.map { ($0, try Self.printed(by: $0)) }))
  }

  /// The lines that help shows of what an example prints.
  private static func printed(by example: String) throws -> [String] {
    let scene = try #require(ExampleScene.all.first { $0.examples.contains(example) })
    let result = try scene.carryOut(example)
    #expect(result.exit == 0, "\(example): \(result.messages)")
    return excerpt(result.output)
  }

  @Test func exceptionsAreExamples() {
    let lines = Set(ExampleScene.lines)
    for line in ExampleScene.elsewhere.keys { #expect(lines.contains(line)) }
    for line in ExampleScene.untold {
      #expect(lines.contains(line) && Registry.waymark.prints(of: line) == nil, "\(line)")
    }
    for line in ExampleScene.all.flatMap(\.examples) { #expect(lines.contains(line)) }
    for step in TypedExampleTests.steps { #expect(lines.contains(step.line)) }
  }

  /// Help says that exemplars help and that learning all at once is the upper bound: so it is in the
  /// figures below its examples.
  @Test func figuresSayWhatTheHelpSays() throws {
    func final(_ example: String) throws -> Double {
      let text = (Registry.waymark.prints(of: example) ?? []).first ?? ""
      return try #require(text.firstMatch(of: #/(\d+\.\d+) %/#).flatMap { Double($0.1) }, "\(text)")
    }
    let forgetful = try final("run finetune net on=T epochs=5 as ft")
    let rehearsed = try final("run rehearsal-kd net on=T batch=16 memory=200 temperature=2 as kd")
    let bound = try final("run joint net on=T once=on as ub")
    #expect(rehearsed > forgetful + 5)
    #expect(bound > rehearsed)
  }

  // MARK: What is printed

  /// The lines that help has room for.
  private static let excerptLimit = 8

  private static func excerpt(_ output: String) -> [String] {
    var lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.last?.isEmpty ?? false { lines.removeLast() }
    guard lines.count > excerptLimit else { return lines }
    return Array(lines.prefix(excerptLimit - 1)) + ["…"]
  }

  /// Examples whose rows are mistakes of a network: they differ with the processor's arithmetic.
  private static let mistakes: Set = [
    "confusion kd top=5", "confusion kd@1", "confusion kd classes=[14, 13, 17]",
    "confusion kd sort=task", "confusion kd minus=ft top=5", "compare [ft, kd] test=mcnemar",
    "compare [many, other] test=permutation", "show robustness kd signs 425 rotate=0..60",
    "evaluate net on=T.1", "time evaluate net on=T.1",
    "evaluate kd on=T.1", "evaluate kd@1 on=T.1", "predict kd signs 425",
    "predict kd@1 signs [95, 1262] split=train", "show mistakes kd n=4",
    "show mistakes kd true=17 as=Stop",
    "compare mistakes [ft, kd]", "compare mistakes [kd@1, kd] on=T.1", "report kd",
    "show watch kd n=5", "show saliency kd signs 425",
    "show saliency kd@1 signs 425 method=occlusion patch=6", "show activations kd signs 425",
    "show activations kd@1 signs 425 layer=conv2 n=4",
  ]

  /// Without what differs from machine to machine: times, digests, the last digits of figures.
  private static func masked(_ lines: [String], of example: String) -> [String] {
    lines.map { line in
      if mistakes.contains(example), line.hasPrefix(" ") { return "row" }
      if mistakes.contains(example), line.contains(#/^(?:test|training) image/#) { return "answer" }
      var text = line
      text.replace(#/[0-9a-f]{64}/#, with: "digest")
      text.replace(#/\d+\.\d+/#, with: "#")
      text.replace(#/\d{4}-\d\d-\d\d \d\d:\d\d/#, with: "time")
      text.replace(#/offline-run-\w+-\w+/#, with: "offline-run")
      text.replace(#/^(?:kernels|BLAS|gnuplot|threads|version)  .*/#, with: "machine")
      // A folder's path, which a table may cut.
      text.replace(#/there is no file or folder '[^']*'/#, with: "missing")
      text.replace(#/there is no .*…$/#, with: "missing")
      if mistakes.contains(example) { text.replace(#/\d+/#, with: "#") }
      return text.replacing(#/ +/#, with: " ")
    }
  }

  private static func write(_ printed: [String: [String]]) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../Sources/Shell/Commands/Help/ExamplePrints.swift").standardized
    func literal(_ text: String) -> String {
      text.debugDescription.replacing("\\'", with: "'")
    }
    let entries = printed.sorted { $0.key < $1.key }.map { line, lines in
      "    \(literal(line)): [\n" + lines.map { "      \(literal($0)),\n" }.joined() + "    ],\n"
    }
    try """
    // Written by ExampleTests with WAYMARK_WRITE_EXPECTED=1.
    // Its lines are as long as what is printed.
    // swift-format-ignore-file

    /// The first lines that each example of a help page prints, on a small session.
    enum ExamplePrints {
      static let lines: [String: [String]] = [
    \(entries.joined())  ]
    }

    """.write(to: file, atomically: true, encoding: .utf8)
  }
}
