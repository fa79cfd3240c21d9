import Randomness
import Tensors
import Testing

struct StudentForcesTests {
  /// Around the 16 points of a vector and the 32 of a piece.
  @Test(arguments: [1, 2, 15, 16, 17, 31, 32, 33, 70])
  func forcesAreThoseOfTheDefinition(count: Int) {
    var random = RandomStream(seed: 6)
    let x = (0..<count).map { _ in random.normal() }
    let y = (0..<count).map { _ in random.normal() }
    let p = (0..<count * count).map { $0 % (count + 1) == 0 ? 0 : random.uniform() }
    let forces = StudentForces(x: x, y: y, affinities: p, on: ThreadPool(threadCount: 3))
    var total = 0.0
    for i in 0..<count {
      var expected = [0.0, 0, 0, 0]
      for j in 0..<count where j != i {
        let (dx, dy) = (Double(x[i] - x[j]), Double(y[i] - y[j]))
        let w = 1 / (1 + dx * dx + dy * dy)
        let pull = Double(p[i * count + j]) * w
        expected = [
          expected[0] + pull * dx, expected[1] + pull * dy, expected[2] + w * w * dx,
          expected[3] + w * w * dy,
        ]
        total += w
      }
      let found = [
        forces.attractionX[i], forces.attractionY[i], forces.repulsionX[i], forces.repulsionY[i],
      ]
      #expect(zip(found, expected).allSatisfy { abs(Double($0) - $1) < 1e-4 }, "\(i)")
    }
    #expect(abs(forces.total - total) < 1e-5 * max(1, total))
    #expect(StudentForces(x: x, y: y, affinities: p, on: ThreadPool(threadCount: 1)) == forces)
  }
}
