using MallVip.Grains.Journal;

namespace MallVip.Grains.Tests.Journal;

public abstract partial class JournalContractTests
{
    private static readonly DateTimeOffset Noon = ChainOf.Noon.ToUniversalTime();

    [ContractFact]
    public async Task Due_grains_come_ordered_by_instant_and_not_before_it()
    {
        var chains = Enumerable.Range(1, 4).Select(i => new ChainOf((ulong)i)).ToList();
        await Journal.AppendAsync(
            chains[0].Next(due: DueChange.Earlier(Noon.AddMinutes(3))),
            chains[1].Next(due: DueChange.Earlier(Noon.AddMinutes(1))),
            chains[2].Next(due: DueChange.Earlier(Noon.AddMinutes(9))),
            chains[3].Next());

        Assert.Equal(Noon.AddMinutes(1), await Journal.NextDueAsync());
        Assert.Empty(await Claim(Noon));
        var due = await Claim(Noon.AddMinutes(3));
        Assert.Equal([chains[1].Grain, chains[0].Grain], due.Select(d => d.Grain));
        Assert.Equal(Noon.AddMinutes(1), due[0].At);
    }

    [ContractFact]
    public async Task A_due_row_only_moves_earlier_except_by_a_poke()
    {
        var chain = new ChainOf(1);
        await Journal.AppendAsync(
            chain.Next(due: DueChange.Earlier(Noon.AddMinutes(5))),
            chain.Next(due: DueChange.Earlier(Noon.AddMinutes(9))));
        Assert.Equal(Noon.AddMinutes(5), await Journal.NextDueAsync());
        await Journal.AppendAsync(chain.Next(due: DueChange.Earlier(Noon.AddMinutes(2))));
        Assert.Equal(Noon.AddMinutes(2), await Journal.NextDueAsync());
        await Journal.AppendAsync(chain.Next(due: DueChange.Exactly(Noon.AddMinutes(30))));
        Assert.Equal(Noon.AddMinutes(30), await Journal.NextDueAsync());
        await Journal.AppendAsync(chain.Next(due: DueChange.Clear));
        Assert.Null(await Journal.NextDueAsync());
    }

    [ContractFact]
    public async Task Held_grains_are_neither_claimed_nor_waited_for_and_do_not_hide_those_behind_them()
    {
        var chains = Enumerable.Range(1, 5).Select(i => new ChainOf((ulong)i)).ToList();
        for (var i = 0; i < chains.Count; i++)
            await Journal.AppendAsync(chains[i].Next(due: DueChange.Earlier(Noon.AddMinutes(i))));
        bool Held(GrainKey grain) => grain.Id <= 3;

        var claimed = await Journal.ClaimDueAsync(Noon.AddMinutes(9), 2, Noon.AddHours(1), Held);

        Assert.Equal([chains[3].Grain, chains[4].Grain], claimed.Select(row => row.Grain));
        Assert.Equal(Noon.AddHours(1), await Journal.NextDueAsync(Held));
        Assert.Equal(Noon, await Journal.NextDueAsync());
        Assert.Equal(3, (await Claim(Noon.AddMinutes(9))).Count);
    }

    [ContractFact]
    public async Task A_claimed_grain_goes_to_nobody_else_until_the_claim_ends()
    {
        var chains = Enumerable.Range(1, 3).Select(i => new ChainOf((ulong)i)).ToList();
        await Journal.AppendAsync(chains.Select(c => c.Next(due: DueChange.Earlier(Noon))).ToArray());
        var first = await Journal.ClaimDueAsync(Noon, 2, Noon.AddMinutes(1));
        var second = await Journal.ClaimDueAsync(Noon, 2, Noon.AddMinutes(2));
        Assert.Equal(2, first.Count);
        Assert.Single(second);
        Assert.Empty(first.Select(d => d.Grain).Intersect(second.Select(d => d.Grain)));
        Assert.Empty(await Claim(Noon.AddSeconds(59)));
        Assert.Equal(Noon.AddMinutes(1), await Journal.NextDueAsync());
        Assert.Equal(first.Select(d => d.Grain), (await Claim(Noon.AddMinutes(1))).Select(d => d.Grain));
    }

    [ContractFact]
    public async Task Claims_at_the_same_moment_never_share_a_grain()
    {
        var chains = Enumerable.Range(1, 200).Select(i => new ChainOf((ulong)i)).ToList();
        await Journal.AppendAsync(chains.Select(c => c.Next(due: DueChange.Earlier(Noon))).ToArray());
        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () => Journal.ClaimDueAsync(Noon, 40, Noon.AddMinutes(1)).AsTask(), default,
            TaskCreationOptions.None, TaskScheduler.Default).Unwrap()));
        var grains = claims.SelectMany(c => c).Select(d => d.Grain).ToList();
        Assert.Equal(200, grains.Count);
        Assert.Equal(200, grains.Distinct().Count());
    }

    [ContractFact]
    public async Task An_ordinary_write_keeps_a_claim_and_a_pokes_write_ends_it()
    {
        var chain = new ChainOf(1);
        await Journal.AppendAsync(chain.Next(due: DueChange.Earlier(Noon)));
        await Journal.ClaimDueAsync(Noon, 1, Noon.AddHours(1));
        await Journal.AppendAsync(chain.Next(due: DueChange.Earlier(Noon.AddMinutes(-1))));
        Assert.Empty(await Claim(Noon.AddMinutes(30)));
        await Journal.AppendAsync(chain.Next(due: DueChange.Exactly(Noon.AddMinutes(10))));
        Assert.Equal([chain.Grain], (await Claim(Noon.AddMinutes(10))).Select(d => d.Grain));
    }

    [ContractFact]
    public async Task Rows_are_moved_without_an_entry_only_earlier_and_keep_their_claims()
    {
        var (without, later, earlier) = (new ChainOf(1), new ChainOf(2), new ChainOf(3));
        await Journal.AppendAsync(
            without.Next(), later.Next(due: DueChange.Earlier(Noon.AddHours(9))),
            earlier.Next(due: DueChange.Earlier(Noon.AddHours(1))));
        await Journal.ClaimDueAsync(Noon.AddHours(9), 9, Noon.AddHours(20));

        await Journal.AdvanceDueAsync([
            new(without.Grain, 1, Noon.AddHours(2)), new(later.Grain, 1, Noon.AddHours(3)),
            new(earlier.Grain, 1, Noon.AddHours(4))]);

        Assert.Equal([without.Grain], (await Claim(Noon.AddHours(10))).Select(row => row.Grain));
        var rows = await Claim(Noon.AddHours(21));
        Assert.Equal(
            [(earlier.Grain, 1), (without.Grain, 2), (later.Grain, 3)],
            rows.Select(row => (row.Grain, (row.At - Noon).Hours)));
        Assert.Equal(3, Journal.Commits.Pos);
    }

    [ContractFact]
    public async Task The_row_of_a_grain_that_has_gone_on_is_not_moved()
    {
        var chain = new ChainOf(1);
        await Journal.AppendAsync(chain.Next(), chain.Next(due: DueChange.Exactly(Noon.AddHours(5))));

        await Journal.AdvanceDueAsync([new(chain.Grain, 1, Noon)]);
        Assert.Equal(Noon.AddHours(5), await Journal.NextDueAsync());
        await Journal.AdvanceDueAsync([new(chain.Grain, 2, Noon)]);
        Assert.Equal(Noon, await Journal.NextDueAsync());
        await Journal.AdvanceDueAsync([]);
    }

    [ContractFact]
    public async Task Every_grain_is_in_one_share_and_stays_there()
    {
        // Ids are random or hashes: all their bits differ.
        var stride = new UInt128(0x9E3779B97F4A7C15, 0xF39CC0605CEDC835);
        var chains = Enumerable.Range(1, 900)
            .Select(i => new ChainOf(unchecked((UInt128)i * stride))).ToList();
        await Journal.AppendAsync([.. chains.Select(chain => chain.Next())]);
        var shares = await SharesAsync();
        await Journal.AppendAsync([.. chains.Select(chain => chain.Next())]);

        Assert.Equal(
            chains.Select(chain => chain.Grain).Order(), shares.SelectMany(share => share).Order());
        Assert.Equal(shares, await SharesAsync());
        Assert.True(shares.Max(share => share.Length) < 30, "One share has most of them.");
    }

    private async Task<List<GrainKey[]>> SharesAsync()
    {
        var shares = new List<GrainKey[]>();
        for (var share = 0; share < IJournal.Shares; share++)
            shares.Add([.. (await Journal.GrainsAsync(share)).Order()]);
        return shares;
    }

    private async Task<IReadOnlyList<DueGrain>> Claim(DateTimeOffset now) =>
        await Journal.ClaimDueAsync(now, 100, now.AddMinutes(1));
}
