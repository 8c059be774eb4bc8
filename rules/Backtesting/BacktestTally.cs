using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Backtesting;

/// <summary>Adds members up, on both sides. Not thread-safe: each thread has one, joined at the
/// end.</summary>
public sealed class BacktestTally(BacktestTerms terms)
{
    /// <summary>How many members are named who gain or lose most.</summary>
    public const int MostNamed = 20;

    private readonly Dictionary<BacktestKey, (decimal Before, decimal After)> _sums = [];
    private readonly Dictionary<EarnedKey, EarnedSums> _earned = [];
    private readonly Dictionary<string, DateTimeOffset> _waitingSince = new(StringComparer.Ordinal);
    private readonly PriorityQueue<Named, Named> _gains = new(Named.LeastFirst);
    private readonly PriorityQueue<Named, Named> _losses = new(Named.LeastFirst);

    /// <summary>Members added up.</summary>
    public long Members { get; private set; }

    /// <summary>Commands that were decided anew under the draft.</summary>
    public long Entries { get; private set; }

    /// <summary>Adds a member.</summary>
    public void Add(MemberId member, MemberBacktest of)
    {
        Members++;
        var (old, tried) = (new SideTally(this, isAfter: false), new SideTally(this, isAfter: true));
        var (before, after) = (old.Add(of.Before), tried.Add(of.After));
        Entries += tried.Entries;
        Name(new(member, before, after));
        if (of.Before.State.Merge is { IsOver: true } && of.After.State.Merge is { IsOver: true })
            return;
        var (from, to) = (of.Before.State.Tier?.Tier ?? "", of.After.State.Tier?.Tier ?? "");
        Post(new(BacktestSections.TierMove, from, to, ""), 1, isAfter: false);
        Post(new(BacktestSections.TierMove, from, to, ""), 1, isAfter: true);
    }

    /// <summary>Adds what another thread has added up.</summary>
    public void Join(BacktestTally other)
    {
        Members += other.Members;
        Entries += other.Entries;
        foreach (var (key, sums) in other._sums)
        {
            Post(key, sums.Before, isAfter: false);
            Post(key, sums.After, isAfter: true);
        }

        foreach (var (store, first) in other._waitingSince)
            WaitSince(store, first);
        foreach (var (key, earned) in other._earned)
        {
            Of(key).Before.Add(earned.Before);
            Of(key).After.Add(earned.After);
        }

        foreach (var (named, _) in other._gains.UnorderedItems.Concat(other._losses.UnorderedItems))
            Name(named);
    }

    /// <summary>All figures: by section, then by key.</summary>
    public ImmutableArray<BacktestRow> Finish()
    {
        foreach (var (key, earned) in _earned)
        {
            Split(key, earned.Before, isAfter: false);
            Split(key, earned.After, isAfter: true);
        }

        _earned.Clear();
        foreach (var rule in terms.Draft.Rules)
            if (!_sums.TryGetValue(new(BacktestSections.Fired, rule.Ref.Rule, "", ""), out var fired)
                || fired.After == 0)
                Post(new(BacktestSections.Never, rule.Ref.Rule, "", ""), 0, isAfter: true);
        return
        [
            .. _sums.Select(pair => Row(pair.Key, pair.Value.Before, pair.Value.After))
                .Concat(Rows(BacktestSections.Gain, _gains)).Concat(Rows(BacktestSections.Loss, _losses))
                .OrderBy(row => BacktestSections.All.IndexOf(row.Key.Section))
                .ThenByDescending(row => row.Key.Section is BacktestSections.Gain or BacktestSections.Loss
                    ? Math.Abs(row.After - row.Before) : 0)
                .ThenBy(row => row.Key.Key, StringComparer.Ordinal)
                .ThenBy(row => row.Key.To, StringComparer.Ordinal)
                .ThenBy(row => row.Key.Wallet, StringComparer.Ordinal),
        ];
    }

    internal void Post(in BacktestKey key, decimal amount, bool isAfter)
    {
        ref var sums = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, key, out _);
        sums = isAfter ? (sums.Before, sums.After + amount) : (sums.Before + amount, sums.After);
    }

    /// <summary>An event waits for its store.</summary>
    internal void Wait(string store, DateTimeOffset happened, bool isAfter)
    {
        Post(new(BacktestSections.Waiting, store, "", ""), 1, isAfter);
        WaitSince(store, happened);
    }

    private void WaitSince(string store, DateTimeOffset happened)
    {
        if (!_waitingSince.TryGetValue(store, out var first) || happened < first)
            _waitingSince[store] = happened;
    }

    internal EarnedSums Of(in EarnedKey key)
    {
        ref var sums = ref CollectionsMarshal.GetValueRefOrAddDefault(_earned, key, out _);
        return sums ??= new();
    }

    /// <summary>Points of one origin, in each of the ways in which they are told apart.</summary>
    private void Split(in EarnedKey key, EarnedSums.SideSums sums, bool isAfter)
    {
        Post(new(BacktestSections.Points, "issued", "", key.Wallet), sums.Issued, isAfter);
        if (sums.Returned != 0)
            Post(new(BacktestSections.Points, "returned", "", key.Wallet), sums.Returned, isAfter);
        if (key.Rule.Length > 0)
            Post(new(BacktestSections.Fired, key.Rule, "", ""), sums.Times, isAfter);
        var net = (decimal)(sums.Issued - sums.Returned);
        Post(new(BacktestSections.Rule, key.Rule, "", key.Wallet), net, isAfter);
        Post(new(BacktestSections.Tier, key.Tier, "", key.Wallet), net, isAfter);
        Post(new(BacktestSections.Store, key.Store, "", key.Wallet), net, isAfter);
        var paid = key.Funding ?? Funding.ByMall;
        int[] percents = [paid.Mall, paid.Store, paid.Brand];
        foreach (var (payer, percent) in Funding.Payers.Zip(percents))
            if (percent > 0)
                Post(new(BacktestSections.Payer, payer, "", key.Wallet), net * percent / 100, isAfter);
    }

    internal bool IsDefaultWallet(string wallet) => terms.Draft.DefaultWallet?.Id == wallet;

    private void Name(Named named)
    {
        if (named.Before == named.After)
            return;
        var most = named.After > named.Before ? _gains : _losses;
        most.Enqueue(named, named);
        if (most.Count > MostNamed)
            most.Dequeue();
    }

    private IEnumerable<BacktestRow> Rows(string section, PriorityQueue<Named, Named> most) =>
        most.UnorderedItems.Select(item => Row(
            new(section, item.Element.Member.ToString(), "", terms.Draft.DefaultWallet?.Id ?? ""),
            item.Element.Before, item.Element.After));

    private BacktestRow Row(BacktestKey key, decimal before, decimal after) => key.Wallet.Length == 0
        ? new(key, before, after, null, null)
        {
            First = key.Section == BacktestSections.Waiting ? _waitingSince[key.Key] : null,
        }
        : new(key, before, after, Cost(terms.Published, key, before), Cost(terms.Draft, key, after));

    private static decimal? Cost(Programme programme, in BacktestKey key, decimal points) =>
        points * programme.FindWallet(key.Wallet)?.Cost;

    /// <summary>A member and what it got of the default wallet.</summary>
    private readonly record struct Named(MemberId Member, long Before, long After)
    {
        /// <summary>The smallest difference first; of equal ones the later member.</summary>
        public static IComparer<Named> LeastFirst { get; } = Comparer<Named>.Create((left, right) =>
            Math.Abs(left.After - left.Before).CompareTo(Math.Abs(right.After - right.Before)) is var by
                && by != 0 ? by : right.Member.CompareTo(left.Member));
    }
}
