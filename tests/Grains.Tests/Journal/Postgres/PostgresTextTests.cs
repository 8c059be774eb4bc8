using MallVip.Grains.Journal;

namespace MallVip.Grains.Tests.Journal.Postgres;

public sealed class PostgresTextTests
{
    [PostgresFact]
    public async Task Text_from_outside_may_hold_what_a_text_column_cannot()
    {
        await using var store = await PostgresStore.CreateAsync();
        var journal = await store.OpenAsync();
        const string Naughty = "a\0b 王小明 🎉";
        var draft = new EntryDraft
        {
            Grain = new GrainKey(GrainKind.Member, 1),
            Seq = 1,
            At = ChainOf.Noon,
            Kind = "mall.purchase",
            Actor = Naughty,
            PrevHash = Hash256.Zero,
            Body = new byte[] { 0, 255 },
            Persons = [new PersonRow(1, 1, "name", Naughty)],
        };

        await journal.AppendAsync(draft);

        var entry = Assert.Single(await journal.ReadAsync(draft.Grain));
        Assert.Equal(Naughty, entry.Actor);
        Assert.Equal(draft.Hash, EntryHash.Compute(entry));
        Assert.Equal(Naughty, (await journal.GetPersonAsync(1))!.Value);
    }

    [PostgresFact]
    public async Task A_batch_larger_than_any_buffer_is_written_whole()
    {
        await using var store = await PostgresStore.CreateAsync();
        var journal = await store.OpenAsync();
        var chains = Enumerable.Range(1, 2_048).Select(i => new ChainOf((ulong)i)).ToList();
        await journal.AppendAsync([.. chains.Select(chain => chain.Next(new string('x', 4_000)))]);
        await journal.AppendAsync(chains[0].Next());
        var audit = await JournalAudit.RunAsync(journal);
        Assert.Equal((2_049L, 0), (audit.Entries, (int)audit.ProblemCount));
    }
}
