import Datasets
import Tensors

extension Experience {
  /// The outputs that an image of output `label` is classified among: all so far, or in the
  /// task-incremental scenario those of its own task.
  func rivals(of label: Int) -> Range<Int> {
    let all = 0..<outputs
    guard tasks.scenario == .taskIncremental else { return all }
    return (0...task).lazy.map { tasks.outputs(of: $0) }.first { $0.contains(label) } ?? all
  }

  /// How many images are classified rightly, judged as the scenario judges test images.
  ///
  /// - Parameters:
  ///   - logits: [N, outputs], or more where a network has outputs for classes to come.
  ///   - labels: N outputs.
  func countRight(_ logits: Tensor, _ labels: [Int]) -> Int {
    let width = logits.shape[1]
    return labels.indices.count { image in
      let row = logits.elements[image * width..<(image + 1) * width]
      return winner(row, among: rivals(of: labels[image])) == labels[image]
    }
  }
}
