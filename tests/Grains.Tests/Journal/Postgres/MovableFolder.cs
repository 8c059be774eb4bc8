using MallVip.Grains.Journal;

namespace MallVip.Grains.Tests.Journal.Postgres;

/// <summary>A data folder with something in every table that a move takes along.</summary>
internal sealed class MovableFolder : IDisposable
{
    /// <summary>An identity's, in which nothing happened.</summary>
    private const string Body = """{"v":1,"facts":[]}""";

    private readonly TempFolder _folder = new();

    public static ServerKey Key { get; } = ServerKey.FromBytes([.. Enumerable.Repeat((byte)0x77, 32)]);

    /// <summary>A reader whose checkpoint stands with the journal.</summary>
    public static ReaderId Outbox { get; } = new("outbox", CheckpointHome.Journal);

    public string Path => _folder.Path;

    /// <param name="identities">How many grains of identities, each with 64 KiB in one entry.</param>
    public static async Task<MovableFolder> CreateAsync(int identities = 0)
    {
        var folder = new MovableFolder();
        await using var journal = SqliteJournal.Open(folder.Path);
        await using (var writer = await JournalWriter.OpenAsync(journal, null, TimeProvider.System))
            await JournalOpening.EnsureAsync(journal, writer, Key, ChainOf.Noon);
        await FillAsync(journal);
        var body = $$"""{"v":1,"facts":[],"pad":"{{new string('x', 65_536)}}"}""";
        for (var i = 0; i < identities; i++)
            await journal.AppendAsync(new ChainOf((UInt128)(100 + i), GrainKind.Identity).Next(body));
        return folder;
    }

    public void Dispose() => _folder.Dispose();

    private static async Task FillAsync(SqliteJournal journal)
    {
        var identity = new ChainOf(1, GrainKind.Identity);
        await journal.AppendAsync(
            identity.Next("""{"v":1,"facts":[],"name":"中文"}""", "e-1", DueChange.Exactly(ChainOf.Noon.AddDays(1)),
                [EventKey.ForReceipt("store-1", "r-1")], [new PersonRow(10, 1, "phone", "+86\0138中")]),
            identity.Next(Body),
            new ChainOf(2, GrainKind.Identity).Next(Body, due: DueChange.Exactly(ChainOf.Noon.AddDays(2))));
        await journal.AppendAsync(identity.Next(Body, "e-2"));
        await journal.SaveRulesAsync(new("v1", ChainOf.Noon, new byte[] { 1, 2 }));
        await journal.SetMetaAsync("settled-for", "v1");
        await journal.PutInboxAsync(
            [Waiting("e-3"), Waiting("e-4"), Waiting("e-5")]);
        await journal.SettleInboxAsync(
            [new(1, new(EventKey.ForEvent("test", "e-3"), ChainOf.Noon, new byte[] { 9 }))]);
        var lease = await journal.LeaseCheckpointAsync(
            Outbox, "local", ChainOf.Noon, ChainOf.Noon.AddMinutes(1));
        await journal.CompareAndSetCheckpointAsync(
            new(Outbox, lease!.Epoch, lease.Position, TailPosition.At(3), ChainOf.Noon.AddMinutes(2)));
    }

    private static InboxDraft Waiting(string id) =>
        new(EventKey.ForEvent("test", id), ChainOf.Noon, "till-7", "v1", new byte[] { 1, 2, 3 });
}
