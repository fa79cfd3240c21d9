/// The notebook's strategies on GTSRB from start to end, beside PyTorch's.
struct NotebookGoals {
  let program: String
  /// Where the archives are.
  let data: String
  let python: String
  /// `scripts/reference/notebook_pytorch.py`, or another script with its arguments.
  let script: String
  let threads: Int
  let hasTorch: Bool

  private var statements: String {
    """
    load gtsrb path='\(data)' as signs
    tasks signs size=8 count=5 as T
    define model simplecnn outputs=8 as net
    pretrain net on=T.1 epochs=4
    define model dercnn outputs=8 as dernet
    run finetune net on=T epochs=5 as ft
    run joint net on=T epochs=5 once=on as once
    run rehearsal-kd net on=T epochs=5 memory=200 temperature=2 as kd
    run der-cnn dernet on=T epochs=5 per-class=10 as der
    run joint net on=T epochs=5 as ub
    compare
    """
  }

  func measure() throws -> [Goal] {
    let ours = try ChildProcess.run(
      program, ["--threads", String(threads), "--quiet", "-c", statements],
      environment: ChildProcess.environment, watchesMemory: true)
    var goals = [
      Goal(
        "peak memory of the notebook", Double(ours.peakBytes) / 1e6, unit: "MB", .atMost(400),
        note: "\(Goal.text(ours.seconds)) s")
    ]
    guard hasTorch else { return goals }
    var environment = ChildProcess.environment
    environment["OMP_NUM_THREADS"] = String(threads)
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    let theirs = try ChildProcess.run(
      python, [script, data], environment: environment, watchesMemory: true)
    let memory = Goal.text(Double(theirs.peakBytes) / 1e6)
    goals.insert(
      Goal(
        "the notebook's strategies / PyTorch", theirs.seconds / ours.seconds, unit: "×",
        .atLeast(2),
        note:
          "\(Goal.text(ours.seconds)) s; PyTorch \(Goal.text(theirs.seconds)) s, \(memory) MB"),
      at: 0)
    return goals
  }
}
