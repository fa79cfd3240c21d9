import System
public import Tensors

/// Mean over the batch of −log softmax(z)[label].
///
/// - Parameters:
///   - logits: [N, classes]
///   - labels: N positions in 0 ..< classes.
///   - smoothing: ε: the target is 1 − ε for the label plus ε spread over all classes (Szegedy et
///     al. 2016).
public func crossEntropy(_ logits: Tensor, labels: [Int], smoothing: Float = 0) -> Loss {
  let (images, classes) = (logits.shape[0], logits.shape[1])
  precondition(labels.count == images, "\(labels.count) labels for logits \(logits.shape)")
  let rest = smoothing / Float(classes)
  var loss = Loss(value: 0, gradient: logits)
  for image in 0..<images {
    let row = image * classes..<(image + 1) * classes
    let label = row.lowerBound + labels[image]
    let total = softmax(&loss.gradient.elements, row)
    for i in row {
      let target = rest + (i == label ? 1 - smoothing : 0)
      if target > 0 { loss.value += target * (total - logits.elements[i]) }
      loss.gradient.elements[i] = (loss.gradient.elements[i] - target) / Float(images)
    }
  }
  loss.value /= Float(images)
  return loss
}

/// Mean over the batch of the sum over the outputs of −t·log σ(z) − (1 − t)·log(1 − σ(z)).
///
/// - Parameters:
///   - logits: [N, outputs]
///   - targets: [N, outputs], in [0, 1].
public func binaryCrossEntropy(_ logits: Tensor, targets: Tensor) -> Loss {
  precondition(
    logits.shape == targets.shape, "targets \(targets.shape) for logits \(logits.shape)")
  let images = Float(max(1, logits.shape[0]))
  var loss = Loss(value: 0, gradient: logits)
  var value = 0.0
  for (i, z) in logits.elements.enumerated() {
    let target = targets.elements[i]
    // log(1 + e^z) without overflow
    value += Double(max(z, 0) - z * target + log1pf(expf(-abs(z))))
    loss.gradient.elements[i] = (sigmoid(z) - target) / images
  }
  loss.value = Float(value / Double(images))
  return loss
}

/// 1 / (1 + e^−z)
public func sigmoid(_ z: Float) -> Float { 1 / (1 + expf(-z)) }

/// Knowledge distillation (Hinton et al. 2015): T²·KL(softmax(t/T) ‖ softmax(s/T)), summed over the
/// teacher's classes, mean over the batch.
///
/// - Parameters:
///   - student: [N, classes]; only the first columns, as many as the teacher has, take part.
///   - teacher: [N, old classes], held fixed.
public func distillation(_ student: Tensor, teacher: Tensor, temperature: Float) -> Loss {
  let (images, classes, old) = (student.shape[0], student.shape[1], teacher.shape[1])
  precondition(
    teacher.shape[0] == images && old <= classes,
    "distillation of \(teacher.shape) into \(student.shape)")
  var loss = Loss(value: 0, gradient: Tensor(zeros: student.shape))
  var value = 0.0
  for image in 0..<images {
    let s = logarithmicSoftmax(
      student.elements[image * classes..<image * classes + old], temperature: temperature)
    let t = logarithmicSoftmax(
      teacher.elements[image * old..<(image + 1) * old], temperature: temperature)
    for i in 0..<old {
      let share = exp(t[i])
      value += share * (t[i] - s[i])
      loss.gradient.elements[image * classes + i] =
        Float((exp(s[i]) - share) * Double(temperature) / Double(images))
    }
  }
  loss.value = Float(value * Double(temperature * temperature) / Double(images))
  return loss
}

/// log softmax(z/T), in double precision: close distributions are subtracted from each other.
private func logarithmicSoftmax(_ logits: ArraySlice<Float>, temperature: Float) -> [Double] {
  let scaled = logits.map { Double($0) / Double(temperature) }
  let largest = scaled.max() ?? 0
  let total = largest + log(scaled.reduce(0) { $0 + exp($1 - largest) })
  return scaled.map { $0 - total }
}

/// Replaces logits by their softmax and returns log Σ exp.
private func softmax(_ values: inout [Float], _ row: Range<Int>) -> Float {
  let largest = row.reduce(-Float.infinity) { max($0, values[$1]) }
  var sum: Float = 0
  for i in row {
    values[i] = expf(values[i] - largest)
    sum += values[i]
  }
  for i in row { values[i] /= sum }
  return largest + logf(sum)
}
