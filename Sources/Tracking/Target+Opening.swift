import Foundation

extension Tracking.Target {
  /// Makes sure that something can be written there: makes the folder, or the file with its first
  /// line.
  func prepare() throws(LogError) {
    switch form {
    case .wandb, .tensorboard: try LogFolder.make(path)
    case .csv: try CSVLog.prepare(path)
    case .jsonl: try JSONLog.prepare(path)
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
