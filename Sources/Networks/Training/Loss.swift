public import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The value of a loss on a batch, and its gradient with respect to the logits.
public struct Loss: Sendable {
  public var value: Float
  /// As large as the logits, [N, classes].
  public var gradient: Tensor

  public init(value: Float, gradient: Tensor) {
    self.value = value
    self.gradient = gradient
  }

  /// The sum of two losses on the same logits.
  public static func + (a: Loss, b: Loss) -> Loss {
    var sum = a
    sum.value += b.value
    for i in sum.gradient.elements.indices { sum.gradient.elements[i] += b.gradient.elements[i] }
    return sum
  }

  public static func * (factor: Float, loss: Loss) -> Loss {
    var scaled = loss
    scaled.value *= factor
    for i in scaled.gradient.elements.indices { scaled.gradient.elements[i] *= factor }
    return scaled
  }
}

/// Mean over the batch of −log softmax(z)[label].
///
/// - Parameters:
///   - logits: [N, classes]
///   - labels: N positions in 0 ..< classes.
public func crossEntropy(_ logits: Tensor, labels: [Int]) -> Loss {
  let (images, classes) = (logits.shape[0], logits.shape[1])
  precondition(labels.count == images, "\(labels.count) labels for logits \(logits.shape)")
  var loss = Loss(value: 0, gradient: logits)
  for image in 0..<images {
    let row = image * classes..<(image + 1) * classes
    let label = row.lowerBound + labels[image]
    let total = softmax(&loss.gradient.elements, row)
    loss.value += total - logits.elements[label]
    loss.gradient.elements[label] -= 1
    for i in row { loss.gradient.elements[i] /= Float(images) }
  }
  loss.value /= Float(images)
  return loss
}

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
  for image in 0..<images {
    var s = student.elements[image * classes..<image * classes + old].map { $0 / temperature }
    var t = teacher.elements[image * old..<(image + 1) * old].map { $0 / temperature }
    let (sLogits, tLogits) = (s, t)
    let sTotal = softmax(&s, 0..<old)
    let tTotal = softmax(&t, 0..<old)
    for i in 0..<old {
      loss.value += t[i] * ((tLogits[i] - tTotal) - (sLogits[i] - sTotal))
      loss.gradient.elements[image * classes + i] = temperature * (s[i] - t[i]) / Float(images)
    }
  }
  loss.value *= temperature * temperature / Float(images)
  return loss
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
