extension String {
  /// As running text of a Markdown document: nothing in it is markup, nor becomes a link, as
  /// addresses do by themselves in GitHub's.
  public var asMarkdown: String {
    var result = ""
    for scalar in withoutControls.unicodeScalars {
      if "\\`*_{}[]<>#|!&~".unicodeScalars.contains(scalar) { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result.replacing("://", with: "\\://")
      .replacing(#/(?i)www\./#) { $0.output.dropLast() + "\\." }
  }

  /// As a block of code, behind a fence that nothing in the text can close.
  public func fenced(language: String = "") -> String {
    let text = withoutControlsButLines
    var fence = "```"
    while text.contains(fence) { fence += "`" }
    return "\(fence)\(language)\n\(text)\n\(fence)"
  }
}
