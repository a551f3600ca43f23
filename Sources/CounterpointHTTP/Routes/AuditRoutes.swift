// The audit log: read only.

import CounterpointModel
import CounterpointRecords

struct AuditRoutes {
    let registry: Registry

    var list: Operation {
        Operation(
            "listAuditEntries", "List audit entries",
            "Each programme has a chain of its own. What may be read is what one may see.",
            tag: .audit,
            query: [
                .id("programme", "Only of this programme's chain."),
                .id("organisation", "Only about this organisation."),
                .id("subject", "Only about the record with this id."),
                .id("principal", "Only by this principal."),
                QueryParameter(
                    "action", .text(longest: 60), "Only of this kind, as resultSet.accepted."),
                QueryParameter("since", .instant, "From this moment on."),
                QueryParameter("until", .instant, "Up to this moment."),
            ] + .page,
            answers: [.page(of: "AuditEntry")], problems: [.forbidden]
        ) { [registry] exchange in
            let query = exchange.query
            var filter = AuditFilter()
            filter.programme = query.id("programme")
            filter.organisation = query.id("organisation")
            filter.subject = query.id("subject", of: AuditEntry.self)?.uuid
            filter.principal = query.id("principal")
            filter.action = query.text("action")
            filter.since = query.instant("since")
            filter.until = query.instant("until")
            let page = try await registry.auditEntries(
                filter, page: exchange.page, as: exchange.caller)
            return .page(page, of: exchange, \.document)
        }
    }
}
