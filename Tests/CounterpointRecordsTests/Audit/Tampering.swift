// Ways in which somebody with every right on the server could alter the log behind Counterpoint's back. Each is one
// script, run with triggers and foreign keys asleep.

import CounterpointRecords
import TestCluster
import TestDice

/// One alteration.
struct Tampering {
    let name: String
    let script: String
    /// Whoever rewrites a whole chain leaves one that holds: only a head kept elsewhere shows it.
    var needsKeptHead = false

    /// How much of the chain is computed again after the edit.
    private enum Repair: String, CaseIterable {
        case nothing, itself, rest, restAndHead
    }

    /// A random alteration of a chain with `length` entries.
    static func random(chain: String, length: Int, using dice: inout Dice) -> Tampering {
        let entry = Int.random(in: 1...length, using: &dice)
        switch Int.random(in: 0..<12, using: &dice) {
        case 0, 1, 2: return edit(chain, entry, nil, &dice)
        case 3: return remove(chain, entry, length, &dice)
        case 4: return insert(chain, entry, length, &dice)
        case 5: return swap(chain, entry, length, &dice)
        case 6, 7: return editDetail(chain, entry, &dice)
        case 8: return empty(chain, entry, &dice)
        case 9: return cut(chain, length, &dice)
        case 10: return head(chain, length, &dice)
        default: return edit(chain, entry, .restAndHead, &dice)
        }
    }

    private static func edit(
        _ chain: String, _ entry: Int, _ repair: Repair?, _ dice: inout Dice
    ) -> Tampering {
        let changes = [
            "at = at + interval '1 microsecond'", "at = 'infinity'",
            "principal_id = gen_random_uuid()",
            "principal_id = case when principal_id is null then gen_random_uuid() end",
            "token_id = case when token_id is null then gen_random_uuid() end",
            "request_id = case when request_id is null then '-' else request_id || 'x' end",
            "request_id = coalesce(request_id, 'x') || '|' || action",
            "action = action || '.'", "subject_kind = 'else'", "subject_id = gen_random_uuid()",
            "organisation_id = case when organisation_id is null then gen_random_uuid() end",
            "digest = sha256(digest)", "previous = sha256(previous)", "hash = sha256(hash)",
        ]
        let change = changes.randomElement(using: &dice)!
        // Who changes a hash itself gains nothing by computing it again.
        let isOfTheChain = change.hasPrefix("previous") || change.hasPrefix("hash")
        let repair =
            isOfTheChain
            ? Repair.nothing : repair ?? [.nothing, .itself, .rest].randomElement(using: &dice)!
        return Tampering(
            name: "edit \(change), repaired: \(repair.rawValue)",
            script: """
                update audit_entries set \(change) where chain = '\(chain)' and sequence = \(entry);
                \(repaired(chain, entry, repair))
                """, needsKeptHead: repair == .restAndHead)
    }

    private static func repaired(_ chain: String, _ entry: Int, _ repair: Repair) -> String {
        switch repair {
        case .nothing: ""
        case .itself: "call tampering.rehash('\(chain)', \(entry), \(entry), false);"
        case .rest: "call tampering.rehash('\(chain)', \(entry), 1000000, false);"
        case .restAndHead: "call tampering.rehash('\(chain)', \(entry), 1000000, true);"
        }
    }

    private static func remove(
        _ chain: String, _ entry: Int, _ length: Int, _ dice: inout Dice
    ) -> Tampering {
        let closesTheGap = Bool.random(using: &dice)
        let both = """
            delete from audit_details where chain = '\(chain)' and sequence = \(entry);
            delete from audit_entries where chain = '\(chain)' and sequence = \(entry);
            """
        guard closesTheGap, entry < length else {
            return Tampering(name: "remove", script: both)
        }
        let rehashes = Bool.random(using: &dice)
        return Tampering(
            name: "remove, close the gap, repaired: \(rehashes)",
            script: both + shift(chain, from: entry, by: -1)
                + (rehashes ? repaired(chain, entry, .restAndHead) : ""), needsKeptHead: rehashes)
    }

    private static func shift(_ chain: String, from entry: Int, by step: Int) -> String {
        ["audit_entries", "audit_details"].map { table in
            """
            update \(table) set sequence = -sequence where chain = '\(chain)' and sequence >= \(entry);
            update \(table) set sequence = \(step) - sequence where chain = '\(chain)' and sequence < 0;
            """
        }.joined()
    }

    private static func insert(
        _ chain: String, _ entry: Int, _ length: Int, _ dice: inout Dice
    ) -> Tampering {
        func forged(_ number: Int, copying model: Int) -> String {
            """
            insert into audit_entries select chain, \(number), at, principal_id, token_id, request_id, action, subject_kind,
                   gen_random_uuid(), organisation_id, digest, previous, hash
              from audit_entries where chain = '\(chain)' and sequence = \(model);
            insert into audit_details select chain, \(number), salt, before, after, erased_by
              from audit_details where chain = '\(chain)' and sequence = \(model);
            """
        }
        switch Int.random(in: 0..<4, using: &dice) {
        case 0:
            return Tampering(name: "insert before the beginning", script: forged(0, copying: entry))
        case 1:
            return Tampering(
                name: "insert after the end",
                script: forged(length + 1, copying: entry)
                    + "call tampering.rehash('\(chain)', \(length + 1), \(length + 1), false);")
        case 2:
            return Tampering(
                name: "insert far after the end", script: forged(length + 9, copying: entry))
        default:
            let model = entry == 1 ? 2 : 1
            return Tampering(
                name: "insert between",
                script: shift(chain, from: entry, by: 1)
                    + forged(entry, copying: model >= entry ? model + 1 : model)
                    + "call tampering.rehash('\(chain)', \(entry), 1000000, false);")
        }
    }

    private static func swap(
        _ chain: String, _ entry: Int, _ length: Int, _ dice: inout Dice
    ) -> Tampering {
        let other = entry == length ? 1 : entry + 1
        let script = ["audit_entries", "audit_details"].map { table in
            """
            update \(table) set sequence = -sequence where chain = '\(chain)' and sequence in (\(entry), \(other));
            update \(table) set sequence = \(entry + other) + sequence where chain = '\(chain)' and sequence < 0;
            """
        }.joined()
        let repair: Repair = Bool.random(using: &dice) ? .nothing : .rest
        return Tampering(
            name: "reorder, repaired: \(repair.rawValue)",
            script: script + repaired(chain, min(entry, other), repair))
    }

    private static func editDetail(
        _ chain: String, _ entry: Int, _ dice: inout Dice
    ) -> Tampering {
        let change = [
            "after = coalesce(after, '') || ' '", "before = coalesce(before, '') || 'x'",
            "salt = sha256(salt)", "after = null, before = coalesce(before, after, 'x')",
            "before = '', after = coalesce(after, '') || '1'",
        ].randomElement(using: &dice)!
        let follows = Bool.random(using: &dice)
        return Tampering(
            name: "edit what was written: \(change), digest too: \(follows)",
            script: """
                update audit_details set \(change) where chain = '\(chain)' and sequence = \(entry);
                \(follows ? "call tampering.redigest('\(chain)', \(entry));" : "")
                \(follows && Bool.random(using: &dice) ? repaired(chain, entry, .rest) : "")
                """)
    }

    private static func empty(
        _ chain: String, _ entry: Int, _ dice: inout Dice
    ) -> Tampering {
        if Bool.random(using: &dice) {
            return Tampering(
                name: "remove what was written",
                script:
                    "delete from audit_details where chain = '\(chain)' and sequence = \(entry);")
        }
        return Tampering(
            name: "empty what was written, claiming an erasure",
            script: """
                update audit_details set salt = null, before = null, after = null, erased_by = coalesce(
                    (select max(erased_by) from audit_details), 1)
                 where chain = '\(chain)' and sequence = \(entry);
                """)
    }

    private static func cut(
        _ chain: String, _ length: Int, _ dice: inout Dice
    ) -> Tampering {
        let left = Int.random(in: 0..<length, using: &dice)
        let mends = Bool.random(using: &dice)
        let mending =
            left == 0
            ? "delete from audit_chains where chain = '\(chain)';"
            : "call tampering.rehash('\(chain)', \(left), \(left), true);"
        return Tampering(
            name: "cut the end off, head mended: \(mends)",
            script: """
                delete from audit_details where chain = '\(chain)' and sequence > \(left);
                delete from audit_entries where chain = '\(chain)' and sequence > \(left);
                \(mends ? mending : "")
                """, needsKeptHead: mends)
    }

    private static func head(
        _ chain: String, _ length: Int, _ dice: inout Dice
    ) -> Tampering {
        let change = [
            "length = length + 1", "length = length - 1", "head = sha256(head)", "length = 0",
        ].randomElement(using: &dice)!
        return Tampering(
            name: "edit the head: \(change)",
            script: "update audit_chains set \(change) where chain = '\(chain)';")
    }

    // MARK: Around them

    /// What the scripts call, and copies of what they alter.
    static let preparation = """
        create schema tampering;
        alter table audit_details drop constraint erased_is_empty;
        create table tampering.entries as table audit_entries;
        create table tampering.details as table audit_details;
        create table tampering.chains as table audit_chains;
        create procedure tampering.redigest(uuid, bigint) language sql as $$
            update audit_entries e set digest = sha256(coalesce(d.salt, '') || coalesce(convert_to('b' || d.before, 'UTF8'), 'n'::bytea)
                || '\\x00'::bytea || coalesce(convert_to('a' || d.after, 'UTF8'), 'n'::bytea))
              from audit_details d where d.chain = e.chain and d.sequence = e.sequence and e.chain = $1 and e.sequence = $2
        $$;
        create procedure tampering.rehash(one uuid, first bigint, last bigint, and_head boolean) language plpgsql as $$
        declare
            entry audit_entries;
            before bytea;
        begin
            for entry in select * from audit_entries e where e.chain = one and e.sequence between first and last order by e.sequence
            loop
                select e.hash into before from audit_entries e where e.chain = one and e.sequence = entry.sequence - 1;
                before := coalesce(before, sha256(uuid_send(one)));
                update audit_entries e set previous = before, hash = sha256(before || convert_to(concat_ws('|', e.sequence, e.chain,
                    case when isfinite(e.at) then (extract(epoch from e.at) * 1000000)::bigint end,
                    coalesce(e.principal_id::text, '-'), coalesce(e.token_id::text, '-'),
                    coalesce(e.request_id, '-'), e.action, e.subject_kind, e.subject_id, coalesce(e.organisation_id::text, '-')),
                    'UTF8') || e.digest) where e.chain = one and e.sequence = entry.sequence;
            end loop;
            if and_head then
                update audit_chains c set (length, head) = (select e.sequence, e.hash from audit_entries e
                    where e.chain = one order by e.sequence desc limit 1) where c.chain = one;
            end if;
        end $$;
        """

    /// The script, with everything asleep that would say no.
    var asSuperuser: String { "set session_replication_role = replica; \(script)" }

    /// Whether a script altered anything: what is empty already cannot be emptied.
    static let hasAltered = """
        select exists (table tampering.entries except table audit_entries)
            or exists (table audit_entries except table tampering.entries)
            or exists (table tampering.details except table audit_details)
            or exists (table audit_details except table tampering.details)
            or exists (table tampering.chains except table audit_chains)
            or exists (table audit_chains except table tampering.chains)
        """

    static let undoing = """
        set session_replication_role = replica;
        delete from audit_entries; delete from audit_details; delete from audit_chains;
        insert into audit_entries select * from tampering.entries;
        insert into audit_details select * from tampering.details;
        insert into audit_chains select * from tampering.chains;
        """
}
