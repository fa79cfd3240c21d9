import Networks
import Sessions
import Tensors

extension ShellContext {
  /// What computes: on equal machines the same commands give the same bits.
  package static var machine: String {
    "\(Processor.kernels), \(Processor.vectorBits) bits, \(Linear.library)"
  }

  func machineStatus() -> CommandOutput {
    let (seed, threads) = (session.settings.seed, training.device.threads)
    let rows: [[Table.Cell]] = [
      ["version", .text(Program.version)], ["seed", .integer(seed)],
      ["threads", .integer(threads)],
      ["kernels", .text("\(Processor.kernels), \(Processor.vectorBits) bits")],
      ["BLAS", .text(Linear.library)],
      ["gnuplot", hasGnuplot ? "installed" : "missing: sudo apt install gnuplot-nox"],
      ["objects", .text(session.names.isEmpty ? "none" : session.names.joined(separator: " "))],
    ]
    return CommandOutput(
      table: Table(["what", "is"], rows: rows),
      record: [
        "version": Program.version, "seed": seed, "threads": threads,
        "kernels": Processor.kernels, "vectorBits": Processor.vectorBits, "blas": Linear.library,
        "gnuplot": hasGnuplot, "objects": session.names.compactMap { record(of: $0) },
      ] as ResultRecord)
  }
}
