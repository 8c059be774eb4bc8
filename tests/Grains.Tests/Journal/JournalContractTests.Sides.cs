using MallVip.Grains.Journal;

namespace MallVip.Grains.Tests.Journal;

public abstract partial class JournalContractTests
{
    private static readonly CheckpointHome[] Homes = [CheckpointHome.Index, CheckpointHome.Journal];

    [ContractFact]
    public async Task A_checkpoint_moves_only_from_where_it_is_expected()
    {
        foreach (var home in Homes)
            await MovesOnlyFromExpectedAsync(home);
    }

    [ContractFact]
    public async Task A_lease_is_taken_over_only_when_it_has_ended_and_then_fences_the_old_owner()
    {
        foreach (var home in Homes)
            await TakesOverOnlyEndedAsync(home);
    }

    private async Task MovesOnlyFromExpectedAsync(CheckpointHome home)
    {
        var reader = new ReaderId("search", home);
        Assert.Null(await Journal.GetCheckpointAsync(reader));
        var lease = await Journal.LeaseCheckpointAsync(reader, "one", Noon, Noon.AddMinutes(1));
        Assert.Equal(new Checkpoint(TailPosition.Start, "one", 1, Noon.AddMinutes(1)), lease);

        var move = new CheckpointMove(reader, 1, TailPosition.Start, TailPosition.At(5), Noon.AddMinutes(2));
        Assert.True(await Journal.CompareAndSetCheckpointAsync(move));
        Assert.False(await Journal.CompareAndSetCheckpointAsync(move));
        Assert.Equal(
            new Checkpoint(TailPosition.At(5), "one", 1, Noon.AddMinutes(2)),
            await Journal.GetCheckpointAsync(reader));
    }

    private async Task TakesOverOnlyEndedAsync(CheckpointHome home)
    {
        var reader = new ReaderId("outbox", home);
        await Journal.LeaseCheckpointAsync(reader, "one", Noon, Noon.AddMinutes(1));
        Assert.Null(
            await Journal.LeaseCheckpointAsync(reader, "two", Noon.AddSeconds(59), Noon.AddMinutes(9)));
        var taken = await Journal.LeaseCheckpointAsync(reader, "two", Noon.AddMinutes(1), Noon.AddMinutes(9));
        Assert.Equal(2, taken!.Epoch);
        Assert.False(await Journal.CompareAndSetCheckpointAsync(
            new CheckpointMove(reader, 1, TailPosition.Start, TailPosition.At(5), Noon.AddMinutes(2))));
        Assert.Null(
            await Journal.LeaseCheckpointAsync(reader, "one", Noon.AddMinutes(2), Noon.AddMinutes(9)));
    }

    [ContractFact]
    public async Task Keys_are_found_at_their_lowest_place_once_added_with_their_checkpoint()
    {
        var reader = new ReaderId("keys", CheckpointHome.Index);
        await Journal.LeaseCheckpointAsync(reader, "one", Noon, Noon.AddMinutes(1));
        var (a, b) = (EventKey.ForEvent("s", "a"), EventKey.ForEvent("s", "b"));
        var move = new CheckpointMove(reader, 1, TailPosition.Start, TailPosition.At(3), Noon.AddMinutes(1));
        Assert.True(await Journal.AddKeysAsync([new KeyAt(a, 1), new KeyAt(b, 2), new KeyAt(a, 3)], move));
        Assert.False(await Journal.AddKeysAsync([new KeyAt(b, 9)], move));
        Assert.Equal(1, await Journal.FindKeyAsync(a));
        Assert.Equal(2, await Journal.FindKeyAsync(b));
        Assert.Equal(0, await Journal.FindKeyAsync(EventKey.ForEvent("s", "c")));
        Assert.Equal(TailPosition.At(3), (await Journal.GetCheckpointAsync(reader))!.Position);
    }

    [ContractFact]
    public async Task A_key_that_the_index_has_keeps_its_place_and_those_beside_it_are_added()
    {
        var reader = new ReaderId("keys", CheckpointHome.Index);
        await Journal.LeaseCheckpointAsync(reader, "one", Noon, Noon.AddMinutes(1));
        var (a, b) = (EventKey.ForEvent("s", "a"), EventKey.ForEvent("s", "b"));
        Assert.True(await Journal.AddKeysAsync([new KeyAt(a, 1)], Move(0, 1)));
        Assert.True(await Journal.AddKeysAsync([new KeyAt(a, 2), new KeyAt(b, 3)], Move(1, 3)));
        Assert.Equal(1, await Journal.FindKeyAsync(a));
        Assert.Equal(3, await Journal.FindKeyAsync(b));

        CheckpointMove Move(long from, long to) => new(
            reader, 1, from == 0 ? TailPosition.Start : TailPosition.At(from), TailPosition.At(to),
            Noon.AddMinutes(1));
    }

    [ContractFact]
    public async Task Many_keys_in_many_batches_are_all_found_and_no_others()
    {
        const int Batch = 700;
        const int Count = 21 * Batch;
        var reader = new ReaderId("keys", CheckpointHome.Index);
        await Journal.LeaseCheckpointAsync(reader, "one", Noon, Noon.AddDays(1));
        for (var at = 0; at < Count; at += Batch)
        {
            var keys = Enumerable.Range(at + 1, Batch).Select(i => new KeyAt(Key(i), i)).ToList();
            Assert.True(await Journal.AddKeysAsync(keys, new CheckpointMove(
                reader, 1, TailPosition.At(at), TailPosition.At(at + Batch), Noon.AddDays(1))));
            await Journal.MaintainAsync();
        }

        for (var i = 1; i <= Count; i++)
            Assert.Equal(i, await Journal.FindKeyAsync(Key(i)));
        for (var i = Count + 1; i <= 2 * Count; i++)
            Assert.Equal(0, await Journal.FindKeyAsync(Key(i)));

        static EventKey Key(int i) => EventKey.ForEvent("many", $"{i}");
    }

    [ContractFact]
    public async Task Milestones_stay_beside_each_other_and_the_newest_up_to_a_seq_is_found()
    {
        var grain = new GrainKey(GrainKind.Member, 7);
        Snapshot At(long seq, int schema = 1) =>
            new(grain, seq, schema, new byte[] { (byte)seq }) { IsMilestone = true };
        await Journal.SaveSnapshotsAsync([At(30), At(10), At(20), At(25, schema: 2)]);

        Assert.Null(await Journal.LoadMilestoneAsync(grain, 1, atMost: 9));
        Assert.Equal(20, (await Journal.LoadMilestoneAsync(grain, 1, atMost: 29))!.Seq);
        Assert.Equal([30], (await Journal.LoadMilestoneAsync(grain, 1, atMost: 30))!.State.ToArray());
        Assert.Null(await Journal.LoadSnapshotAsync(grain, 1));
    }

    [ContractFact]
    public async Task A_snapshot_of_another_schema_is_as_good_as_none()
    {
        var grain = new GrainKey(GrainKind.Member, 5);
        await Journal.SaveSnapshotsAsync([new Snapshot(grain, 3, 1, new byte[] { 1, 2 })]);
        await Journal.SaveSnapshotsAsync([new Snapshot(grain, 9, 2, new byte[] { 3 })]);
        Assert.Null(await Journal.LoadSnapshotAsync(grain, 1));
        var found = await Journal.LoadSnapshotAsync(grain, 2);
        Assert.Equal((9L, 2), (found!.Seq, found.Schema));
        Assert.Equal([3], found.State.ToArray());
    }

    [ContractFact]
    public async Task Persons_come_with_entries_or_alone_and_are_erased_together()
    {
        var chain = new ChainOf(1);
        await Journal.AppendAsync(chain.Next(persons: [new PersonRow(10, 1, "phone", "+8613800138000")]));
        await Journal.PutPersonsAsync(
            [new PersonRow(11, 1, "name", "王小明"), new PersonRow(12, 2, "name", "x")]);
        await Journal.PutPersonsAsync([new PersonRow(12, 2, "name", "y")]);
        Assert.Equal("+8613800138000", (await Journal.GetPersonAsync(10))!.Value);
        Assert.Equal(["name", "phone"], (await Journal.GetPersonsOfAsync(1)).Select(p => p.Kind));
        Assert.Equal(2, await Journal.DeletePersonsOfAsync(1));
        Assert.Null(await Journal.GetPersonAsync(10));
        Assert.Equal("y", (await Journal.GetPersonAsync(12))!.Value);
        Assert.Single(await Journal.ReadAsync(chain.Grain));
    }

    [ContractFact]
    public async Task Rule_versions_are_archived_once_and_settings_replaced()
    {
        await Journal.SaveRulesAsync(new RulesVersionRow("v1", Noon, new byte[] { 1 }));
        await Journal.SaveRulesAsync(new RulesVersionRow("v1", Noon.AddDays(1), new byte[] { 2 }));
        var found = await Journal.LoadRulesAsync("v1");
        Assert.Equal((Noon, (byte)1), (found!.At, found.Body.Span[0]));
        Assert.Null(await Journal.LoadRulesAsync("v2"));
        await Journal.SetMetaAsync("test", "a");
        await Journal.SetMetaAsync("test", "b");
        Assert.Equal("b", await Journal.GetMetaAsync("test"));
        Assert.Null(await Journal.GetMetaAsync("none"));
    }

    [ContractFact]
    public async Task The_opening_binds_the_journal_to_its_server_key()
    {
        var key = ServerKey.FromBytes(new byte[32]);
        await using var writer = await JournalWriter.OpenAsync(Journal, null, TimeProvider.System);
        Assert.False(await JournalOpening.VerifyAsync(Journal, key));
        await JournalOpening.EnsureAsync(Journal, writer, key, Noon);
        await JournalOpening.EnsureAsync(Journal, writer, key, Noon);
        Assert.Equal(1, Journal.Commits.Pos);
        var other = ServerKey.FromText(new string('7', 64));
        var refused = await Assert.ThrowsAsync<ServerKeyException>(
            () => JournalOpening.EnsureAsync(Journal, writer, other, Noon).AsTask());
        Assert.Contains(other.Fingerprint, refused.Message, StringComparison.Ordinal);
    }
}
