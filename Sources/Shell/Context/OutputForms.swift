/// The endings of the files that results are written to.
extension [String] {
  /// Forms of a table.
  static var table: [String] { ["csv", "json", "md", "html", "txt"] }

  /// Forms of a figure; `gp` is gnuplot's script.
  static var picture: [String] { ["png", "svg", "pdf", "gp", "html"] }
}
