using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;

namespace MallVip.Grains.Programmes;

/// <summary>
/// See <see cref="IProgrammeGrain"/>. One turn at a time: a publish is durable before the next.
/// </summary>
public sealed class ProgrammeGrain(MemberServices services) : Grain, IProgrammeGrain
{
    /// <summary>The kind of its entries.</summary>
    public const string EntryKind = "programme";

    private Timeline<ProgrammeHistory> _timeline = null!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _timeline = new(services.Writer, ProgrammeHistory.Grain, await TimelineFold.ReadAsync(
            services.Journal, ProgrammeHistory.Grain, ProgrammeHistory.Empty,
            static (history, entry) => history.Apply(entry), cancellationToken))
        {
            Broken = DeactivateOnIdle,
        };
        await services.Keys.LearnAsync(ProgrammeHistory.Grain, cancellationToken);
    }

    public async Task<ProgrammeHistory> Read() => (await _timeline.ReadDurable()).State;

    public async Task<PublishAnswer> Publish(PublishRequest request)
    {
        var admission = await services.Keys.AdmitAsync(request.Key, EventKey.None);
        if (admission.Kind != AdmissionKind.Fresh)
            return await AnswerRepeatAsync(request, admission.Pos);
        if (Decide(request) is { } refused)
        {
            services.Keys.GiveBack(request.Key, EventKey.None);
            return refused;
        }

        return await Append(request);
    }

    /// <summary>Null: it may be recorded.</summary>
    private PublishAnswer? Decide(PublishRequest request)
    {
        var history = _timeline.State;
        // Of two who begin the history at once the second comes late, perhaps after a publish.
        if (request.How == PublishedHow.First && history.Head is { } begun)
            return new(PublishStatus.Unchanged, begun, history);
        if (request.Expected is { } expected && history.Head is { } head && head.Version != expected)
            return new(PublishStatus.Conflict, head, history);
        var now = Now();
        return history.Head is { } newest && newest.Version == request.Version
            && newest.EffectiveAt <= SoonestAfter(now) && !(request.EffectiveAt > now)
            ? new(PublishStatus.Unchanged, newest, history)
            : null;
    }

    /// <summary>
    /// The writer settles the key of what it has taken; what never reached it is given back.
    /// </summary>
    private Task<PublishAnswer> Append(PublishRequest request)
    {
        var (now, history) = (Now(), _timeline.State);
        var soonest = request.How == PublishedHow.First ? now : SoonestAfter(now);
        var effective = request.EffectiveAt > soonest ? request.EffectiveAt.Value.ToUniversalTime() : soonest;
        var dates = history.InForceAt(effective) is { } before
            ? before.Timed.Next(request.Timed, effective)
            : TimedDates.First(request.Timed);
        var fact = new ProgrammeFact.Published(
            request.Version, history.Head?.Version, request.How, effective,
            request.Note.Length == 0 ? null : request.Note)
        {
            Timed = dates.Since,
        };
        var next = history.Apply(fact, request.Author, now);
        var entry = new EntryDraft
        {
            Kind = EntryKind,
            At = now,
            Body = new ProgrammeBody(1, [fact]).ToJson(),
            Key = request.Key,
            Content = request.Content,
            Actor = request.Author,
            RulesVersion = request.Version,
        };
        try
        {
            return _timeline.Append(entry, next, new PublishAnswer(PublishStatus.Published, next.Head, next));
        }
        catch (AppendFailedException failure)
        {
            services.Keys.GiveBack(request.Key, EventKey.None);
            return Task.FromException<PublishAnswer>(failure);
        }
    }

    private async Task<PublishAnswer> AnswerRepeatAsync(PublishRequest request, long pos)
    {
        var entry = await services.Journal.ReadAtAsync(pos)
            ?? throw new JournalDamagedException($"The key index points to {pos}, where no entry stands.");
        var history = _timeline.State;
        return entry.Grain == ProgrammeHistory.Grain && entry.ContentHash == request.Content
            ? new(PublishStatus.Duplicate, history.Publications[(int)entry.Seq - 1], history)
            : new(PublishStatus.KeyReused, null, history);
    }

    /// <summary>Where silos share the journal, each has the time to load it.</summary>
    private DateTimeOffset SoonestAfter(DateTimeOffset now) =>
        services.Journal.IsShared ? now + ProgrammeFollower.Grace : now;

    private DateTimeOffset Now() => _timeline.NotBefore(services.Time.GetUtcNow());
}
