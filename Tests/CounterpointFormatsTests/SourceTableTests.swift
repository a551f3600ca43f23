import CounterpointFormats
import Testing

@Suite struct SourceTableTests {
    @Test func aRowKeepsItsPlace() {
        let table = SourceTable(rows: [SourceRow(number: 3, cells: [.text("a"), .empty])])
        #expect(table.part == nil)
        #expect(table.rows[0].number == 3)
    }
}
