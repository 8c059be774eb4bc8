using MallVip.Grains.Journal;
using Microsoft.Data.Sqlite;

namespace MallVip.Grains.Tests.Journal;

/// <summary>Whoever changes the file behind MallVip's back is found out.</summary>
public sealed class JournalAuditTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ChainOf _one = new(1);
    private readonly ChainOf _two = new(2);
    private JournalAnchor _anchor = null!;

    public async Task InitializeAsync()
    {
        await using var journal = SqliteJournal.Open(_folder.Path);
        await journal.AppendAsync(_one.Next(key: "a"), _two.Next(key: "b"));
        await journal.AppendAsync(_one.Next(key: "c"), _one.Next(key: "d"));
        await journal.AppendAsync(_two.Next(key: "e"), _one.Next(key: "f"));
        _anchor = (await JournalAudit.RunAsync(journal)).Anchor;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_untouched_journal_is_clean_and_holds_its_anchor()
    {
        var report = await AuditAsync(JournalAnchor.Parse(_anchor.ToJson()));
        Assert.True(report.IsClean);
        Assert.Equal((6L, 2L, 3L, 6L), (report.Entries, report.Grains, report.Batches, report.Keys));
    }

    [Theory]
    [InlineData("UPDATE journal SET body = x'7b7d20' WHERE pos = 3", 3, AuditCode.HashWrong)]
    [InlineData("UPDATE journal SET actor = 'someone' WHERE pos = 3", 3, AuditCode.HashWrong)]
    [InlineData("UPDATE journal SET at = at + 1 WHERE pos = 3", 3, AuditCode.HashWrong)]
    [InlineData("UPDATE journal SET prev_pos = 2 WHERE pos = 3", 3, AuditCode.PreviousPlaceWrong)]
    [InlineData("UPDATE journal SET prev_hash = zeroblob(32) WHERE pos = 3", 3, AuditCode.ChainBroken)]
    [InlineData("UPDATE journal SET seq = 9 WHERE pos = 3", 3, AuditCode.SeqNotNext)]
    [InlineData("DELETE FROM journal WHERE pos = 3", 4, AuditCode.SeqNotNext)]
    [InlineData("UPDATE batch_root SET root = zeroblob(32) WHERE batch = 2", 3, AuditCode.RootWrong)]
    [InlineData("DELETE FROM batch_root WHERE batch = 3", 5, AuditCode.RootWrong)]
    [InlineData("DELETE FROM journal WHERE batch = 3", 0, AuditCode.BatchMissing)]
    [InlineData("UPDATE journal SET key = (SELECT key FROM journal WHERE pos = 1) WHERE pos = 5", 5,
        AuditCode.DuplicateKey)]
    [InlineData("UPDATE journal SET extra_keys = (SELECT key FROM journal WHERE pos = 1) WHERE pos = 5", 5,
        AuditCode.DuplicateKey)]
    [InlineData("UPDATE journal SET extra_keys = x'00000000000000000000000000000007' WHERE pos IN (2, 5)",
        5, AuditCode.DuplicateKey)]
    public async Task Tampering_is_found_where_it_was_done(string sql, long pos, AuditCode code)
    {
        Tamper(sql);
        var report = await AuditAsync(null);
        Assert.Contains(report.Problems, p => p.Code == code && p.Pos == pos);
    }

    [Theory]
    [InlineData("DELETE FROM journal WHERE batch = 3; DELETE FROM batch_root WHERE batch = 3")]
    [InlineData("DELETE FROM journal; DELETE FROM batch_root")]
    public async Task A_cut_end_is_found_by_the_anchor_and_by_nothing_else(string sql)
    {
        Tamper(sql);
        Assert.True((await AuditAsync(null)).IsClean);
        var problem = Assert.Single((await AuditAsync(_anchor)).Problems);
        Assert.Equal(AuditCode.AnchorBroken, problem.Code);
    }

    [Fact]
    public async Task A_member_taken_out_with_all_roots_made_anew_is_found_by_the_anchor()
    {
        using var forged = new TempFolder();
        await using (var journal = SqliteJournal.Open(forged.Path))
        {
            var chain = new ChainOf(1);
            await journal.AppendAsync(chain.Next(key: "a"));
            await journal.AppendAsync(chain.Next(key: "c"), chain.Next(key: "d"));
            await journal.AppendAsync(chain.Next(key: "f"));
        }

        await using var reader = SqliteJournalReader.Open(forged.Path);
        Assert.True((await JournalAudit.RunAsync(reader)).IsClean);
        var report = await JournalAudit.RunAsync(reader, new AuditOptions { Anchor = _anchor });
        Assert.Contains(report.Problems, p => p.Code == AuditCode.AnchorBroken);
    }

    [Fact]
    public async Task Keys_are_compared_in_several_passes_when_there_are_many()
    {
        Tamper("UPDATE journal SET key = (SELECT key FROM journal WHERE pos = 1) WHERE pos = 5");
        await using var reader = SqliteJournalReader.Open(_folder.Path);
        var report = await JournalAudit.RunAsync(reader, new AuditOptions { KeysPerPass = 1 });
        Assert.Equal(6, report.Keys);
        Assert.Contains(report.Problems, p => p.Code == AuditCode.DuplicateKey && p.Pos == 5);
    }

    [Fact]
    public void A_file_that_is_no_anchor_is_refused()
    {
        Assert.Throws<JournalDamagedException>(() => JournalAnchor.Parse("{}"));
        Assert.Throws<JournalDamagedException>(() => JournalAnchor.Parse("not json"));
    }

    private async Task<AuditReport> AuditAsync(JournalAnchor? anchor)
    {
        await using var reader = SqliteJournalReader.Open(_folder.Path);
        return await JournalAudit.RunAsync(reader, new AuditOptions { Anchor = anchor });
    }

    private void Tamper(string sql)
    {
        using var connection = new SqliteConnection(
            $"Data Source={_folder.File("journal.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }
}
