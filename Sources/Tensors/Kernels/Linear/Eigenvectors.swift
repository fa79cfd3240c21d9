internal import COpenBLAS

extension WideMatrix {
  /// The largest eigenvalues of a symmetric matrix, in descending order, each with an eigenvector
  /// of length 1 (LAPACK's `dsyevr`, one thread).
  ///
  /// - Returns: Values [count] and vectors [count, order]; nil if LAPACK finds none.
  package func largestEigenvectors(_ count: Int) -> (values: [Double], vectors: WideMatrix)? {
    precondition(rows == columns && (0...rows).contains(count))
    guard count > 0 else { return ([], WideMatrix(rows: 0, columns: rows, elements: [])) }
    guard elements.allSatisfy(\.isFinite) else { return nil }
    _ = OpenBLAS.singleThreaded
    var matrix = elements
    var values = [Double](repeating: 0, count: rows)
    var vectors = [Double](repeating: 0, count: count * rows)
    var support = [blasint](repeating: 0, count: 2 * count)
    let order = [blasint(rows)]
    let (first, last) = ([blasint(rows - count + 1)], order)
    var (found, info) = (blasint(0), blasint(0))

    /// With sizes of −1, LAPACK says what room it wants.
    func solve(_ room: inout [Double], _ size: Int, _ places: inout [blasint], _ placeCount: Int) {
      dsyevr_(
        "V", "I", "L", order, &matrix, order, [0], [0], first, last, [0], &found, &values, &vectors,
        order, &support, &room, [blasint(size)], &places, [blasint(placeCount)],
        &info, 1, 1, 1)
    }
    var (room, places) = ([0.0], [blasint(0)])
    solve(&room, -1, &places, -1)
    guard info == 0 else { return nil }
    room = [Double](repeating: 0, count: Int(room[0]))
    places = [blasint](repeating: 0, count: Int(places[0]))
    solve(&room, room.count, &places, places.count)
    guard info == 0, found == blasint(count) else { return nil }
    // LAPACK has them in ascending order, a column each.
    return (
      values.prefix(count).reversed(),
      WideMatrix(
        rows: count, columns: rows,
        elements: (0..<count).reversed().flatMap { vectors[$0 * rows..<($0 + 1) * rows] })
    )
  }
}
