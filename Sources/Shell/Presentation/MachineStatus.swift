import CommandLanguage
import Networks
import Sessions
import Tensors

/// What the program runs on.
private struct StatusRecord: Encodable {
  var version: String
  var seed: Int
  var threads: Int
  var kernels: String
  var vectorBits: Int
  var blas: String
  var gnuplot: Bool
  var objects: [ObjectRecord]
}

extension ShellContext {
  /// What computes: on equal machines the same commands give the same bits.
  package static var machine: String {
    "\(Processor.kernels), \(Processor.vectorBits) bits, \(Linear.library)"
  }

  func machineStatus() -> CommandOutput {
    let status = StatusRecord(
      version: Program.version, seed: session.settings.seed, threads: training.device.threads,
      kernels: Processor.kernels, vectorBits: Processor.vectorBits, blas: Linear.library,
      gnuplot: console.pictures.hasGnuplot, objects: session.names.compactMap(record))
    let rows: [[Table.Cell]] = [
      ["version", .text(status.version)], ["seed", .integer(status.seed)],
      ["threads", .integer(status.threads)],
      ["kernels", .text("\(status.kernels), \(status.vectorBits) bits")],
      ["BLAS", .text(status.blas)],
      ["gnuplot", status.gnuplot ? "installed" : "missing: sudo apt install gnuplot-nox"],
      ["objects", .text(session.names.isEmpty ? "none" : session.names.joined(separator: " "))],
    ]
    return CommandOutput(table: Table(["what", "is"], rows: rows), record: status)
  }
}
