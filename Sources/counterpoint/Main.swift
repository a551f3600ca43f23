// counterpoint: the command-line tool of an installation. To follow a command, read Run/CommandRun.swift and then the
// file of its noun under Nouns/.

import Glibc

@main
enum Program {
    static func main() async {
        exit(await CommandRun.run(Array(CommandLine.arguments.dropFirst()), in: .process))
    }
}
