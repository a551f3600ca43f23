// The doctor on healthy and on broken installations.

import CounterpointModel
import CounterpointRecords
import FoundationEssentials
import TestCluster
import TestRegistry
import Testing

@testable import counterpoint

@Suite struct DoctorTests {
    @Test func aHealthyInstallationPasses() async throws {
        try await Workbench.with { bench, test in
            let run = await bench.run(
                "doctor", "--service-url", try test.database.url(user: "counterpoint_service"),
                "--output", "json")
            #expect(run.code == 0, "\(run.output) \(run.errors)")
            #expect(try run.json()["healthy"] == true)
            let subjects =
                try run.json()["checks"]?.array?.compactMap { $0["subject"]?.string } ?? []
            for subject in ["database", "clock", "login", "schema", "service"] {
                #expect(subjects.contains(subject), "\(subject)")
            }
        }
    }

    @Test func aPrivateClusterIsFoundInTheFolder() async throws {
        try await Workbench.with { bench, test in
            var bench = bench
            bench.environment["DATABASE_URL"] = nil
            let away = await bench.run("programme", "list")
            #expect(away.code == 69)
            #expect(away.errors.contains("make run"))
            try FileManager.default.createDirectory(
                atPath: bench.folder + "/.local/postgres", withIntermediateDirectories: true)
            try bench.write(
                """
                ADMIN_URL=\(try test.database.url(user: "postgres"))
                SERVICE_URL=\(try test.database.url(user: "counterpoint_service"))
                OPERATOR_URL=\(try test.database.url(user: "counterpoint_operator"))

                """, to: ConnectionAddress.privateCluster)
            #expect(await bench.run("programme", "list").code == 0)
            #expect(await bench.run("schema", "status").code == 0)
            let doctor = await bench.run("doctor")
            #expect(doctor.code == 0, "\(doctor.output)")
            #expect(doctor.output.contains("counterpoint_service signs in"))
            #expect(doctor.output.contains("MB are free"))
            // Written with the usual mode, and it holds addresses.
            #expect(doctor.output.contains("chmod 600 \(ConnectionAddress.privateCluster)"))
        }
    }

    @Test func everyFaultHasItsRemedy() async throws {
        try await Workbench.empty { bench in
            let bare = await bench.run("doctor")
            #expect(bare.code == 69)
            #expect(bare.output.contains("counterpoint schema migrate"))
            #expect(await bench.run("programme", "list").code == 69)
            #expect(await bench.run("schema", "migrate").code == 0)
            try await bench.database.run("alter table grants no force row level security")
            let open = await bench.run("doctor")
            #expect(open.code == 69)
            #expect(open.output.contains("alter table public.grants"))
            #expect(open.output.contains("counterpoint schema operator-login"))
        }
    }

    @Test func theServicesLoginIsNotForPeople() async throws {
        try await Workbench.with { bench, test in
            var bench = bench
            bench.environment["DATABASE_URL"] = try test.database.url(user: "counterpoint_service")
            let list = await bench.run("programme", "list")
            #expect(list.code == 77)
            #expect(list.errors.contains("operator-login"))
            #expect(await bench.run("doctor").code == 77)
            // The other way round: the service with a login that may do anything.
            bench.environment["DATABASE_URL"] = try test.database.url(user: "counterpoint_operator")
            let strong = await bench.run(
                "doctor", "--service-url", try test.database.url(user: "postgres"))
            #expect(strong.code == 69)
            #expect(strong.output.contains("service-login"))
        }
    }

    @Test func nobodyHome() async throws {
        try await Workbench.with { bench, _ in
            var bench = bench
            bench.environment["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/nothing"
            let doctor = await bench.run("doctor")
            #expect(doctor.code == 69)
            #expect(doctor.output.contains("cannot be reached"))
            let list = await bench.run("programme", "list")
            #expect(list.code == 69)
            #expect(list.errors.contains("cannot be reached"))
            bench.environment["DATABASE_URL"] = "postgresql://host/x?bogus=1"
            #expect(await bench.run("programme", "list").code == 65)
        }
    }
}
