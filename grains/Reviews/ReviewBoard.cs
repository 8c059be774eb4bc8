using System.Collections.Immutable;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Reviews;

/// <summary>
/// The open reviews of all members, read from the journal: who asks first after a start waits until all of it
/// has been gone through, whoever asks later only for what is new. Bodies that cannot speak of reviews are
/// not read. Members that test keys registered are left out.
/// </summary>
public sealed class ReviewBoard(IJournalReader journal) : IDisposable
{
    private const int PageLength = 4_096;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly OrderedDictionary<string, OpenReview> _open = new(StringComparer.Ordinal);
    private readonly HashSet<UInt128> _tests = [];
    private TailPosition _read = TailPosition.Start;

    /// <summary>All that is open and committed, in the order in which the reviews were opened.</summary>
    /// <exception cref="JournalDamagedException">An entry cannot be read.</exception>
    public async Task<ImmutableArray<OpenReview>> ReadAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            var page = await journal.TailAsync(_read, PageLength, cancellation);
            while (page.Entries.Count > 0)
            {
                foreach (var entry in page.Entries)
                    Follow(entry);
                _read = page.Next;
                page = await journal.TailAsync(_read, PageLength, cancellation);
            }

            return [.. _open.Values];
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private void Follow(JournalEntry entry)
    {
        if (entry.Grain.Kind != GrainKind.Member)
            return;
        if (entry.Seq == 1 && Actors.IsTest(entry.Actor))
            _tests.Add(entry.Grain.Id);
        if (MaySpeakOfReviews(entry.Body.Span) && !_tests.Contains(entry.Grain.Id))
            foreach (var fact in MemberBody.ReadDecision(entry).Facts)
                Follow(new MemberId(entry.Grain.Id), fact);
    }

    private void Follow(MemberId member, Fact fact)
    {
        switch (fact)
        {
            case Fact.ReviewOpened opened:
                _open[opened.Review.Id] = new(member, opened.Review);
                break;
            case Fact.ReviewEnded ended:
                _open.Remove(ended.Review);
                break;
            case Fact.Absorbed absorbed:
                foreach (var review in absorbed.State.Reviews?.Open ?? [])
                    if (_open.TryGetValue(review.Id, out var known))
                        _open[review.Id] = known with { Member = member };
                break;
            default:
                break;
        }
    }

    private static bool MaySpeakOfReviews(ReadOnlySpan<byte> body) =>
        body.IndexOf("\"review"u8) >= 0 || body.IndexOf("\"absorbed\""u8) >= 0;
}
