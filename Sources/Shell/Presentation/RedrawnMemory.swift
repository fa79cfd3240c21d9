import Learning
import PlainText

extension RunSet {
  /// Whether exemplars of old classes were drawn again from all of their images.
  private var redrawsMemory: Bool { runs.contains { $0.run.kept?.isRedrawn ?? false } }

  /// What is kept, with a star if more than that was drawn from.
  func memoryCell(_ figures: [Double?]) -> Table.Cell {
    let cell = Self.cell(figures, decimals: 0)
    return redrawsMemory && cell != .missing ? .starred(cell) : cell
  }

  /// What the star means.
  static func memoryNotes(_ sets: [RunSet]) -> [String] {
    let names = sets.filter(\.redrawsMemory).map(\.name)
    guard !names.isEmpty else { return [] }
    return [
      "* \(names.joined(with: "and")): exemplars of old classes are drawn again from all of their "
        + "images after every task, more than the memory holds; memory-from=kept draws from those kept"
    ]
  }
}
