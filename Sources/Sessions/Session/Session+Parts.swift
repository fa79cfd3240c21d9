internal import Datasets
public import Learning

/// Parts of objects by their names: `kd@4`, a checkpoint, and `T.2`, a task.
extension Session {
  /// Whether a name such as `kd@4` can stand for a checkpoint of a run that is live.
  public func namesCheckpoint(_ name: String) -> Bool {
    guard let (object, place) = parts(of: name, at: "@"), case .run? = self[object] else {
      return false
    }
    return Checkpoints.Place(place) != nil
  }

  /// The run and the checkpoint that a name such as `kd@4` stands for.
  public func checkpoint(_ name: String) -> (run: RunOnData, state: Run)? {
    guard let (object, text) = parts(of: name, at: "@"), case .run(let run)? = self[object],
      let place = Checkpoints.Place(text), let state = run.checkpoints[place]
    else { return nil }
    return (run, state)
  }

  /// The task sequence and the position (from 0) that a name such as `T.2` stands for.
  public func task(_ name: String) -> (tasks: Tasks, position: Int)? {
    guard let (object, text) = parts(of: name, at: "."), case .tasks(let tasks)? = self[object],
      let number = Int(text), (1...tasks.sequence.count).contains(number)
    else { return nil }
    return (tasks, number - 1)
  }

  private func parts(of name: String, at mark: Character) -> (object: String, part: String)? {
    let parts = name.split(separator: mark, maxSplits: 1, omittingEmptySubsequences: false)
    return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
  }
}
