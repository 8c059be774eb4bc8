using System.Collections.Immutable;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Reviews;

/// <summary>The reviews of a member: those that are open, and what was said of the last ones.</summary>
public sealed record ReviewBook
{
    /// <summary>Of so many is remembered how they ended; of older ones the journal tells.</summary>
    public const int MostEnded = 32;

    public static ReviewBook Empty { get; } = new();

    /// <summary>In the order in which they were opened.</summary>
    [Name("o")]
    public ImmutableArray<Review> Open { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>In the order in which they ended.</summary>
    [Name("x")]
    public ImmutableArray<EndedReview> Ended { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Null: no such review is open (any more).</summary>
    public Review? Find(string id)
    {
        foreach (var review in Open)
            if (review.Id == id)
                return review;
        return null;
    }

    /// <summary>The open review that holds a lot's points; null: none does.</summary>
    public Review? Holding(int lot)
    {
        foreach (var review in Open)
            if (review.Holds(lot))
                return review;
        return null;
    }

    /// <summary>How a review ended; null: it is open, or not known.</summary>
    public ReviewEnd? EndOf(string id)
    {
        foreach (var ended in Ended)
            if (ended.Id == id)
                return ended.How;
        return null;
    }
}
