/// A command that was carried out.
public struct JournalEntry: Codable, Hashable, Sendable {
  /// In full, as it would stand in a script.
  public var command: String
  /// Seconds since 1970.
  public var time: Double
  public var seconds: Double
  public var details = Details()

  public init(
    command: String, time: Double, seconds: Double, details: Details = Details()
  ) {
    self.command = command
    self.time = time
    self.seconds = seconds
    self.details = details
  }

  /// What a journal keeps of a command besides its text and its time.
  public struct Details: Codable, Hashable, Sendable {
    /// The script's lines above the command, from `#` on or empty.
    public var above: [String] = []
    /// The comment behind the command, from `#` on.
    public var behind: String?
    /// The script's lines after its last command.
    public var below: [String] = []
    /// The command without paths: what it computes follows from this.
    public var essence = ""
    /// Whether a script that is saved repeats the command.
    public var isScripted = true
    /// Whether it was an option of the program rather than a command.
    public var isOption = false
    /// Objects that the command made or changed.
    public var made: [Made] = []
    /// The numbers of its result, by their place in it: `runs[0].by_task[2]`. Seconds are left out.
    public var figures: [Figure] = []
    /// SHA-256 over all figures, of which a long result keeps only the first.
    public var figuresDigest = ""
    /// What it printed.
    public var output = ""

    public init() {}
  }

  /// An object with the SHA-256 over its numbers.
  public struct Made: Codable, Hashable, Sendable {
    public var name: String
    public var digest: String

    public init(name: String, digest: String) {
      self.name = name
      self.digest = digest
    }
  }

  public struct Figure: Codable, Hashable, Sendable {
    public var name: String
    public var value: Double

    public init(name: String, value: Double) {
      self.name = name
      self.value = value
    }
  }
}
