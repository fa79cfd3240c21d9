/// The endings of the files that results are written to.
extension [String] {
  /// Forms that are a folder with files in it.
  static var folders: [String] { ["tensorboard", "wandb"] }

  /// Forms of a table; `tex` is LaTeX.
  static var table: [String] { ["csv", "json", "md", "tex", "html", "txt"] }

  /// Forms of a table and of a figure of the same.
  static var tableAndPicture: [String] { table + picture.filter { !table.contains($0) } }

  /// Forms of a figure; `gp` is gnuplot's script.
  static var picture: [String] { ["png", "svg", "pdf", "tex", "gp", "html"] }
}
