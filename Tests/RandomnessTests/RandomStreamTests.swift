import Foundation
import Randomness
import Testing

@Suite struct RandomStreamTests {
  let seed = RandomStream(seed: 20_240_607)

  private func words(_ stream: RandomStream, _ count: Int = 64) -> [UInt64] {
    var stream = stream
    return (0..<count).map { _ in stream.next() }
  }

  @Test func sameNameGivesTheSameStream() {
    #expect(seed.stream("order").stream(3) == seed.stream("order").stream(3))
    #expect(words(seed.stream("order").stream(3)) == words(seed.stream("order").stream(3)))
  }

  @Test func differentNamesGiveDifferentWords() {
    let streams =
      (-50..<50).map { seed.stream($0) }
      + ["", "a", "b", "ab", "ba", "weights", "order"].map { seed.stream($0) }
      + [seed, RandomStream(seed: 1), seed.stream(1).stream(2), seed.stream(2).stream(1)]
    let all = streams.flatMap { words($0, 16) }
    #expect(Set(all).count == all.count)
  }

  @Test func labelsDifferInTheirUpperHalfToo() {
    #expect(seed.stream(1) != seed.stream(1 + 1 << 32))
  }

  @Test func drawingFromOneStreamMovesNoOther() {
    var parent = seed
    let before = words(parent.stream("memory"))
    for _ in 0..<10 { _ = parent.next() }
    #expect(words(parent.stream("memory")) == before)
    var child = parent.stream("memory")
    let next = words(parent)
    for _ in 0..<10 { _ = child.next() }
    #expect(words(parent) == next)
  }

  @Test(arguments: [0, 1, 7, 64])
  func savedStreamGoesOnWhereItStood(draws: Int) throws {
    var stream = seed.stream("augment")
    for _ in 0..<draws { _ = stream.next() }
    let data = try JSONEncoder().encode(stream)
    let restored = try JSONDecoder().decode(RandomStream.self, from: data)
    #expect(restored == stream)
    #expect(words(restored) == words(stream))
    #expect(restored.stream("x") == stream.stream("x"))
  }
}
