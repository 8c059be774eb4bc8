using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using MallVip.Grains.Journal;
using Microsoft.Data.Sqlite;

namespace MallVip.Grains.Tests.Journal;

/// <summary>A journal written by each version, kept as SQL: every later build reads it.</summary>
public sealed class GoldenJournalTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_journal_of_any_version_is_read_for_ever(int version)
    {
        Execute(await File.ReadAllTextAsync(Golden(version)));
        await using var journal = SqliteJournal.Open(_folder.Path);
        Assert.True((await JournalAudit.RunAsync(journal)).IsClean);
        Assert.True(await JournalOpening.VerifyAsync(journal, ServerKey.FromBytes(new byte[32])));

        var entries = await journal.ReadAsync(new GrainKey(GrainKind.Member, 1));
        Assert.Equal([1L, 2, 3], entries.Select(e => e.Seq));
        Assert.Equal("""{"paid":"12.30","note":"中文"}""", Encoding.UTF8.GetString(entries[0].Body.Span));
        Assert.Equal(EventKey.ForEvent("test", "e-1"), entries[0].Key);
        Assert.Equal([EventKey.ForReceipt("store-1", "r-1")], entries[0].ExtraKeys);
        Assert.Equal((UInt128)7, entries[0].ContentHash);
        Assert.Equal((EventKey.None, null), (entries[1].Key, entries[1].ContentHash));
        Assert.Equal(ChainOf.Noon.AddSeconds(1), entries[1].At);
        Assert.Equal(ChainOf.Noon.AddDays(1), await journal.NextDueAsync());
        Assert.Equal("+8613800138000", (await journal.GetPersonAsync(10))!.Value);
        Assert.Equal([1, 2], (await journal.LoadRulesAsync("v1"))!.Body.ToArray());
        var outbox = await journal.GetCheckpointAsync(new ReaderId("outbox", CheckpointHome.Journal));
        Assert.Equal(new Checkpoint(TailPosition.At(2), "local", 1, ChainOf.Noon.AddMinutes(2)), outbox);
    }

    [Fact]
    public async Task Version_2_also_keeps_what_waits_in_the_inbox()
    {
        Execute(await File.ReadAllTextAsync(Golden(2)));
        await using var journal = SqliteJournal.Open(_folder.Path);
        var row = Assert.Single(await journal.ReadInboxAsync(0, 10));
        Assert.Equal((1L, EventKey.ForEvent("test", "e-4")), (row.Pos, row.Event.Key));
        Assert.Equal(
            (ChainOf.Noon, "till-7", "v1"), (row.Event.Arrived, row.Event.Actor, row.Event.RulesVersion));
        Assert.Equal([1, 2, 3], row.Event.Body.ToArray());
        var trace = await journal.FindInboxAsync(EventKey.ForEvent("test", "e-5"));
        Assert.Equal((false, ChainOf.Noon), (trace.Waits, trace.Refusal!.At));
    }

    /// <summary>A command beside a silo reads an old journal as it is; only the silo brings it up.</summary>
    [Fact]
    public async Task A_journal_of_version_1_gets_the_tables_of_version_2_and_nothing_else_is_touched()
    {
        Execute(await File.ReadAllTextAsync(Golden(1)));
        await using (var reader = SqliteJournalReader.Open(_folder.Path))
            Assert.True((await JournalAudit.RunAsync(reader)).IsClean);
        Assert.Equal(await File.ReadAllTextAsync(Golden(1)), Dump());

        await SqliteJournal.Open(_folder.Path).DisposeAsync();

        var second = await File.ReadAllLinesAsync(Golden(2));
        var empty = second.Where(line => !line.StartsWith("INSERT INTO inbox", StringComparison.Ordinal));
        Assert.Equal(string.Join('\n', empty) + "\n", Dump());
    }

    /// <summary>Until the schema's version is raised, this build writes exactly what version 2
    /// wrote.</summary>
    [Fact]
    public async Task This_build_still_writes_version_2()
    {
        await WriteAsync();
        Execute("UPDATE meta SET value = 'golden' WHERE name = 'journal_id'");
        var written = Dump();
        var expected = await File.ReadAllTextAsync(Golden(2));
        if (!string.Equals(expected, written, StringComparison.Ordinal))
            await File.WriteAllTextAsync(Path.Combine(Path.GetTempPath(), "journal-v2.sql"), written);
        Assert.Equal(expected, written);
    }

    private async Task WriteAsync()
    {
        await using var journal = SqliteJournal.Open(_folder.Path);
        await using var writer = await JournalWriter.OpenAsync(journal, null, TimeProvider.System);
        await JournalOpening.EnsureAsync(journal, writer, ServerKey.FromBytes(new byte[32]), ChainOf.Noon);
        var (one, two) = (new ChainOf(1), new ChainOf(2, GrainKind.Identity));
        await writer.Append(one.Next("""{"paid":"12.30","note":"中文"}""", "e-1",
            DueChange.Earlier(ChainOf.Noon.AddDays(1)), [EventKey.ForReceipt("store-1", "r-1")],
            [new PersonRow(10, 1, "phone", "+8613800138000")]));
        await writer.Append(one.Next("""{"expired":5}""", kind: "timer"));
        await writer.Append(two.Next("{}", "e-2"));
        await writer.Append(one.Next("{}", "e-3"));
        await journal.SaveRulesAsync(new RulesVersionRow("v1", ChainOf.Noon, new byte[] { 1, 2 }));
        var outbox = new ReaderId("outbox", CheckpointHome.Journal);
        await journal.LeaseCheckpointAsync(outbox, "local", ChainOf.Noon, ChainOf.Noon.AddMinutes(1));
        await journal.CompareAndSetCheckpointAsync(new CheckpointMove(
            outbox, 1, TailPosition.Start, TailPosition.At(2), ChainOf.Noon.AddMinutes(2)));
        await WriteInboxAsync(journal);
    }

    private static async Task WriteInboxAsync(SqliteJournal journal)
    {
        var (waits, refused) = (EventKey.ForEvent("test", "e-4"), EventKey.ForEvent("test", "e-5"));
        var row = new InboxDraft(waits, ChainOf.Noon, "till-7", "v1", new byte[] { 1, 2, 3 });
        await journal.PutInboxAsync([row, row with { Key = refused }]);
        await journal.SettleInboxAsync([new(2, new(refused, ChainOf.Noon, "{}"u8.ToArray()))]);
    }

    private string Dump()
    {
        using var connection = Open();
        var dump = new StringBuilder();
        var tables = Rows(connection, "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL");
        foreach (var (name, sql) in tables)
        {
            dump.Append(sql).Append(";\n");
            if (!sql.StartsWith("CREATE TABLE", StringComparison.Ordinal))
                continue;
            var names = Rows(connection, $"SELECT name, '' FROM pragma_table_info('{name}')");
            var columns = string.Join(" || ', ' || ", names.Select(c => $"quote({c.Item1})"));
            foreach (var (row, _) in Rows(connection, $"SELECT {columns}, '' FROM {name} ORDER BY 1"))
                dump.Append(CultureInfo.InvariantCulture, $"INSERT INTO {name} VALUES({row});\n");
        }

        return dump.ToString();
    }

    private static List<(string, string)> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<(string, string)>();
        while (reader.Read())
            rows.Add((reader.GetString(0), reader.GetString(1)));
        return rows;
    }

    private void Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={_folder.File("journal.db")};Pooling=False");
        connection.Open();
        return connection;
    }

    private static string Golden(int version, [CallerFilePath] string source = "") =>
        Path.Combine(Path.GetDirectoryName(source)!, "Golden", $"journal-v{version}.sql");
}
