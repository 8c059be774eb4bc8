namespace MallVip.Grains.Journal;

/// <summary>A table that a move takes from <c>journal.db</c> to the database, row by row as it is stored.
/// What <c>index.db</c> holds is made anew from the journal, as after its loss.</summary>
/// <param name="Name">Its name on both sides.</param>
/// <param name="Order">The unique column by which rows are read; two, where one is not enough.</param>
/// <param name="Columns">What stands on both sides.</param>
internal sealed record MovedTable(string Name, MovedColumn[] Order, params MovedColumn[] Columns)
{
    /// <summary>The writer of a data folder, and so of all that comes from there.</summary>
    public const int Writer = 1;

    private static readonly MovedColumn Pos = Long("pos");
    private static readonly MovedColumn Grain = Bytes("grain");
    private static readonly MovedColumn Key = Bytes("key");
    private static readonly MovedColumn At = Long("at");
    private static readonly MovedColumn Body = Bytes("body");
    private static readonly MovedColumn Rules = Text("rules_version");

    /// <summary>The one table that is only ever added to: an interrupted move goes on in it.</summary>
    public static MovedTable Journal { get; } = new(
        "journal", [Pos], Pos, Long("prev_pos"), Long("batch"), Long("seq"), At, Int("writer"), Grain,
        Text("kind"), Key, Bytes("content_hash"), Bytes("extra_keys"), Bytes("actor"), Rules,
        Bytes("prev_hash"), Bytes("hash"), Body)
    {
        Added = ("epoch", static (row, epoch) => row.Int64(epoch)),
    };

    /// <summary>The others: an interrupted move copies them anew.</summary>
    public static IReadOnlyList<MovedTable> Others { get; } =
    [
        new("batch_root", [Int("writer"), Long("batch")], Int("writer"), Long("batch"), Bytes("root")),
        new("rules_version", [Text("version")], Text("version"), At, Body),
        new("person", [Bytes("handle")], Bytes("handle"), Bytes("member"), Text("kind"), Bytes("value")),
        new("due", [Grain], Grain, At, Long("claimed_until")),
        new("inbox", [Pos], Pos, Key, At, Bytes("actor"), Rules, Body)
        {
            Added = ("writer", static (row, _) => row.Int32(Writer)),
        },
        new("inbox_refusal", [Key], Key, At, Body),
        new(
            "checkpoint", [Text("reader")], Text("reader"), Long("epoch"), Text("position"), Text("owner"),
            Long("until"))
        {
            Added = ("home", static (row, _) => row.Int16((short)CheckpointHome.Journal)),
        },
        new("meta", [Text("name")], Text("name"), Text("value"))
        {
            InFolder = "name NOT IN ('schema', 'journal_id')",
            InDatabase = $"name <> '{MoveMark.Setting}'",
        },
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<MovedTable> All => Others.Prepend(Journal);

    /// <summary>A column that only the database has, and what it holds in an epoch.</summary>
    public (string Name, Action<CopyBuffer, long> Write)? Added { get; private init; }

    private string InFolder { get; init; } = "true";

    private string InDatabase { get; init; } = "true";

    /// <summary>How many rows the folder has.</summary>
    public string Count => $"SELECT count(*) FROM {Name} WHERE {InFolder}";

    /// <summary>The folder's rows in order.</summary>
    public string FromFolder =>
        $"SELECT {List(Columns, column => column.Name)} FROM {Name} WHERE {InFolder} "
        + $"ORDER BY {List(Order, column => column.Name)}";

    /// <summary>The database's rows in the same order.</summary>
    public string FromDatabase =>
        $"SELECT {List(Columns, column => column.Asked)} FROM {Name} WHERE {InDatabase} "
        + $"ORDER BY {List(Order, column => column.Asked)}";

    /// <summary>Writes rows into the database.</summary>
    public string IntoDatabase =>
        $"COPY {Name}({List(Columns, column => column.Name)}{(Added is { } added ? $", {added.Name}" : "")}) "
        + "FROM STDIN (FORMAT BINARY)";

    private static string List(MovedColumn[] columns, Func<MovedColumn, string> text) =>
        string.Join(", ", columns.Select(text));

    private static MovedColumn Long(string name) => new(name, MovedKind.Long);

    private static MovedColumn Int(string name) => new(name, MovedKind.Int);

    private static MovedColumn Text(string name) => new(name, MovedKind.Text);

    private static MovedColumn Bytes(string name) => new(name, MovedKind.Bytes);
}
