import System
public import Tensors

/// Rows of features laid out in the plane so that neighbours stay neighbours: exact t-SNE
/// (van der Maaten and Hinton 2008), which minimizes KL(P ‖ Q) by gradient descent.
///
/// It begins with the first two principal components, scaled to a deviation of 10⁻⁴, draws nothing
/// at random, and takes scikit-learn's choices where the paper leaves some: the learning rate
/// (Belkina et al. 2019), gains and velocities that begin anew after the exaggeration. A value that
/// steps: between two steps it may be shown, copied or given up. Memory: 4 N² bytes, all of which
/// each step reads once.
public struct TSNE: Hashable, Sendable {
  public struct Settings: Hashable, Sendable {
    /// About as many neighbours of each point count.
    public var perplexity = 30.0
    public var iterations = 1000
    /// P is multiplied by this in the first iterations, so that clusters find room to form.
    public var exaggeration: Float = 12
    public var exaggeratedIterations = 250
    /// Nil: max(N / exaggeration / 4, 50).
    public var learningRate: Float?

    public init() {}

    /// The learning rate for so many rows.
    public func rate(rows: Int) -> Float {
      learningRate ?? max(Float(rows) / exaggeration / 4, 50)
    }

    /// The largest perplexity, (N − 1) / 3, that so many rows allow; below 1 there is no map.
    public static func largestPerplexity(rows: Int) -> Double { Double(rows - 1) / 3 }
  }

  public let settings: Settings
  /// Steps done.
  public private(set) var iteration = 0

  /// P, [N, N].
  package let affinities: [Float]
  private var x: Axis
  private var y: Axis

  /// One coordinate of all points.
  private struct Axis: Hashable, Sendable {
    var places: [Float]
    var velocities: [Float]
    var gains: [Float]

    init(_ places: [Float]) {
      self.places = places
      velocities = places.map { _ in 0 }
      gains = places.map { _ in 1 }
    }

    /// A gain grows by 0.2 where the gradient still points along the velocity, else it shrinks by a
    /// fifth (Jacobs 1988); it is at least 0.01.
    mutating func move(along gradient: [Float], rate: Float, momentum: Float) {
      for point in places.indices {
        let isDescending = velocities[point] * gradient[point] < 0
        gains[point] = max(isDescending ? gains[point] + 0.2 : gains[point] * 0.8, 0.01)
        velocities[point] = momentum * velocities[point] - rate * gains[point] * gradient[point]
        places[point] += velocities[point]
      }
    }
  }

  public var count: Int { x.places.count }
  public var isFinished: Bool { iteration >= settings.iterations }

  /// The map so far, [N, 2].
  public var points: Tensor {
    Tensor([count, 2], x.places.indices.flatMap { [x.places[$0], y.places[$0]] })
  }

  /// Measures all distances, which takes as long as some dozen steps.
  ///
  /// - Parameters:
  ///   - rows: [N, F]; further axes count as features.
  ///   - start: Where the points begin, [N, 2]; nil for the principal components.
  /// - Throws: `ProjectionError`.
  public init(
    _ rows: Tensor, settings: Settings = Settings(), start: Tensor? = nil, on pool: ThreadPool
  ) throws {
    let count = rows.shape[0]
    guard settings.perplexity >= 1,
      settings.perplexity <= Settings.largestPerplexity(rows: count)
    else { throw ProjectionError.tooFewRows(rows: count, perplexity: settings.perplexity) }
    try ProjectionError.check(rows.elements, rows: count)
    let start = try start ?? Self.start(rows, on: pool)
    precondition(start.shape == [count, 2], "a map of \(start.shape) for \(count) rows")
    self.settings = settings
    affinities = Affinities.joint(
      RowDistances(WideMatrix(rows)), perplexity: settings.perplexity, on: pool)
    x = Axis(start.column(0))
    y = Axis(start.column(1))
  }

  private static func start(_ rows: Tensor, on pool: ThreadPool) throws -> Tensor {
    let components = try PrincipalComponents(rows, count: 2, on: pool)
    var start = components.projection(of: rows, on: pool)
    let squares = start.column(0).reduce(0.0) { $0 + Double($1) * Double($1) }
    guard squares > 0 else { return start }
    let scale = 1e-4 / (squares / Double(rows.shape[0])).squareRoot()
    start.elements = start.elements.map { Float(Double($0) * scale) }
    return start
  }

  /// One iteration: v ← momentum·v − rate·gain·∂KL/∂y, y ← y + v, with momentum 0.5 while P is
  /// exaggerated and then 0.8.
  public mutating func step(on pool: ThreadPool) {
    let isExaggerated = iteration < settings.exaggeratedIterations
    if iteration == settings.exaggeratedIterations {
      x = Axis(x.places)
      y = Axis(y.places)
    }
    let gradient = gradient(exaggeration: isExaggerated ? settings.exaggeration : 1, on: pool)
    let rate = settings.rate(rows: count)
    x.move(along: gradient.x, rate: rate, momentum: isExaggerated ? 0.5 : 0.8)
    y.move(along: gradient.y, rate: rate, momentum: isExaggerated ? 0.5 : 0.8)
    iteration += 1
  }

  /// ∂KL/∂y = 4 Σ_j (exaggeration·p_ij − q_ij) w_ij (y_i − y_j), with w_ij = 1 / (1 + |y_i − y_j|²)
  /// and q_ij = w_ij / Σ w.
  package func gradient(
    exaggeration: Float, on pool: ThreadPool
  ) -> (x: [Float], y: [Float]) {
    let forces = StudentForces(x: x.places, y: y.places, affinities: affinities, on: pool)
    let share = Float(1 / forces.total)
    func sum(_ attraction: [Float], _ repulsion: [Float]) -> [Float] {
      attraction.indices.map { 4 * (exaggeration * attraction[$0] - share * repulsion[$0]) }
    }
    return (
      sum(forces.attractionX, forces.repulsionX), sum(forces.attractionY, forces.repulsionY)
    )
  }

  /// KL(P ‖ Q) = Σ p_ij log(p_ij / q_ij) of the map so far, in nats.
  public func divergence(on pool: ThreadPool) -> Double {
    let rows = pool.map(count) { row in
      var (weights, sum) = (0.0, 0.0)
      for column in 0..<count where column != row {
        let (dx, dy) = (
          Double(x.places[row] - x.places[column]), Double(y.places[row] - y.places[column])
        )
        let (square, p) = (1 + dx * dx + dy * dy, Double(affinities[row * count + column]))
        weights += 1 / square
        if p > 0 { sum += p * log(p * square) }
      }
      return (weights, sum)
    }
    return rows.reduce(0) { $0 + $1.1 } + log(rows.reduce(0) { $0 + $1.0 })
  }
}

extension Tensor {
  /// A column of a matrix.
  fileprivate func column(_ column: Int) -> [Float] {
    (0..<shape[0]).map { elements[$0 * shape[1] + column] }
  }
}
