using MallVip.Rules.Facts;
using MallVip.Rules.Reviews;

namespace MallVip.Rules.Audit;

/// <summary>The auditor's own account of reviews: opened once, ended once with a reason, and no points of an
/// open one become active.</summary>
internal sealed class ReviewAccounts
{
    private readonly Dictionary<string, int[]> _open = new(StringComparer.Ordinal);

    /// <summary>Checks a fact; one that says nothing of reviews or their lots passes.</summary>
    public void Post(Fact fact, Action<string, string> report)
    {
        switch (fact)
        {
            case Fact.ReviewOpened { Review: var review }:
                Open(review, 0, report);
                break;
            case Fact.ReviewEnded ended:
                if (!_open.Remove(ended.Review) || string.IsNullOrWhiteSpace(ended.Reason))
                    report("review", $"Review {ended.Review} ends, but is not open or has no reason.");
                break;
            case Fact.ReviewConfirmed confirmed when !_open.ContainsKey(confirmed.Review):
                report("review", $"Review {confirmed.Review} is confirmed, but is not open.");
                break;
            case Fact.Activated activated:
                foreach (var (id, lots) in _open)
                    if (Array.IndexOf(lots, activated.Lot) >= 0)
                        report("review", $"Lot {activated.Lot} becomes active under review {id}.");
                break;
            default:
                break;
        }
    }

    /// <summary>The reviews of another member go on here.</summary>
    public void Join(ReviewBook? other, int lotsFrom, Action<string, string> report)
    {
        foreach (var review in other?.Open ?? [])
            Open(review, lotsFrom, report);
    }

    public void Clear() => _open.Clear();

    private void Open(Review review, int lotsFrom, Action<string, string> report)
    {
        if (review.Causes.IsEmpty
            || !_open.TryAdd(review.Id, [.. review.Lines.Select(line => lotsFrom + line.Lot)]))
            report("review", $"Review {review.Id} cannot be opened.");
    }
}
