import Foundation
import Testing

/// `docs/waymark.1`, and what other documents count, against the program and its sources.
struct ManualPageTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The manual page without the signs that make hyphens plain.
  private static func page() throws -> String {
    try text("docs/waymark.1").replacing("\\-", with: "-")
  }

  private static func matches(_ pattern: String, in text: String) throws -> Set<String> {
    Set(text.matches(of: try Regex<(Substring, Substring)>(pattern)).map { String($0.output.1) })
  }

  @Test(.enabled(if: Waymark.isBuilt))
  func optionsOfTheProgramAreThere() throws {
    let help = try Waymark.run(["--help"]).output
    let options = try Self.matches(#"(?m)^  (?:-h, )?(--?[a-z-]+)"#, in: help)
    #expect(options.isSuperset(of: ["-c", "--session", "--no-rc", "--version", "--help"]))
    let described = try Self.matches(#"(?m)^\.B[IR]? (?:-h ", " )?(--?[a-z-]+)"#, in: Self.page())
    #expect(described == options)
  }

  /// Environment variables that sources read by name and that people set for Waymark.
  @Test func variablesThatAreReadAreThere() throws {
    let manual = try Self.text("docs/shell.md")
    let page = try Self.page()
    let sources = Self.root.appending(path: "Sources")
    let reading = #"(?:environment\[|(?:environmentVariable|setting|isOn|own)\()"([A-Z_]+)""#
    var read: Set<String> = []
    for target in ["Datasets", "Plotting", "Sessions", "Shell", "System", "waymark"] {
      let folder = sources.appending(path: target).path
      for case let file as String in try #require(FileManager.default.enumerator(atPath: folder))
      where file.hasSuffix(".swift") {
        let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
        read.formUnion(try Self.matches(reading, in: text))
      }
    }
    // What the system or the terminal sets.
    read.subtract([
      "HOME", "PATH", "TMPDIR", "TMUX", "LESS", "COLORTERM", "KITTY_WINDOW_ID", "TERM_PROGRAM",
    ])
    #expect(read.isSuperset(of: ["WAYMARK_PLOTS", "PAGER", "XDG_CACHE_HOME", "NO_COLOR"]))
    for variable in read.sorted() {
      #expect(page.contains(variable), "docs/waymark.1 lacks \(variable)")
      #expect(manual.contains("`\(variable)"), "docs/shell.md lacks \(variable)")
    }
  }

  @Test func readmeCountsTheTopics() throws {
    let topics = try Self.text("docs/concepts.md").split(separator: "\n").count {
      $0.hasPrefix("### ")
    }
    #expect(
      try Self.matches(#"one of ([0-9]+) topics"#, in: Self.text("README.md")) == ["\(topics)"])
  }
}
