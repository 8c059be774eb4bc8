using System.Globalization;
using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Reports;

/// <summary>Members by tier at the end of the last day, and who moved from where to where, by month and
/// cause.</summary>
internal sealed class TiersReport(ReportOrder order) : IReport
{
    private readonly Dictionary<MemberId, string> _tiers = [];
    private readonly Dictionary<(string Month, string From, string To, string Why), long> _moves = [];

    public void Visit(in MemberEntry entry)
    {
        var day = entry.Day;
        if (order.IsAfter(day))
            return;
        foreach (var fact in entry.Facts)
            if (fact is Fact.Enrolled)
                _tiers.TryAdd(entry.Member, "");
            else if (fact is Fact.TierChanged changed)
                Move(entry.Member, day, changed);
            else if (fact is Fact.Absorbed absorbed)
                _tiers.Remove(absorbed.Member);
            else if (fact is Fact.MergeEnded { Refused: null })
                _tiers.Remove(entry.Member);
    }

    public ReportTable Finish() => ReportTable.Sorted(
        ["what", "month", "from", "tier", "why", "members"],
        5,
        _tiers.Values.GroupBy(tier => tier, StringComparer.Ordinal)
            .Select(tier => new object?[] { "members", null, null, tier.Key, null, tier.LongCount() })
            .Concat(_moves.Select(move => new object?[]
            {
                "moved", move.Key.Month, move.Key.From, move.Key.To, move.Key.Why, move.Value,
            })));

    private void Move(MemberId member, DateOnly day, Fact.TierChanged changed)
    {
        _tiers[member] = changed.To ?? "";
        if (changed.From == changed.To || !order.Holds(day))
            return;
        var month = day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var key = (month, changed.From ?? "", changed.To ?? "", changed.Cause);
        _moves[key] = _moves.GetValueOrDefault(key) + 1;
    }
}
