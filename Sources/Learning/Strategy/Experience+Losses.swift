import Datasets
import Networks
import Tensors

extension Loss {
  /// The sum with the loss of the rows that come next in the same batch.
  func above(_ next: Loss) -> Loss {
    let (rows, more) = (gradient.shape[0], next.gradient.shape[0])
    return Loss(
      value: value + next.value,
      gradient: Tensor(
        [rows + more, gradient.shape[1]], gradient.elements + next.gradient.elements))
  }
}

extension Experience {
  /// Cross-entropy over the outputs that compete for each image: all of them, or in the
  /// task-incremental scenario those of the image's own task.
  ///
  /// - Parameters:
  ///   - logits: [N, outputs]
  ///   - labels: N outputs.
  ///   - smoothing: Share of the target that is spread over the outputs that compete.
  func crossEntropy(_ logits: Tensor, _ labels: [Int], smoothing: Float) -> Loss {
    guard tasks.scenario == .taskIncremental else {
      return Networks.crossEntropy(logits, labels: labels, smoothing: smoothing)
    }
    return crossEntropy(logits, labels, smoothing: smoothing) { Array(rivals(of: $0)) }
  }

  /// Cross-entropy in which only the new classes' outputs compete, as if the old ones were not there:
  /// learning new classes then pushes no old output down.
  ///
  /// - Parameter labels: N outputs, all of this task.
  func newCrossEntropy(_ logits: Tensor, _ labels: [Int], smoothing: Float) -> Loss {
    let new = Array(tasks.outputs(of: task))
    return crossEntropy(logits, labels, smoothing: smoothing) { _ in new }
  }

  /// Cross-entropy in which only the outputs of the batch's own labels compete (Caccia et al. 2022).
  func batchCrossEntropy(_ logits: Tensor, _ labels: [Int], smoothing: Float) -> Loss {
    let present = Set(labels).sorted()
    return crossEntropy(logits, labels, smoothing: smoothing) { _ in present }
  }

  /// Cross-entropy, each image's among the outputs, ascending, that `rivals` gives for its label.
  private func crossEntropy(
    _ logits: Tensor, _ labels: [Int], smoothing: Float, rivals: (_ label: Int) -> [Int]
  ) -> Loss {
    let width = logits.shape[1]
    var loss = Loss(value: 0, gradient: Tensor(zeros: logits.shape))
    for (columns, images) in Dictionary(grouping: labels.indices, by: { rivals(labels[$0]) })
      .sorted(by: { ($0.key.first ?? 0) < ($1.key.first ?? 0) })
    {
      let part = Networks.crossEntropy(
        Tensor(
          [images.count, columns.count],
          images.flatMap { image in columns.map { logits.elements[image * width + $0] } }),
        labels: images.map { columns.firstIndex(of: labels[$0]) ?? 0 }, smoothing: smoothing)
      let share = Float(images.count) / Float(labels.count)
      loss.value += share * part.value
      for (row, image) in images.enumerated() {
        for (position, column) in columns.enumerated() {
          loss.gradient.elements[image * width + column] =
            share * part.gradient.elements[row * columns.count + position]
        }
      }
    }
    return loss
  }

  /// Distillation of all that the teacher knows; in the task-incremental scenario task by task, each
  /// with a softmax of its own (Li and Hoiem 2017).
  func distillation(_ logits: Tensor, teacher: Tensor, temperature: Float) -> Loss {
    guard tasks.scenario == .taskIncremental, task > 0 else {
      return Networks.distillation(logits, teacher: teacher, temperature: temperature)
    }
    var sum = Loss(value: 0, gradient: Tensor(zeros: logits.shape))
    for old in 0..<task {
      let columns = tasks.outputs(of: old)
      let part = Networks.distillation(
        logits.columns(columns), teacher: teacher.columns(columns), temperature: temperature)
      sum.value += part.value
      sum.gradient.add(part.gradient, at: columns)
    }
    return sum
  }

  /// The same without the factor T²: KL(softmax(t/T) ‖ softmax(s/T)), whose gradient is that of the
  /// soft cross-entropy which BiC and WA distil by.
  func divergence(_ logits: Tensor, teacher: Tensor, temperature: Float) -> Loss {
    1 / (temperature * temperature)
      * distillation(logits, teacher: teacher, temperature: temperature)
  }

  /// (1 − λ)·new + λ·old, λ being the share of the old classes among all so far.
  func weighing(_ new: Loss, old: Loss) -> Loss {
    let share = Float(oldClassCount) / Float(classes.count)
    return (1 - share) * new + share * old
  }
}
