import PlainText
import Plotting

extension Report {
  /// One self-contained page.
  ///
  /// - Parameter draw: Draws a figure, whose identifiers begin with the given name; what it throws
  ///   is told in the figure's place.
  func html(draw: (Figure, String) throws -> VectorPicture) -> String {
    var page = WebPage(title: title)
    page.add(paragraph: summary, class: "soft")
    for item in items {
      if let remark = item.remark {
        if item.isHeading { page.add(heading: remark) } else { page.add(paragraph: remark) }
        continue
      }
      page.add(command: item.command, number: item.number, note: item.time)
      guard let output = item.output else { continue }
      if item.isRepeated { page.add(paragraph: Self.repeatedNote, class: "soft") }
      page.add(lines: output.lines)
      var table = output.table
      if let figure = output.figure {
        do {
          page.add(try draw(figure, page.pictureName()))
          table = nil
        } catch {
          page.add(paragraph: "No picture: \(error).", class: "soft")
        }
      }
      if let table { page.add(table) }
      page.add(lines: output.notes)
      if let written = output.writtenNote { page.add(paragraph: written, class: "soft") }
    }
    page.add(heading: "What is live at the end")
    page.add(objects)
    page.add(heading: "Settings")
    page.add(settings)
    return page.text
  }

  static let repeatedNote = "As it is now; the output of that time was not kept."

  /// One sentence below the title.
  var summary: String {
    let seconds = items.reduce(0) { $0 + $1.seconds }
    return
      "\(counted(items.count, "command")), \(fixed(seconds, 1)) seconds of work. Equal digests "
      + "mean equal bits: with the same seed the same commands give the same digests."
  }
}

extension Transcript.Entry {
  /// Which files a command wrote.
  var writtenNote: String? {
    written.isEmpty ? nil : "Written to \(written.joined(with: "and"))."
  }
}
