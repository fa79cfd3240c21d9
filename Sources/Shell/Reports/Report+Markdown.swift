import CommandLanguage
import PlainText
import Plotting

extension Report {
  /// A Markdown document, with its pictures in files.
  ///
  /// - Parameter draw: Writes a figure into a file and returns the path that the document names;
  ///   what it throws is told in the figure's place.
  func markdown(draw: (Figure, Int) throws -> String) -> String {
    var blocks = ["# \(title.asMarkdown)", "*\(summary)*"]
    for item in items {
      if let remark = item.remark {
        blocks.append((item.isHeading ? "## " : "") + remark.asMarkdown)
        continue
      }
      blocks.append(item.command.fenced(language: "waymark"))
      guard let output = item.output else { continue }
      if item.isRepeated { blocks.append("*\(Self.repeatedNote)*") }
      if !output.lines.isEmpty { blocks.append(output.lines.joined(separator: "\n").fenced()) }
      var table = output.table
      if let figure = output.figure {
        do {
          let title = (figure.title ?? "picture").asMarkdown
          blocks.append("![\(title)](<\(try draw(figure, item.number))>)")
          blocks += PictureDesk.fontNotes(figure, in: .png).map { "*\($0.asMarkdown)*" }
          table = nil
        } catch {
          blocks.append("*No picture: \("\(error)".asMarkdown).*")
        }
      }
      if let table { blocks.append(table.markdown.droppingLastBreak) }
      if !output.notes.isEmpty { blocks.append(output.notes.joined(separator: "\n").fenced()) }
      if let written = output.writtenNote { blocks.append("*\(written.asMarkdown)*") }
    }
    blocks += ["## What is live at the end", objects.markdown.droppingLastBreak]
    blocks += ["## Settings", settings.markdown.droppingLastBreak]
    return blocks.joined(separator: "\n\n") + "\n"
  }
}

extension String {
  fileprivate var droppingLastBreak: String { hasSuffix("\n") ? String(dropLast()) : self }
}
