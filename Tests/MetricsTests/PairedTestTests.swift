import Metrics
import Testing

struct PairedTestTests {
  @Test func mcNemarIsTheBinomialTest() throws {
    let cells = try GoldenFigures.read().tests.mcNemar
    #expect(cells.count == 9)
    for cell in cells {
      let (b, c) = (Int(cell[0]), Int(cell[1]))
      let test = PairedTest.mcNemar(onlyFirstIsRight: b, onlySecondIsRight: c)
      #expect(isNear(test.p, cell[2]) && test.pairs == b + c, "\(b), \(c): \(test.p)")
      #expect(PairedTest.mcNemar(onlyFirstIsRight: c, onlySecondIsRight: b) == test)
    }
  }

  /// Some are sums of tenths, such as 0.1 + 0.2 and 0.3, which are equal but for rounding.
  @Test func signsAndPermutationsAreThoseOfScipy() throws {
    for item in try GoldenFigures.read().tests.differences {
      let (values, opposite) = (item.values, item.values.map { -$0 })
      let sign = PairedTest.sign(values)
      let permutation = try #require(PairedTest.permutation(values))
      #expect(isNear(sign.p, item.sign), "\(values)")
      #expect(isNear(permutation.p, item.permutation), "\(values)")
      #expect(sign.pairs == values.count { $0 != 0 } && permutation.pairs == sign.pairs)
      #expect(PairedTest.sign(opposite) == sign && PairedTest.permutation(opposite) == permutation)
    }
  }

  /// Three seeds cannot give less than 0.25, whatever they say.
  @Test(arguments: 1...12)
  func noPIsBelowTheSmallest(pairs: Int) throws {
    let differences = (0..<pairs).map { 1 + Double($0) }
    let smallest = PairedTest.smallestP(pairs: pairs)
    let permutation = try #require(PairedTest.permutation(differences))
    #expect(permutation.p == smallest && permutation.smallestP == smallest)
    #expect(isNear(PairedTest.sign(differences).p, smallest, within: 1e-14))
    #expect(
      isNear(
        PairedTest.mcNemar(onlyFirstIsRight: 0, onlySecondIsRight: pairs).p, smallest,
        within: 1e-14))
  }

  @Test func smallestPHalvesWithEachPair() {
    #expect(PairedTest.smallestP(pairs: 0) == 1 && PairedTest.smallestP(pairs: 1) == 1)
    #expect(PairedTest.smallestP(pairs: 3) == 0.25 && PairedTest.smallestP(pairs: 6) == 0.03125)
    #expect(PairedTest.smallestP(pairs: 100_000) == 0)
  }

  @Test func whatCannotBeGoneThroughIsNil() {
    let most = PairedTest.mostPermutedPairs
    #expect(PairedTest.permutation([Double](repeating: 1, count: most + 1)) == nil)
    #expect(PairedTest.permutation([Double](repeating: 0, count: 50))?.p == 1)
    #expect(PairedTest.permutation([1, .nan]) == nil && PairedTest.permutation([.infinity]) == nil)
    #expect(PairedTest.permutation([])?.p == 1 && PairedTest.sign([]).p == 1)
  }

  @Test func allFlipsOfTwentyPairsAreGoneThrough() throws {
    let test = try #require(
      PairedTest.permutation((0..<PairedTest.mostPermutedPairs).map { _ in 0.5 }))
    #expect(test.p == test.smallestP && test.pairs == 20)
  }

  /// R: `p.adjust(p, "holm")`.
  @Test func correctionIsHolms() {
    func isNearAll(_ a: [Double], _ b: [Double]) -> Bool {
      a.count == b.count && zip(a, b).allSatisfy { isNear($0, $1, within: 1e-14) }
    }
    #expect(
      isNearAll(
        PairedTest.holmAdjusted([0.01, 0.02, 0.03, 0.04, 0.05]), [0.05, 0.08, 0.09, 0.09, 0.09]))
    #expect(isNearAll(PairedTest.holmAdjusted([0.04, 0.01, 0.5]), [0.08, 0.03, 0.5]))
    #expect(isNearAll(PairedTest.holmAdjusted([0.6, 0.7]), [1, 1]))
    #expect(PairedTest.holmAdjusted([]).isEmpty && PairedTest.holmAdjusted([0.3]) == [0.3])
  }
}
