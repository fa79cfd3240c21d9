extension Tracking {
  /// One form of log in one place.
  public struct Target: Hashable, Sendable {
    public enum Form: Hashable, Sendable {
      /// A W&B run directory for every run.
      case wandb(project: String, name: String?)
      /// A folder with an event file for every run.
      case tensorboard
      /// One file, a line for every number.
      case csv
      /// One file, a line for every row.
      case jsonl
    }

    public var form: Form
    public var path: String
    /// The runs that are meant; all, if empty.
    public var runs: [String]

    public init(_ form: Form, path: String, runs: [String] = []) {
      self.form = form
      self.path = path
      self.runs = runs
    }

    /// Makes sure that something can be written there: makes the folder, or the file with its first
    /// line.
    func prepare() throws(LogError) {
      switch form {
      case .wandb, .tensorboard: try LogFile.makeFolder(path)
      case .csv:
        try LogFile.prepareLines(path, beginning: CSVLog.header, firstLine: CSVLog.header)
      case .jsonl: try LogFile.prepareLines(path, beginning: "{\"log\":")
      }
    }

    func open(_ run: RunDescription) throws(LogError) -> any LogWriter {
      switch form {
      case .wandb(let project, let name):
        try OfflineRun(in: path, run, project: project, displayName: name ?? run.name)
      case .tensorboard: try TensorBoardLog(in: path, run)
      case .csv: try CSVLog(path, run)
      case .jsonl: try JSONLog(path, run)
      }
    }
  }
}
