import CommandLanguage
import PlainText

/// A script to be walked through step by step: each statement with the comment that leads to it.
public struct Walk: Hashable, Sendable {
  public struct Step: Hashable, Sendable {
    /// Paragraphs, separated by an empty line; those that are indented stay as they are.
    public var text: String
    public var statement: String
  }

  /// The first comment's line: `Lesson 3: Forgetting`.
  public var title: String
  public var steps: [Step]
  /// The comment behind the last statement.
  public var ending: String

  /// Reads a script: comments explain the statement that follows them.
  ///
  /// Rulers (`# ----`) and `version` are passed by.
  public init(script: String) {
    title = ""
    steps = []
    // Lines of the comment that leads to the next statement.
    var comment: [String] = []
    // The lines of a statement that is not complete yet.
    var statement: String?
    for line in script.split(separator: "\n", omittingEmptySubsequences: false) {
      let text = line.drop { $0 == " " }
      if let begun = statement {
        statement = begun + "\n" + line
      } else if text.hasPrefix("#") {
        let words = text.dropFirst(text.hasPrefix("# ") ? 2 : 1)
        if title.isEmpty {
          title = String(words)
        } else if words.isEmpty || words.contains(where: { $0 != "-" }) {
          comment.append(String(words))
        }
      } else if text.isEmpty {
        comment.append("")
      } else if !text.hasPrefix("version ") {
        statement = String(text)
      }
      if let whole = statement, !Script(whole, name: "").isIncomplete {
        steps.append(Step(text: comment.joined(separator: "\n").trimmed, statement: whole))
        comment = []
        statement = nil
      }
    }
    if let statement {
      steps.append(Step(text: comment.joined(separator: "\n").trimmed, statement: statement))
      comment = []
    }
    ending = comment.joined(separator: "\n").trimmed
  }

  /// The objects that its statements make.
  var results: [String] { steps.compactMap { Self.result(of: $0.statement) } }

  static func result(of statement: String) -> String? {
    guard case .command(let command)? = Script(statement, name: "").statements.first else {
      return nil
    }
    return command.resultName?.plainWord
  }
}

extension String {
  /// Without empty lines and blanks at both ends, and with single empty lines between paragraphs.
  fileprivate var trimmed: String {
    let lines = split(separator: "\n", omittingEmptySubsequences: false)
    var paragraphs: [[Substring]] = [[]]
    for line in lines {
      if !line.isEmpty {
        paragraphs[paragraphs.count - 1].append(line)
      } else if paragraphs.last?.isEmpty == false {
        paragraphs.append([])
      }
    }
    return paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n")
  }

  /// Wrapped paragraph by paragraph; a paragraph with an indented line stays as it is.
  func wrappedParagraphs(width: Int) -> String {
    split(separator: "\n\n").map { paragraph in
      paragraph.split(separator: "\n").contains { $0.hasPrefix("  ") }
        ? String(paragraph) : wrap(String(paragraph), width: width)
    }.joined(separator: "\n\n")
  }
}
