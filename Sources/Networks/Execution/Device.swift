internal import Synchronization
public import Tensors

/// What networks are computed on: threads, and memory that is made once and used again.
///
/// Holds no state that a result depends on: any two devices give the same bits.
public final class Device: Sendable {
  public let pool: ThreadPool
  private let idle = Mutex<[Workspace]>([])

  /// Workspaces kept for the next call: a student's, a teacher's, and an evaluation's of each.
  private static let capacity = 4

  /// - Parameter threads: At least 1.
  public init(threads: Int) {
    pool = ThreadPool(threadCount: threads)
  }

  public var threads: Int { pool.threadCount }

  /// Bytes of memory that a pass over so many images takes, besides the network and the images.
  public static func bytes(
    for architecture: Architecture, images: Int, training: Bool
  ) -> Int {
    Workspace.bytes(architecture, images: images, training: training)
  }

  /// Lends a workspace for so many images.
  func withWorkspace<Result>(
    _ use: Workspace.Use, images: Int, _ body: (Workspace) -> Result
  ) -> Result {
    let found = idle.withLock { list in
      list.firstIndex { $0.use == use && $0.capacity >= images }.map { list.remove(at: $0) }
    }
    let workspace = found ?? Workspace(use, capacity: max(images, 1))
    defer {
      idle.withLock { list in
        list.removeAll { $0.use == use && $0.capacity < workspace.capacity }
        list.insert(workspace, at: 0)
        if list.count > Self.capacity { list.removeLast() }
      }
    }
    return body(workspace)
  }
}
