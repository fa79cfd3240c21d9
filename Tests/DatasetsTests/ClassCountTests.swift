import Datasets
import Testing

struct ClassCountTests {
  private func rows(_ order: ClassCount.Order) -> [ClassCount] {
    func set(_ labels: [Int]) -> ImageSet {
      ImageSet(
        shape: ImageShape(height: 1, width: 1, channels: 1),
        pixels: [UInt8](repeating: 0, count: labels.count), labels: labels)
    }
    return DataSet(
      source: .folder(path: "", size: 1), classNames: ["stop", "keep right", "yield", "no entry"],
      train: set([2, 0, 2, 1, 0, 2]), test: set([1, 1, 0, 1, 0])
    ).classCounts(orderedBy: order)
  }

  @Test func everyClassHasARow() {
    #expect(
      rows(.label) == [
        ClassCount(label: 0, name: "stop", train: 2, test: 2),
        ClassCount(label: 1, name: "keep right", train: 1, test: 3),
        ClassCount(label: 2, name: "yield", train: 3, test: 0),
        ClassCount(label: 3, name: "no entry", train: 0, test: 0),
      ])
  }

  @Test(arguments: [
    (ClassCount.Order.label, [0, 1, 2, 3]), (.name, [1, 3, 0, 2]), (.train, [2, 0, 1, 3]),
    (.test, [1, 0, 2, 3]),
  ])
  func rowsAreOrdered(order: ClassCount.Order, labels: [Int]) {
    #expect(rows(order).map(\.label) == labels)
  }
}
