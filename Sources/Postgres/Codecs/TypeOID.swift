// The types this driver speaks, by the numbers the server knows them by. A test compares the list with `pg_type`.

/// Object identifiers of built-in types; fixed for ever by PostgreSQL.
public enum TypeOID {
    public static let bool: UInt32 = 16
    public static let bytea: UInt32 = 17
    public static let name: UInt32 = 19
    public static let int8: UInt32 = 20
    public static let int2: UInt32 = 21
    public static let int4: UInt32 = 23
    public static let text: UInt32 = 25
    public static let unknown: UInt32 = 705
    public static let bpchar: UInt32 = 1042
    public static let varchar: UInt32 = 1043
    public static let date: UInt32 = 1082
    public static let timestamptz: UInt32 = 1184
    public static let uuid: UInt32 = 2950
    public static let json: UInt32 = 114
    public static let jsonb: UInt32 = 3802

    public static let boolArray: UInt32 = 1000
    public static let int2Array: UInt32 = 1005
    public static let int4Array: UInt32 = 1007
    public static let textArray: UInt32 = 1009
    public static let int8Array: UInt32 = 1016
    public static let dateArray: UInt32 = 1182
    public static let timestamptzArray: UInt32 = 1185
    public static let uuidArray: UInt32 = 2951
    public static let jsonbArray: UInt32 = 3807

    /// From here on types belong to the database's own schema (PostgreSQL's FirstNormalObjectId): enums arrive so.
    static let firstOfSchema: UInt32 = 16384

    /// Name in `pg_type` → number, for the test that asks a server.
    package static let byName: [String: UInt32] = [
        "bool": bool, "bytea": bytea, "name": name, "int8": int8, "int2": int2, "int4": int4,
        "text": text, "unknown": unknown, "bpchar": bpchar, "varchar": varchar, "date": date,
        "timestamptz": timestamptz, "uuid": uuid, "json": json, "jsonb": jsonb,
        "_bool": boolArray, "_int2": int2Array, "_int4": int4Array, "_text": textArray,
        "_int8": int8Array, "_date": dateArray, "_timestamptz": timestamptzArray,
        "_uuid": uuidArray, "_jsonb": jsonbArray,
    ]
}
