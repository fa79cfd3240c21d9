import Learning
import Testing

extension FollowedRun {
  /// Follows three tasks of three steps on cross-entropy among all outputs + strength·Σ Ω·(θ − θ*)²,
  /// θ* being the weights after the task before.
  ///
  /// - Parameters:
  ///   - least: What the penalty has to reach in every task but the first.
  ///   - decay: The run's weight decay, which takes weights away from θ* that no slope moves.
  ///   - rivals: The outputs that a task's images are learned among; all if nil.
  ///   - importance: Given Ω before a task, the task, the layer after it and its images, the new Ω.
  mutating func expectSprings(
    strength: Double, least: Double, decay: Double = 0,
    among rivals: ((_ task: Int) -> Range<Int>)? = nil,
    at place: SourceLocation = #_sourceLocation,
    importance new: (
      _ old: [Double], _ task: Int, _ layer: PlainLinear, _ images: [[Double]]
    ) -> [Double]
  ) throws {
    var (importance, anchor) = ([Double](), [Double]())
    for task in 0..<3 {
      try beginTask()
      let layer = PlainLinear(run.network)
      (importance, anchor) = (layer.grown(importance), layer.grown(anchor))
      let images = images(ofTask: task)
      let labels = outputs(images)
      var largest = 0.0
      for _ in 0..<3 {
        try expectStep(
          images,
          penalty: { weights in
            let away = zip(weights, anchor).map { $0 - $1 }
            let value = zip(importance, away).reduce(0) { $0 + strength * $1.0 * $1.1 * $1.1 }
            largest = max(largest, value)
            let gradient = weights.indices.map {
              2 * strength * importance[$0] * away[$0] + decay * weights[$0]
            }
            return (value, gradient)
          }, at: place
        ) {
          plainCrossEntropy($0, labels) { _ in Array(rivals?(task) ?? 0..<layer.outputs) }
        }
      }
      #expect(task == 0 || largest > least, sourceLocation: place)
      try endTask()
      let now = PlainLinear(run.network)
      importance = new(importance, task, now, pixels(images))
      anchor = now.weights
    }
  }
}
