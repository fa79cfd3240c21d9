import CommandLanguage
import Foundation
import PlainText
import Plotting

/// A Jupyter notebook (nbformat 4.5): a cell for each command, with its outputs.
struct Notebook: Encodable {
  var cells: [Cell] = []
  var metadata = Metadata()
  var nbformat = 4
  var nbformatMinor = 5

  struct Metadata: Encodable {
    var kernelspec = ["name": "waymark", "display_name": "Waymark", "language": "waymark"]
    var languageInfo = ["name": "waymark", "file_extension": ".way", "mimetype": "text/plain"]

    enum CodingKeys: String, CodingKey {
      case kernelspec
      case languageInfo = "language_info"
    }
  }

  enum CodingKeys: String, CodingKey {
    case cells, metadata, nbformat
    case nbformatMinor = "nbformat_minor"
  }

  enum Cell {
    case markdown(id: String, source: String)
    case code(id: String, source: String, count: Int, outputs: [Output])
  }

  enum Output {
    /// What was printed.
    case stream(String)
    /// One thing in several forms, by media type.
    case display([String: String])
  }
}

extension Notebook {
  /// - Parameter draw: The bytes of a figure's PNG file; what it throws is told in its place.
  init(_ report: Report, draw: (Figure) throws -> [UInt8]) {
    cells = [.markdown(id: "title", source: "# \(report.title.asMarkdown)\n\n\(report.summary)")]
    for item in report.items {
      let id = "cell-\(item.number)"
      if let remark = item.remark {
        cells.append(
          .markdown(id: id, source: (item.isHeading ? "## " : "") + remark.asMarkdown))
      } else {
        cells.append(
          .code(
            id: id, source: item.command, count: item.number,
            outputs: Self.outputs(of: item, draw: draw)))
      }
    }
    cells.append(
      .markdown(
        id: "live", source: "## What is live at the end\n\n\(report.objectTable.markdown)"))
    cells.append(
      .markdown(id: "settings", source: "## Settings\n\n\(report.settingTable.markdown)"))
  }

  private static func outputs(
    of item: Report.Item, draw: (Figure) throws -> [UInt8]
  ) -> [Output] {
    guard let output = item.output else { return [] }
    var outputs: [Output] = []
    func say(_ lines: [String]) {
      let text = lines.map { $0.withoutControlsButLines + "\n" }.joined()
      if !text.isEmpty { outputs.append(.stream(text)) }
    }
    say((item.isRepeated ? [Report.repeatedNote] : []) + output.lines)
    var showsTable = output.table != nil
    if let figure = output.figure {
      do {
        let title = (figure.title ?? "picture").withoutControls
        outputs.append(
          .display([
            "image/png": Data(try draw(figure)).base64EncodedString(), "text/plain": title,
          ]))
        say(PictureDesk.fontNotes(figure, in: .png))
        showsTable = false
      } catch {
        say(["No picture: \(error)."])
      }
    }
    if showsTable, let table = output.table {
      var page = WebPage(title: "")
      page.add(table)
      outputs.append(.display(["text/html": page.body, "text/plain": table.text(width: 100)]))
    }
    say(output.notes + (output.writtenNote.map { [$0] } ?? []))
    return outputs
  }

  /// The text of the file.
  func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}

extension Notebook.Cell: Encodable {
  private enum Key: String, CodingKey {
    case id, metadata, source, outputs
    case cellType = "cell_type"
    case executionCount = "execution_count"
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode([String: String](), forKey: .metadata)
    switch self {
    case .markdown(let id, let source):
      try fields.encode("markdown", forKey: .cellType)
      try fields.encode(id, forKey: .id)
      try fields.encode(source, forKey: .source)
    case .code(let id, let source, let count, let outputs):
      try fields.encode("code", forKey: .cellType)
      try fields.encode(id, forKey: .id)
      try fields.encode(source, forKey: .source)
      try fields.encode(count, forKey: .executionCount)
      try fields.encode(outputs, forKey: .outputs)
    }
  }
}

extension Notebook.Output: Encodable {
  private enum Key: String, CodingKey {
    case name, text, data, metadata
    case outputType = "output_type"
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    switch self {
    case .stream(let text):
      try fields.encode("stream", forKey: .outputType)
      try fields.encode("stdout", forKey: .name)
      try fields.encode(text, forKey: .text)
    case .display(let data):
      try fields.encode("display_data", forKey: .outputType)
      try fields.encode(data, forKey: .data)
      try fields.encode([String: String](), forKey: .metadata)
    }
  }
}
