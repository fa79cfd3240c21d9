import CommandLanguage
import Learning
import PlainText

/// Something that can be explained: an idea, a measure, a strategy.
///
/// One value is the source of `explain NAME`, of its completion, and of `docs/concepts.md`; tests
/// carry out its commands.
public struct Topic: Hashable, Sendable {
  /// What the topics are listed under.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    case idea = "Ideas"
    case measure = "Measures"
    case strategy = "Strategies"
  }

  public let kind: Kind
  /// As typed behind `explain`: `head-growth`.
  public let name: String
  /// What it is, in one line.
  public let summary: String
  /// What else one might ask for.
  public let otherNames: [String]
  /// Paragraphs, separated by an empty line.
  public let text: String
  /// A line for each formula, in plain text.
  public let formulas: [String]
  /// Authors, year, title.
  public let sources: [String]
  /// To be tried, one after the other, where `Preparation`'s objects are live.
  public let commands: [String]
  /// Names of other topics.
  public let seeAlso: [String]

  init(
    _ kind: Kind, _ name: String, _ summary: String, otherNames: [String] = [], text: String,
    formulas: [String] = [], sources: [String] = [], commands: [String], seeAlso: [String] = []
  ) {
    self.kind = kind
    self.name = name
    self.summary = summary
    self.otherNames = otherNames
    self.text = text
    self.formulas = formulas
    self.sources = sources
    self.commands = commands
    self.seeAlso = seeAlso
  }
}

extension Topic {
  /// All topics, in the order in which they are taught.
  public static let all = ideas + images + slices + measures + strategies

  /// The topic of this name, with blanks or hyphens between its words, in any case.
  public static func named(_ name: String) -> Topic? {
    let name = hyphened(name)
    return all.first { $0.name == name } ?? all.first { $0.allNames.contains(name) }
  }

  /// The name and all others, as they are looked up.
  package var allNames: [String] { ([name] + otherNames).map(Self.hyphened) }

  private static func hyphened(_ name: String) -> String {
    name.lowercased().split { $0.isWhitespace || $0 == "-" || $0 == "_" }.joined(separator: "-")
  }

  var paragraphs: [String] { text.split(separator: "\n\n").map(String.init) }
}

extension Topic {
  /// The page for a terminal of this width.
  ///
  /// - Parameter live: Names of live objects, which need not be made for the commands.
  func text(width: Int, live: [String]) -> String {
    var blocks = [wrap("\(name): \(summary)", width: width)]
    blocks += paragraphs.map { wrap($0, width: width) }
    if !formulas.isEmpty { blocks.append(formulas.map { "    \($0)" }.joined(separator: "\n")) }
    let missing = Preparation.lines(for: commands, live: live)
    let lines = (missing + commands).map { "  \($0)" }
    blocks.append((["try"] + lines).joined(separator: "\n"))
    if !sources.isEmpty {
      blocks.append(sources.map { wrap($0, width: width, rest: "  ") }.joined(separator: "\n"))
    }
    if !seeAlso.isEmpty {
      let others = seeAlso.map { "explain \($0)" }.joined(separator: ", ")
      blocks.append(wrap("see also \(others)", width: width, rest: "  "))
    }
    return blocks.joined(separator: "\n\n")
  }

  /// The page as a section of `docs/concepts.md`.
  var markdown: String {
    var blocks = ["### \(name)", "*\(summary)*"] + paragraphs
    if !formulas.isEmpty { blocks.append("```\n" + formulas.joined(separator: "\n") + "\n```") }
    blocks.append("```\n" + commands.joined(separator: "\n") + "\n```")
    if !sources.isEmpty { blocks.append(sources.joined(separator: "  \n")) }
    if !seeAlso.isEmpty {
      let links = seeAlso.map { "[\($0)](#\($0))" }.joined(separator: ", ")
      blocks.append("See also \(links).")
    }
    return blocks.joined(separator: "\n\n")
  }

  /// `docs/concepts.md`.
  public static var handbook: String {
    let sections = Kind.allCases.map { kind in
      (["## \(kind.rawValue)"] + all.filter { $0.kind == kind }.map(\.markdown))
        .joined(separator: "\n\n")
    }
    return """
      # Concepts

      Written by `explain > docs/concepts.md`; `explain NAME` shows one of them at the prompt. The
      commands below each can be typed once these objects are there:

      ```
      \(Preparation.steps.map(\.line).joined(separator: "\n"))
      ```

      \(sections.joined(separator: "\n\n"))

      """
  }
}
