using System.Collections.Immutable;

namespace MallVip.Client.Wire;

/// <summary>What a back-test is asked for.</summary>
/// <param name="Draft">A draft, or a published version (whole).</param>
/// <param name="From">The first day, as 2026-11-01 on the draft's clock, or instant that is decided again;
/// none: the beginning.</param>
/// <param name="To">The last day, included, or instant; none: the newest entry.</param>
/// <param name="Sample">The share of the members, above 0 and up to 1 (default); below 1 budgets are left
/// out.</param>
/// <param name="Against"><c>recorded</c> (default) or <c>published</c>.</param>
/// <param name="Cpu">The share of the silo's processors, above 0 and up to 1; default 0.5.</param>
public sealed record BacktestBody(
    string Draft, string? From = null, string? To = null, double? Sample = null, string? Against = null,
    double? Cpu = null);

/// <summary>What came of a back-test; docs/backtest.md lists the sections.</summary>
/// <param name="Draft">The version that was tried.</param>
/// <param name="To">When both sides were compared.</param>
/// <param name="Entries">Commands decided again under the draft.</param>
/// <param name="Budgets"><c>settled</c>; <c>unsettled</c> where that took too many rounds; <c>ignored</c> in
/// a
/// sample.</param>
/// <param name="OpenAsks">Asks of budgets that are other than recorded.</param>
/// <param name="ShortAsks">Of those, how many got less than they asked for.</param>
/// <param name="Same">Nothing differs.</param>
/// <param name="Rows">By column; a cell that is nothing is left out, amounts with decimals are
/// strings.</param>
/// <param name="From">None: the beginning.</param>
public sealed record BacktestResultBody(
    string Draft, string Against, string To, double Sample, long Members, long Entries, double Seconds,
    string Budgets, int OpenAsks, int ShortAsks, bool Same,
    ImmutableArray<ImmutableSortedDictionary<string, object>> Rows, string? From = null);
