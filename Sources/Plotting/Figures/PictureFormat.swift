/// The ending of a picture's file.
public enum PictureFormat: String, CaseIterable, Sendable {
  case png
  case svg
  case pdf
  /// LaTeX code.
  case tex
  /// The script itself, which draws a PNG of the same name beside it.
  case gp

  /// - Throws: `unknownEnding`.
  public init(path: String) throws(PlotError) {
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    guard let dot = name.lastIndex(of: "."),
      let format = PictureFormat(rawValue: name[name.index(after: dot)...].lowercased())
    else { throw .unknownEnding(path: path) }
    self = format
  }
}
