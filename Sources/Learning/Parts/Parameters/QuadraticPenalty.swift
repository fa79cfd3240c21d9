public import Networks
public import Tensors

/// Springs that hold weights where they were: strength·Σ_j Ω_j·(θ_j − θ*_j)², the form that elastic
/// weight consolidation, synaptic intelligence and memory-aware synapses share.
public struct QuadraticPenalty: Codable, Hashable, Sendable {
  /// Ω, how much each weight matters for the tasks so far; 0 for a weight that is new.
  public var importance: Block
  /// θ*, the weights at the end of the last task.
  public var anchor: Block

  public init(importance: Block, anchor: Block) {
    self.importance = importance
    self.anchor = anchor
  }

  /// Adds the penalty's gradient 2·strength·Ω·(θ − θ*), and returns its value.
  public func add(
    to gradient: inout Block, weights: Block, strength: Float, on pool: ThreadPool
  ) -> Float {
    precondition(
      [weights.count, gradient.count, anchor.count].allSatisfy { $0 == importance.count })
    return Float(
      Double(strength)
        * Springs.pull(
          &gradient, weights: weights, importance: importance, anchor: anchor, strength: strength,
          on: pool))
  }

  /// The same springs for a network whose heads have grown.
  public mutating func grow(from old: Architecture, to new: Architecture) {
    importance = importance.moved(from: old, to: new)
    anchor = anchor.moved(from: old, to: new)
  }

  /// Two numbers for every weight.
  public var bytes: Int { 4 * (importance.count + anchor.count) }

  public func isPlausible(for architecture: Architecture) -> Bool {
    importance.count == architecture.parameterCount && anchor.count == importance.count
  }
}

extension Block {
  /// Numbers of one architecture's parameters at their places in another whose heads have more
  /// outputs; zeros for what is new.
  func moved(from old: Architecture, to new: Architecture) -> Block {
    var moved = Block(zeros: new.parameterCount)
    for (source, target) in zip(old.parameters, new.parameters) {
      moved.elements.replaceSubrange(
        target.range.lowerBound..<target.range.lowerBound + source.range.count,
        with: elements[source.range])
    }
    return moved
  }
}
