using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MallVip.Client.Events;
using MallVip.Grains.Intake;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Quantities;

namespace MallVip.System.Tests.Api;

/// <summary>Stands in for the engine: accepts any JSON object, by its id; some ids are special.</summary>
internal sealed class FakeDoor
{
    public const string UnclaimedId = "unclaimed";
    public const string ExplodingId = "boom";

    public static readonly MemberId Member = MemberId.Parse("7d444840-9dc0-11d1-b245-5ffdce74fad2");

    /// <summary>The newest ids that were accepted, in order.</summary>
    public ConcurrentQueue<string> Accepted { get; } = new();

    /// <summary>How many were accepted.</summary>
    public int Count { get; private set; }

    /// <summary>How many ids <see cref="Accepted"/> keeps.</summary>
    public int Kept { get; set; } = int.MaxValue;

    /// <summary>The options of the last call.</summary>
    public IntakeOptions? Options { get; private set; }

    public EventDoor Door => new(OneAsync, ManyAsync);

    public static Outcome Outcome { get; } = new()
    {
        Lines =
        [
            new("points/base", "points", new(240), 1, null, null),
            new("growth/base", "growth", new(240), 2, null, null, new(40, 0, 60)),
        ],
        Effects =
        [
            new(EffectKind.SendMessage, "thanks", "thanks/big", ImmutableSortedDictionary<string,
                FieldValue>.Empty
                .Add("name", new FieldValue.Handle("h1")).Add("paid", new FieldValue.Number(240.5m))),
            new(EffectKind.GrantCoupon, "ten-off", "thanks/coupon", null),
        ],
        Wallets = [new("growth", new(1240), default), new("points", new(1240), default)],
        TierBefore = "silver",
        TierAfter = "gold",
        TagsAdded = ["beauty"],
        Warnings = [new("lines_differ", "The lines add up to 239.", null)],
    };

    private Task<EventAnswer> OneAsync(
        ReadOnlyMemory<byte> cloudEvent, IntakeOptions options, CancellationToken cancellation)
    {
        Options = options;
        return Task.FromResult(Answer(cloudEvent));
    }

    private async IAsyncEnumerable<EventAnswer> ManyAsync(
        IAsyncEnumerable<ReadOnlyMemory<byte>> cloudEvents,
        IntakeOptions options,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        Options = options;
        await foreach (var cloudEvent in cloudEvents.WithCancellation(cancellation))
            yield return Answer(cloudEvent);
    }

    private EventAnswer Answer(ReadOnlyMemory<byte> cloudEvent)
    {
        if (IdOf(cloudEvent) is not { } id)
        {
            var refusal = new Refusal("invalid_json", 400, null, "Not JSON.", "Send JSON.");
            return new() { Status = EventStatus.Rejected, Refusal = refusal };
        }

        if (id == ExplodingId)
            throw new InvalidOperationException($"secret of {id} +8613800138000");
        Count++;
        Accepted.Enqueue(id);
        if (Accepted.Count > Kept)
            Accepted.TryDequeue(out _);
        return id == UnclaimedId
            ? new() { Status = EventStatus.Unclaimed, Source = "/test", Id = id }
            : new()
            {
                Status = EventStatus.Accepted,
                Source = "/test",
                Id = id,
                Member = Member,
                Outcome = Outcome,
            };
    }

    private static string? IdOf(ReadOnlyMemory<byte> cloudEvent)
    {
        try
        {
            using var document = JsonDocument.Parse(cloudEvent);
            return document.RootElement.GetProperty("id").GetString();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
