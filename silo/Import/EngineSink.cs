using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MallVip.Grains.Desk;
using MallVip.Grains.Intake;
using MallVip.Grains.Runs;
using MallVip.Rules.Identities;
using MallVip.Rules.Quantities;
using MallVip.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.Silo.Import;

/// <summary>
/// Hands an import to the engine of this process, as one run: the lines' own clock, unknown identities enrol.
/// </summary>
public sealed class EngineSink(LocalEngine engine) : IImportSink, IDisposable
{
    private OpenRuns.Lease? _run;
    private ImportKind _kind;
    private IntakeOptions _options = new() { Actor = "import" };
    private RegistrationDesk? _registrations;

    /// <inheritdoc/>
    public ValueTask OpenAsync(ImportRun run, CancellationToken cancellation)
    {
        _kind = run.Kind;
        _run = engine.Services.GetRequiredService<OpenRuns>().Join(run.Id);
        _options = new IntakeOptions { Actor = "import", Run = _run.Clock };
        _registrations = engine.Services.GetRequiredService<RegistrationDesk>();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ImportOutcome>> AcceptAsync(
        IReadOnlyList<ImportLine> batch, CancellationToken cancellation)
    {
        if (_kind == ImportKind.Members)
            return await OpenMembersAsync(batch, cancellation);
        var outcomes = new List<ImportOutcome>(batch.Count);
        var lines = Lines(batch, cancellation);
        await foreach (var answer in engine.Intake.AcceptAllAsync(lines, _options, cancellation))
            outcomes.Add(ToOutcome(answer));
        return outcomes;
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        if (_run is not null)
            await DueOfRun.FireAsync(engine, _run.Clock.Now, cancellation);
        Dispose();
    }

    public void Dispose()
    {
        if (_run is null)
            return;
        _run.Dispose();
        engine.Services.GetRequiredService<OpenRuns>().End(_run.Clock.Id);
        _run = null;
    }

    /// <summary>
    /// Side by side, but who shares an identity with an earlier line waits for it: the first one holds it.
    /// </summary>
    private Task<ImportOutcome[]> OpenMembersAsync(
        IReadOnlyList<ImportLine> batch, CancellationToken cancellation)
    {
        var latest = new Dictionary<(string, string), Task>();
        return Task.WhenAll(batch.Select(line =>
        {
            var member = OpeningMember.Parse(line.Json.Span);
            var keys = member.Identities.Select(KeyOf).ToArray();
            Task[] before = [.. keys.Select(key => latest.GetValueOrDefault(key)).OfType<Task>()];
            var outcome = OpenMemberAsync(member, before, cancellation);
            foreach (var key in keys)
                latest[key] = outcome;
            return outcome;
        }));
    }

    private static (string Kind, string Value) KeyOf(string identity) =>
        IdentityText.TryParse(identity, out var parsed, out _) ? (parsed.Kind, parsed.Value) : ("", identity);

    private async Task<ImportOutcome> OpenMemberAsync(
        OpeningMember member, Task[] before, CancellationToken cancellation)
    {
        await Task.WhenAll(before);
        var answer = await _registrations!.OpenAsync(ToOpening(member), _options, cancellation);
        return answer switch
        {
            { Refusal: { } refusal } => new ImportOutcome.Rejected(refusal.Code, refusal.Detail),
            { Answer.Status: Grains.Members.AnswerStatus.Duplicate } => ImportOutcome.Duplicate.Instance,
            _ => ImportOutcome.Accepted.Instance,
        };
    }

    private static Opening ToOpening(OpeningMember member) => new(
        member.Source,
        member.Id,
        member.EnrolledAt,
        new Registration(
            [.. member.Identities],
            null,
            (member.Attributes ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal))
                .ToImmutableSortedDictionary(
                    pair => pair.Key, pair => pair.Value.GetRawText(), StringComparer.Ordinal)),
        [.. from wallet in member.Wallets ?? []
            from lot in wallet.Lots
            select new Rules.Commands.OpeningLot(
                wallet.Wallet, new Points(lot.Amount), lot.ActivatesAt, lot.ExpiresAt)],
        member.Tier?.Id,
        member.Tier?.Until)
    {
        Tags = [.. from tag in member.Tags ?? [] select new Rules.Commands.OpeningTag(tag.Tag, tag.Until)],
    };

    private static ImportOutcome ToOutcome(EventAnswer answer) => answer switch
    {
        { Status: EventStatus.Duplicate } => ImportOutcome.Duplicate.Instance,
        { Refusal: { } refusal } => new ImportOutcome.Rejected(refusal.Code, refusal.Detail),
        _ => ImportOutcome.Accepted.Instance,
    };

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Lines(
        IReadOnlyList<ImportLine> batch, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (var line in batch)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return line.Json;
        }
    }
}
