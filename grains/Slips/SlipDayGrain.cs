using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;

namespace MallVip.Grains.Slips;

/// <summary>See <see cref="ISlipDayGrain"/>. One turn at a time, so that operators in a hurry wait for each
/// other.</summary>
public sealed class SlipDayGrain(MemberServices services) : Grain, ISlipDayGrain
{
    private Timeline<ImmutableArray<SlipNote>> _timeline = null!;

    /// <summary>The grain's key of a day.</summary>
    public static string KeyOf(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var day = DateOnly.ParseExact(this.GetPrimaryKeyString(), "O", CultureInfo.InvariantCulture);
        var grain = new GrainKey(GrainKind.SlipDay, (UInt128)day.DayNumber);
        _timeline = new(services.Writer, grain, await TimelineFold.ReadAsync(
            services.Journal, grain, ImmutableArray<SlipNote>.Empty,
            static (notes, entry) => Noted(notes, StoredBody.Read(
                entry.Body, SlipDayJson.Default.SlipDayBody, "A day's slips'").Noted),
            cancellationToken))
        {
            Broken = DeactivateOnIdle,
        };
    }

    public async Task<bool> Note(SlipNote note, int perDay, decimal amount, bool dryRun)
    {
        if (_timeline.State.Contains(note))
        {
            await _timeline.ReadDurable();
            return true;
        }

        var others = _timeline.State
            .Where(other => other.Id != note.Id && other.By == note.By && other.Mall == note.Mall).ToArray();
        if (others.Length >= perDay || others.Sum(other => other.Amount) + note.Amount > amount)
            return false;
        if (dryRun)
            return true;
        var entry = new EntryDraft
        {
            Kind = SlipGrain.EntryKind,
            At = _timeline.NotBefore(services.Time.GetUtcNow()),
            Body = JsonSerializer.SerializeToUtf8Bytes(new(1, note), SlipDayJson.Default.SlipDayBody),
            Actor = note.By,
        };
        await _timeline.Append(entry, Noted(_timeline.State, note), 0);
        return true;
    }

    public async Task<ImmutableArray<SlipNote>> Read() => (await _timeline.ReadDurable()).State;

    /// <summary>Handing in may break off and begin anew, with another operator too: the slip is noted
    /// once.</summary>
    private static ImmutableArray<SlipNote> Noted(ImmutableArray<SlipNote> notes, SlipNote note) =>
        [.. notes.Where(other => other.Id != note.Id), note];
}

/// <summary>The body of an entry of a day's book.</summary>
/// <param name="V">The format's version: 1.</param>
public sealed record SlipDayBody(int V, SlipNote Noted) : IStoredBody;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SlipDayBody))]
internal sealed partial class SlipDayJson : JsonSerializerContext;
