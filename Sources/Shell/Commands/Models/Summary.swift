import CommandLanguage
import Networks
import PlainText
import Sessions

extension Command<ShellContext> {
  static var summary: ShellCommand {
    let net = Parameter.positional(
      "net", .object(.network, .run, .checkpoint), "The network, or that of a run.")
    let batch = Parameter.option(
      "batch", .integer(1...65_536), default: 64, "Images per batch, for sizes and multiply-adds.",
      searchWords: ["batch_size"])
    return ShellCommand(
      "summary", "Shows a network layer by layer, as torchinfo does.", category: .models,
      effect: .looks, searchWords: ["torchinfo"], parameters: [net, batch], formats: .table,
      examples: [
        Example("summary net", "Output shapes, parameters and multiply-adds."),
        Example("summary net batch=1 > summary.json", "The same for other programs."),
      ], seeAlso: ["define model"]
    ) { context, arguments in
      let architecture = try context.network(of: arguments[net]).architecture
      let summary = Summary(architecture, batch: arguments[batch])
      let rows = summary.rows.map { row -> [Table.Cell] in
        [
          .text("\(row.kind) (\(row.name))"),
          .text("[" + row.outputShape.map(String.init).joined(separator: ", ") + "]"),
          .count(row.parameters), .count(row.multiplyAdds),
        ]
      }
      func megabytes(_ bytes: Int) -> String { fixed(Double(bytes) / 1e6, 2) + " MB" }
      return CommandOutput(
        "\(summary.network), batch of \(summary.batch)",
        table: Table(
          [
            Table.Column("layer"), Table.Column("output shape", key: "output_shape"),
            "parameters", Table.Column("multiply-adds", key: "multiply_adds"),
          ], rows: rows),
        notes: [
          "parameters: \(grouped(summary.parameters)), all trainable",
          "multiply-adds: \(fixed(Double(summary.multiplyAdds) / 1e6, 2)) M",
          "input \(megabytes(summary.inputBytes)), forward/backward pass "
            + "\(megabytes(summary.passBytes)), parameters \(megabytes(summary.parameterBytes)), "
            + "total \(megabytes(summary.totalBytes))",
        ],
        record: [
          "network": summary.network, "batch": summary.batch, "layers": summary.rows,
          "parameters": summary.parameters, "multiplyAdds": summary.multiplyAdds,
          "inputBytes": summary.inputBytes, "passBytes": summary.passBytes,
          "parameterBytes": summary.parameterBytes, "totalBytes": summary.totalBytes,
        ] as ResultRecord)
    }
  }
}
