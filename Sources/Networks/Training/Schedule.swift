import System

/// How the learning rate goes while a stage is learned.
public enum Schedule: Codable, Hashable, Sendable {
  case steps(StepSchedule)
  case oneCycle(OneCycleSchedule)

  public func rate(at moment: Moment) -> Float {
    switch self {
    case .steps(let schedule): schedule.rate(epoch: moment.epoch)
    case .oneCycle(let schedule): schedule.rate(step: moment.stepsDone, of: moment.stepsInAll)
    }
  }

  /// The rate before any step falls or rises.
  public var initial: Float { rate(at: Moment(epoch: 0)) }
}

/// Where a training step stands among those that a schedule spans; all counts from 0.
public struct Moment: Codable, Hashable, Sendable {
  public var epoch: Int
  public var epochs: Int
  /// Within the epoch.
  public var step: Int
  /// Of the epoch.
  public var steps: Int
  /// Of all epochs, where the last one is cut short.
  public var total: Int?

  public init(
    epoch: Int, of epochs: Int = 1, step: Int = 0, of steps: Int = 1, inAll total: Int? = nil
  ) {
    self.epoch = epoch
    self.epochs = epochs
    self.step = step
    self.steps = steps
    self.total = total
  }

  var stepsDone: Int { epoch * steps + step }
  var stepsInAll: Int { total ?? epochs * steps }
}

/// PyTorch's StepLR: the rate is multiplied with `factor` after every `every` epochs.
public struct StepSchedule: Codable, Hashable, Sendable {
  public var initial: Float
  public var every: Int
  public var factor: Float

  public init(initial: Float, every: Int, factor: Float) {
    self.initial = initial
    self.every = every
    self.factor = factor
  }

  /// - Parameter epoch: From 0.
  public func rate(epoch: Int) -> Float {
    (0..<epoch / every).reduce(initial) { rate, _ in rate * factor }
  }
}

/// One rise and one fall of the rate (Smith and Topin 2018), with PyTorch's figures: from 1/25 of the
/// peak up to it in the first three tenths of the steps, then down to 4·10⁻⁶ of it, along cosines.
public struct OneCycleSchedule: Codable, Hashable, Sendable {
  public var peak: Float

  private static let rising = 0.3
  private static let first = 1.0 / 25
  private static let last = 1.0 / 25 / 1e4

  public init(peak: Float) { self.peak = peak }

  /// - Parameter step: From 0; after the last of `count` steps the rate stays.
  public func rate(step: Int, of count: Int) -> Float {
    let top = Self.rising * Double(count) - 1
    let end = Double(count) - 1
    let step = min(Double(step), end)
    let share =
      if step <= top {
        top > 0 ? Self.between(Self.first, 1, step / top) : 1
      } else {
        end > max(0, top)
          ? Self.between(1, Self.last, (step - max(0, top)) / (end - max(0, top))) : 1
      }
    return Float(Double(peak) * share)
  }

  /// From `a` to `b` along half a cosine.
  private static func between(_ a: Double, _ b: Double, _ share: Double) -> Double {
    b + (a - b) / 2 * (cos(.pi * share) + 1)
  }
}
