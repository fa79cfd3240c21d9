import CommandLanguage

/// Where somebody stands in a walk that is followed at the prompt.
package struct WalkProgress: Sendable {
  let walk: Walk
  /// What began it and goes on with it: `tour`, `lesson 3`.
  let command: String
  /// The next step, from 0; the number of steps when all are done.
  var position = 0
  /// Whether the next step stands on the screen.
  var isShown = false
  /// Whether the prompt follows it; left walks wait.
  var isFollowed = true

  var step: Walk.Step? {
    walk.steps.indices.contains(position) ? walk.steps[position] : nil
  }

  /// `tour 3/12> `.
  package var prompt: String {
    "\(command) \(min(position + 1, walk.steps.count))/\(walk.steps.count)> "
  }

  package mutating func advance() {
    position += 1
    isShown = false
  }

  mutating func goOn() {
    isFollowed = true
    isShown = false
  }

  var stopCommand: String { "\(command.split(separator: " ").first ?? "tour") stop" }
}
