/// The endings of the files that results are written to.
extension [String] {
  /// Forms that are a folder with files in it.
  static var folders: [String] { ["tensorboard", "wandb"] }

  /// Forms of a table.
  static var table: [String] { ["csv", "json", "md", "html", "txt"] }

  /// Forms of a figure; `gp` is gnuplot's script.
  static var picture: [String] { ["png", "svg", "pdf", "gp", "html"] }
}
