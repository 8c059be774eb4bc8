using System.Collections.Immutable;
using MallVip.Rules.Ledger;
using MallVip.Rules.Members;
using MallVip.Rules.Reviews;

namespace MallVip.Rules.Facts;

/// <summary>How facts about reviews change the member.</summary>
internal static class ReviewFold
{
    /// <returns>Null: the fact is not about reviews.</returns>
    public static MemberState? Find(MemberState state, Fact fact) => fact switch
    {
        Fact.Flagged or Fact.ReceiptContested => state,
        Fact.ReviewOpened opened => Apply(state, opened),
        Fact.ReviewConfirmed confirmed => Apply(state, confirmed),
        Fact.ReviewEnded ended => Apply(state, ended),
        _ => null,
    };

    /// <summary>The reviews of both; null: neither has any.</summary>
    /// <param name="lotsFrom">Lot n of the other one is lot <paramref name="lotsFrom"/> + n here.</param>
    public static ReviewBook? Join(ReviewBook? own, ReviewBook? other, int lotsFrom) => other is null
        ? own
        : (own ?? ReviewBook.Empty) with
        {
            Open = [.. own?.Open ?? [], .. other.Open.Select(review => review with
            {
                Lines = [.. review.Lines.Select(line => line with { Lot = lotsFrom + line.Lot })],
            })],
            Ended = Newest([.. own?.Ended ?? [], .. other.Ended]),
        };

    private static MemberState Apply(MemberState state, Fact.ReviewOpened fact)
    {
        var book = state.Reviews ?? ReviewBook.Empty;
        return state with
        {
            Reviews = book with { Open = book.Open.Add(fact.Review) },
        };
    }

    private static MemberState Apply(MemberState state, Fact.ReviewConfirmed fact)
    {
        var review = state.Reviews!.Find(fact.Review)!;
        var confirmed = review with
        {
            Lines =
            [
                .. review.Lines.Select(line => line.Unconfirmed
                    ? line with { Unconfirmed = false, ActivatesAt = null }
                    : line),
            ],
        };
        return state with
        {
            Reviews = state.Reviews with { Open = state.Reviews.Open.Replace(review, confirmed) },
        };
    }

    /// <summary>Released points that would not be active yet wait as they would have.</summary>
    private static MemberState Apply(MemberState state, Fact.ReviewEnded fact)
    {
        var book = state.Reviews!;
        var review = book.Find(fact.Review)!;
        return state with
        {
            Lots = fact.How == ReviewEnd.Released
                ? review.Lines.Aggregate(state.Lots, Wait)
                : state.Lots,
            Reviews = book with
            {
                Open = book.Open.Remove(review),
                Ended = Newest([.. book.Ended, new(review.Id, fact.How)]),
            },
        };
    }

    private static ImmutableArray<Lot> Wait(ImmutableArray<Lot> lots, HeldLine line) =>
        line is { ActivatesAt: null, Unconfirmed: false } || LotBook.Find(lots, line.Lot) is not { } lot
            ? lots
            : lots.Replace(lot, lot with { ActivatesAt = line.ActivatesAt, Unconfirmed = line.Unconfirmed });

    private static ImmutableArray<EndedReview> Newest(ImmutableArray<EndedReview> ended) =>
        ended.Length > ReviewBook.MostEnded ? ended[^ReviewBook.MostEnded..] : ended;
}
