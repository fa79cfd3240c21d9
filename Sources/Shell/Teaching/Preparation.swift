/// The objects that the commands of all topics assume: small, so that each takes a moment.
package enum Preparation {
  package struct Step: Hashable, Sendable {
    /// The object that the line makes.
    package let object: String
    package let line: String
  }

  /// In the order in which they have to be carried out.
  package static let steps = [
    Step(
      object: "signs",
      line: "load synthetic per-class=90 test-per-class=60 balanced=on size=16 as signs"),
    Step(
      object: "T", line: "tasks signs size=2 order=[14, 1, 13, 33, 12, 17, 40, 25] as T"),
    Step(object: "net", line: "define model simplecnn size=16 as net"),
    Step(object: "twoheads", line: "define model dercnn size=16 as twoheads"),
    Step(object: "ft", line: "run finetune net on=T epochs=5 batch=16 as ft"),
    Step(
      object: "kd", line: "run rehearsal-kd net on=T epochs=5 batch=16 lr=0.003 memory=80 as kd"),
  ]

  /// The lines that must come before `commands`, for what they name and is not live.
  static func lines(for commands: [String], live: [String]) -> [String] {
    var needed = Set(commands.flatMap(words))
    var lines: [String] = []
    for step in steps.reversed() where needed.contains(step.object) && !live.contains(step.object) {
      lines.insert(step.line, at: 0)
      needed.formUnion(words(of: step.line).dropLast())
    }
    return lines
  }

  /// The words of a command that may be names of objects: `T` in `on=T.1`.
  private static func words(of command: String) -> [String] {
    command.split { !($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }.map(String.init)
  }
}
