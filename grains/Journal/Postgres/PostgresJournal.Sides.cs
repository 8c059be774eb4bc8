using Npgsql;

namespace MallVip.Grains.Journal;

public sealed partial class PostgresJournal
{
    private const string Save = """
        INSERT INTO snapshot(grain, seq, schema, state) SELECT * FROM unnest($1, $2, $3, $4)
        ON CONFLICT (grain) DO UPDATE
        SET seq = excluded.seq, schema = excluded.schema, state = excluded.state
        """;

    private const string SaveMilestones = """
        INSERT INTO milestone(grain, seq, schema, state) SELECT * FROM unnest($1, $2, $3, $4)
        ON CONFLICT (grain, seq) DO UPDATE SET schema = excluded.schema, state = excluded.state
        """;

    public async ValueTask<Snapshot?> LoadSnapshotAsync(
        GrainKey grain, int schema, CancellationToken cancel = default) =>
        await Queries.FirstAsync(
            "SELECT seq, state FROM snapshot WHERE grain = $1 AND schema = $2",
            command => command.With(grain.ToBytes()).With(schema),
            row => new Snapshot(grain, row.GetInt64(0), schema, row.GetFieldValue<byte[]>(1)), cancel);

    public async ValueTask<Snapshot?> LoadMilestoneAsync(
        GrainKey grain, int schema, long atMost, CancellationToken cancel = default) =>
        await Queries.FirstAsync(
            "SELECT seq, state FROM milestone WHERE grain = $1 AND schema = $2 AND seq <= $3 "
            + "ORDER BY seq DESC LIMIT 1",
            command => command.With(grain.ToBytes()).With(schema).With(atMost),
            row => new Snapshot(grain, row.GetInt64(0), schema, row.GetFieldValue<byte[]>(1))
            {
                IsMilestone = true,
            },
            cancel);

    public async ValueTask SaveSnapshotsAsync(
        IReadOnlyList<Snapshot> snapshots, CancellationToken cancel = default) =>
        await Queries.RunAsync(
            batch =>
            {
                Add(batch, Save, snapshots.Where(saved => !saved.IsMilestone)
                    .GroupBy(saved => saved.Grain).Select(same => same.Last()));
                Add(batch, SaveMilestones, snapshots.Where(saved => saved.IsMilestone)
                    .GroupBy(saved => (saved.Grain, saved.Seq)).Select(same => same.Last()));
            },
            cancel);

    public async ValueTask PutPersonsAsync(
        IReadOnlyList<PersonRow> rows, CancellationToken cancel = default) =>
        await Queries.RunAsync(batch => PersonRows.AddTo(batch, rows), cancel);

    public async ValueTask<PersonRow?> GetPersonAsync(UInt128 handle, CancellationToken cancel = default) =>
        await Queries.FirstAsync(
            PersonRows.Select + "WHERE handle = $1", command => command.With(PersonRows.Bytes(handle)),
            PersonRows.Read, cancel);

    public async ValueTask<IReadOnlyList<PersonRow>> GetPersonsOfAsync(
        UInt128 member, CancellationToken cancel = default) =>
        await Queries.ListAsync(
            PersonRows.Select + "WHERE member = $1 ORDER BY kind COLLATE \"C\", handle",
            command => command.With(PersonRows.Bytes(member)), PersonRows.Read, cancel);

    /// <summary>The bytes stay in dead rows until autovacuum has passed, which the table asks for at once,
    /// and in the write-ahead log, its archive and backups for as long as those are kept.</summary>
    public async ValueTask<int> DeletePersonsOfAsync(UInt128 member, CancellationToken cancel = default) =>
        await Queries.RunAsync(
            "DELETE FROM person WHERE member = $1",
            command => command.With(PersonRows.Bytes(member)), cancel);

    public async ValueTask SetMetaAsync(string name, string value, CancellationToken cancel = default) =>
        await Queries.RunAsync(
            "INSERT INTO meta(name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2",
            command => command.With(name).With(value), cancel);

    public async ValueTask SaveRulesAsync(RulesVersionRow row, CancellationToken cancel = default) =>
        await Queries.RunAsync(
            "INSERT INTO rules_version(version, at, body) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            command => command.With(row.Version).With(StoredTime.From(row.At)).With(row.Body), cancel);

    private static void Add(NpgsqlBatch batch, string sql, IEnumerable<Snapshot> snapshots)
    {
        var ordered = snapshots.OrderBy(saved => saved.Grain).ThenBy(saved => saved.Seq).ToArray();
        if (ordered.Length == 0)
            return;
        batch.Add(sql)
            .With(Array.ConvertAll(ordered, saved => saved.Grain.ToBytes()))
            .With(Array.ConvertAll(ordered, saved => saved.Seq))
            .With(Array.ConvertAll(ordered, saved => saved.Schema))
            .With(Array.ConvertAll(ordered, saved => saved.State.ToArray()));
    }
}
