using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using MallVip.Grains.Journal;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Batches;

/// <summary>What one row of a list does to its member.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BatchAction>))]
public enum BatchAction
{
    /// <summary>Points are put in or taken out, as by a correction.</summary>
    [JsonStringEnumMemberName("adjust")]
    Adjust,
    [JsonStringEnumMemberName("tag")]
    Tag,
    [JsonStringEnumMemberName("untag")]
    Untag,
    /// <summary>A tier is given until an instant, to who has none as good.</summary>
    [JsonStringEnumMemberName("tier")]
    Tier,
    /// <summary>A coupon is granted.</summary>
    [JsonStringEnumMemberName("coupon")]
    Coupon,
}

/// <summary>A row that can be carried out. Stored for ever under these short names.</summary>
/// <param name="Line">Its line in the list, from 1, the heading included.</param>
/// <param name="Member">Found by the identity in the list, which is not kept.</param>
/// <param name="What">Of points: the wallet; else the tag, the tier or the coupon's template.</param>
/// <param name="Amount">Points; 0 for all else.</param>
/// <param name="Until">When the points lapse, or the tag or the tier ends; null, for no tier: as by hand
/// without it.</param>
[GenerateSerializer, Immutable]
public sealed record BatchRow(
    [property: Id(0), JsonPropertyName("l")] int Line,
    [property: Id(1), JsonPropertyName("m")] MemberId Member,
    [property: Id(2), JsonPropertyName("a")] BatchAction Action,
    [property: Id(3), JsonPropertyName("w")] string What,
    [property: Id(4), JsonPropertyName("n")] long Amount,
    [property: Id(5), JsonPropertyName("x")] DateTimeOffset? Until)
{
    /// <summary>The key of a correction that was asked for alone: however often it is asked, and whether or
    /// not it had to be approved, it counts once. None: the row's key is made of the list and the
    /// line.</summary>
    [Id(6)]
    [JsonPropertyName("k")]
    public EventKey Key { get; init; }

    /// <summary>The key of its command at the member.</summary>
    /// <param name="batch">The list's id.</param>
    /// <param name="undoing">Of the one that takes it back.</param>
    public EventKey KeyIn(string batch, bool undoing) => Key.IsNone || undoing
        ? EventKey.Of(undoing ? "batch-undo" : "batch", batch, Line.ToString(CultureInfo.InvariantCulture))
        : Key;
}

/// <summary>A row of the list that is wrong, or that its member refused.</summary>
/// <param name="Code">As of a refusal.</param>
/// <param name="Detail">One sentence in English; the list's own words are not in it.</param>
[GenerateSerializer, Immutable]
public sealed record BatchFault(
    [property: Id(0), JsonPropertyName("l")] int Line,
    [property: Id(1), JsonPropertyName("c")] string Code,
    [property: Id(2), JsonPropertyName("d")] string Detail);

/// <summary>Points of one wallet that rows put in (above 0) and take out.</summary>
[GenerateSerializer, Immutable]
public sealed record BatchSum(
    [property: Id(0), JsonPropertyName("w")] string Wallet,
    [property: Id(1), JsonPropertyName("i")] long In,
    [property: Id(2), JsonPropertyName("o")] long Out)
{
    /// <summary>What rows do to each wallet, by its id.</summary>
    public static ImmutableArray<BatchSum> Of(IEnumerable<BatchRow> rows) =>
    [
        .. rows.Where(row => row.Action == BatchAction.Adjust)
            .GroupBy(row => row.What, StringComparer.Ordinal)
            .OrderBy(rows => rows.Key, StringComparer.Ordinal)
            .Select(rows => new BatchSum(
                rows.Key,
                Sum(rows.Select(row => Math.Max(0, row.Amount))),
                Sum(rows.Select(row => -Math.Min(0, row.Amount))))),
    ];

    /// <summary>At most the largest whole number that there is.</summary>
    private static long Sum(IEnumerable<long> amounts) => (long)Math.Min(
        long.MaxValue, amounts.Aggregate(0m, static (sum, amount) => sum + amount));
}
