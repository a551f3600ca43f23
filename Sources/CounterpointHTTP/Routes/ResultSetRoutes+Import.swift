// Canonical CSV: a file in, an account of every row out.

import CounterpointModel
import CounterpointRecords
import HTTPTypes

extension ResultSetRoutes {
    func importCSV(_ exchange: Exchange) async throws -> Answer {
        let options = ImportQuery.options(exchange.query)
        let campaign: Campaign.ID = try exchange.id("campaignId")
        let held = HeldIntake()
        let digest = try await FileUpload(exchange: exchange).read(holds: true) { name in
            held.intake = FileIntake(name: name ?? "results.csv", kind: .canonical)
        } take: { piece in
            try held.intake?.take(piece)
        }
        guard let intake = held.intake else {
            throw Problem(.internalFault, "a file that never began")
        }
        let file = try await FileWork.finish(intake)
        let answer = { @Sendable (account: ImportAnswer) in
            ImportQuery.answer(account, campaign)
        }
        let outcome = try await registry.importFile(
            file, for: campaign, options: options, as: exchange.caller,
            once: exchange.once(bodyDigest: digest, answer))
        return exchange.answer(outcome, answer)
    }

    static let importParameters: [QueryParameter] = ImportQuery.parameters(of: "CSV only: ")
}
