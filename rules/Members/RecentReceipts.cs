using System.Collections.Immutable;
using MallVip.Rules.Quantities;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Members;

/// <summary>The newest purchases and refunds by the minute, of members of programmes that ask for it: at most
/// 64 of the last 31 days.</summary>
public static class RecentReceipts
{
    /// <summary>So many are kept; a count in a window never says more.</summary>
    public const int Most = 64;

    /// <summary>So long they are kept, before the newest one.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(31);

    /// <summary>Those of both in the order of their times, the oldest forgotten.</summary>
    internal static ImmutableArray<RecentReceipt> With(
        ImmutableArray<RecentReceipt> receipts, ImmutableArray<RecentReceipt> more)
    {
        if (more.IsEmpty)
            return receipts;
        var all = receipts.Concat(more).OrderBy(receipt => receipt.At).ToList();
        var first = all.FindIndex(receipt => receipt.At > all[^1].At - Kept);
        return [.. all.Skip(Math.Max(first, all.Count - Most))];
    }

    /// <summary>How many of a kind lie in a window, and what they come to.</summary>
    /// <param name="until">The window's end, included.</param>
    internal static (int Count, decimal Paid) In(
        ImmutableArray<RecentReceipt> receipts, bool isBack, DateTimeOffset until, TimeSpan span)
    {
        var (count, paid) = (0, 0m);
        foreach (ref readonly var receipt in receipts.AsSpan())
            if (receipt.IsBack == isBack && receipt.At <= until && receipt.At > until - span)
                (count, paid) = (count + 1, paid + receipt.Paid.Amount);
        return (count, paid);
    }
}

/// <summary>A purchase or refund.</summary>
/// <param name="At">The event's own time.</param>
/// <param name="IsBack">It is a refund.</param>
public readonly record struct RecentReceipt(
    [property: Name("at")] DateTimeOffset At,
    [property: Name("p")] Money Paid,
    [property: Name("b")] bool IsBack = false);
