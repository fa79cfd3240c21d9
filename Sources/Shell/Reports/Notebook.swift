import CommandLanguage
import Foundation
import PlainText
import Plotting

/// A Jupyter notebook (nbformat 4.5): a cell for each command, with its outputs. The format's keys
/// are these names with underscores.
struct Notebook: Encodable {
  var cells: [Cell] = []
  var metadata = [
    "kernelspec": ["name": "waymark", "display_name": "Waymark", "language": "waymark"],
    "language_info": ["name": "waymark", "file_extension": ".way", "mimetype": "text/plain"],
  ]
  var nbformat = 4
  var nbformatMinor = 5

  struct Cell: Encodable {
    var cellType: String
    var id: String
    var metadata: [String: String] = [:]
    var source: String
    /// Of code only, as are the outputs.
    var executionCount: Int?
    var outputs: [Output]?

    static func markdown(id: String, _ source: String) -> Cell {
      Cell(cellType: "markdown", id: id, source: source)
    }
  }

  struct Output: Encodable {
    var outputType: String
    /// Of a stream.
    var name: String?
    var text: String?
    /// One thing in several forms, by media type.
    var data: [String: String]?
    var metadata: [String: String]?

    static func stream(_ text: String) -> Output {
      Output(outputType: "stream", name: "stdout", text: text)
    }

    static func display(_ data: [String: String]) -> Output {
      Output(outputType: "display_data", data: data, metadata: [:])
    }
  }
}

extension Notebook {
  /// - Parameter draw: The bytes of a figure's PNG file; what it throws is told in its place.
  init(_ report: Report, draw: (Figure) throws -> [UInt8]) {
    cells = [.markdown(id: "title", "# \(report.title.asMarkdown)\n\n\(report.summary)")]
    for item in report.items {
      let id = "cell-\(item.number)"
      if let remark = item.remark {
        cells.append(.markdown(id: id, (item.isHeading ? "## " : "") + remark.asMarkdown))
      } else {
        cells.append(
          Cell(
            cellType: "code", id: id, source: item.command, executionCount: item.number,
            outputs: Self.outputs(of: item, draw: draw)))
      }
    }
    cells += [
      .markdown(id: "live", "## What is live at the end\n\n\(report.objects.markdown)"),
      .markdown(id: "settings", "## Settings\n\n\(report.settings.markdown)"),
    ]
  }

  private static func outputs(of item: Report.Item, draw: (Figure) throws -> [UInt8]) -> [Output] {
    guard let output = item.output else { return [] }
    var outputs: [Output] = []
    func say(_ lines: [String]) {
      let text = lines.map { $0.withoutControlsButLines + "\n" }.joined()
      if !text.isEmpty { outputs.append(.stream(text)) }
    }
    say((item.isRepeated ? [Report.repeatedNote] : []) + output.lines)
    var table = output.table
    if let figure = output.figure {
      do {
        let title = (figure.title ?? "picture").withoutControls
        let picture = Data(try draw(figure)).base64EncodedString()
        outputs.append(.display(["image/png": picture, "text/plain": title]))
        say(PictureDesk.fontNotes(figure, in: .png))
        table = nil
      } catch {
        say(["No picture: \(error)."])
      }
    }
    if let table {
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
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}
