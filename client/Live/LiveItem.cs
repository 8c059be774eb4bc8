using System.Collections.Immutable;
using MallVip.Client.Wire;
using MallVip.Rules.Commands;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Live;

/// <summary>One journal entry as the live feed shows it. It holds no personal data.</summary>
public sealed record LiveItem
{
    /// <summary>The member's id; says nothing about the person.</summary>
    public required MemberId Member { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The event's type, or <c>command</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The store of a purchase or refund.</summary>
    public string? Store { get; init; }

    /// <summary>What was paid; paid back: negative.</summary>
    public Money? Paid { get; init; }

    /// <summary>What balances and pending points gained, by wallet.</summary>
    public required ImmutableArray<PointsBody> Points { get; init; }

    /// <summary>Only if the tier changed.</summary>
    public TierChangeBody? Tier { get; init; }

    /// <summary>Tags that were given.</summary>
    public ImmutableArray<string>? Tags { get; init; }

    /// <summary>The review that the event was put under.</summary>
    public string? Review { get; init; }

    /// <summary>The review that the entry ended, and how: <c>released</c> or <c>rejected</c>.</summary>
    public ReviewEndBody? ReviewEnded { get; init; }

    /// <summary>Shows an entry.</summary>
    public static LiveItem Of(MemberId member, DateTimeOffset at, EntryBody body)
    {
        var cause = (body.Command as MemberCommand.RecordEvent)?.Event;
        var tags = body.Facts.OfType<Fact.TagAdded>().Select(tag => tag.Tag).ToImmutableArray();
        return new()
        {
            Member = member,
            At = at,
            Type = cause?.Type ?? "command",
            Store = StoreOf(cause?.Data),
            Paid = PaidOf(cause?.Data),
            Points = PointsOf(body.Facts),
            Tier = body.Facts.OfType<Fact.TierChanged>().LastOrDefault() is { } tier
                ? new(tier.From, tier.To)
                : null,
            Review = body.Facts.OfType<Fact.ReviewOpened>().FirstOrDefault()?.Review.Id,
            ReviewEnded = body.Facts.OfType<Fact.ReviewEnded>().FirstOrDefault() is { } ended
                ? new(ended.Review, ReviewEndBody.WordOf(ended.How))
                : null,
            Tags = tags.IsEmpty ? null : tags,
        };
    }

    private static string? StoreOf(EventData? data) => data switch
    {
        PurchaseData purchase => purchase.Store,
        RefundData refund => refund.Store,
        _ => null,
    };

    private static Money? PaidOf(EventData? data) => data switch
    {
        PurchaseData purchase => purchase.Paid,
        RefundData refund => Money.Zero - refund.Paid,
        _ => null,
    };

    private static ImmutableArray<PointsBody> PointsOf(ImmutableArray<Fact> facts)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var fact in facts)
            if (Members.LedgerChange.Of(fact) is { } change)
                sums[change.Wallet] = sums.GetValueOrDefault(change.Wallet) + change.Points + change.Pending;
        return [.. sums.Where(sum => sum.Value != 0).Select(sum => new PointsBody(sum.Key, sum.Value))];
    }
}
