using System.Collections.Immutable;
using MallVip.Grains.Journal;

namespace MallVip.Grains.Programmes;

/// <summary>
/// Every publish of a journal, oldest first. Of those that have taken effect the one published last decides;
/// so a publish withdraws all that were to take effect at its own instant or later.
/// </summary>
[GenerateSerializer, Immutable]
public sealed record ProgrammeHistory
{
    /// <summary>The grain whose entries the history is.</summary>
    public static readonly GrainKey Grain = new(GrainKind.Programme, UInt128.One);

    public static ProgrammeHistory Empty { get; } = new();

    [Id(0)]
    public ImmutableList<Publication> Publications { get; init; } = [];

    /// <summary>The newest publish, in force or still to come; null: none yet.</summary>
    public Publication? Head => Publications.IsEmpty ? null : Publications[^1];

    /// <summary>What a journal holds of publishes.</summary>
    public static async Task<ProgrammeHistory> ReadAsync(
        IJournalReader journal, CancellationToken cancellation = default)
    {
        var history = Empty;
        foreach (var entry in await journal.ReadAsync(Grain, 0, cancellation))
            history = history.Apply(entry);
        return history;
    }

    /// <summary>The history with one more entry.</summary>
    /// <exception cref="JournalDamagedException">The entry cannot be read.</exception>
    public ProgrammeHistory Apply(JournalEntry entry)
    {
        var history = this;
        foreach (var fact in ProgrammeBody.Parse(entry.Body).Facts)
            history = history.Apply(fact, entry.Actor, entry.At);
        return history;
    }

    /// <summary>The history with one more fact.</summary>
    public ProgrammeHistory Apply(ProgrammeFact fact, string author, DateTimeOffset at) => fact switch
    {
        ProgrammeFact.Published published => this with
        {
            Publications = Publications.Add(new()
            {
                Number = Publications.Count + 1,
                Version = published.Version,
                Parent = published.Parent,
                Author = author,
                Note = published.Note ?? "",
                PublishedAt = at,
                EffectiveAt = published.EffectiveAt,
                How = published.How,
                Timed = published.Timed is { } dates ? new(dates) : TimedDates.None,
            }),
        },
        _ => throw new InvalidOperationException($"Unknown fact {fact.GetType().Name}."),
    };

    /// <summary>What decides at an instant; null: nothing was published by then.</summary>
    public Publication? InForceAt(DateTimeOffset now)
    {
        for (var at = Publications.Count - 1; at >= 0; at--)
            if (Publications[at].EffectiveAt <= now)
                return Publications[at];
        return null;
    }

    /// <summary>What is still to take effect, the soonest first.</summary>
    public ImmutableArray<Publication> WaitingAt(DateTimeOffset now)
    {
        var waiting = ImmutableArray.CreateBuilder<Publication>();
        var before = DateTimeOffset.MaxValue;
        for (var at = Publications.Count - 1; at >= 0 && Publications[at].EffectiveAt > now; at--)
        {
            if (Publications[at].EffectiveAt >= before)
                continue;
            before = Publications[at].EffectiveAt;
            waiting.Add(Publications[at]);
        }

        waiting.Reverse();
        return waiting.ToImmutable();
    }

    /// <summary>What became of a publish by an instant.</summary>
    public PublicationState StateAt(Publication publication, DateTimeOffset now)
    {
        if (publication == InForceAt(now))
            return PublicationState.InForce;
        for (var later = publication.Number; later < Publications.Count; later++)
        {
            var next = Publications[(int)later];
            if (next.EffectiveAt <= publication.EffectiveAt && publication.EffectiveAt > next.PublishedAt)
                return PublicationState.Withdrawn;
        }

        return publication.EffectiveAt > now ? PublicationState.Waiting : PublicationState.Past;
    }
}

/// <summary>What became of a publish.</summary>
public enum PublicationState
{
    InForce,
    /// <summary>Its instant has not come.</summary>
    Waiting,
    /// <summary>It was in force once.</summary>
    Past,
    /// <summary>Another publish replaced it before its instant came.</summary>
    Withdrawn,
}
