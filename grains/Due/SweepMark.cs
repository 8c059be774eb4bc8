using System.Text.Json;
using System.Text.Json.Serialization;
using MallVip.Grains.Journal;
using MallVip.Rules.Due;

namespace MallVip.Grains.Due;

/// <summary>
/// How far the due rows are known to follow a programme: what <see cref="DueSweep"/> remembers.
/// </summary>
/// <param name="Outlook">What the programme says about due work.</param>
/// <param name="Done">How many shares of the grains have been swept for it.</param>
internal sealed record SweepMark(DueOutlook Outlook, int Done)
{
    /// <summary>The setting that holds it.</summary>
    public const string Setting = "due-swept";

    [JsonIgnore]
    public bool IsWhole => Done >= IJournal.Shares;

    /// <summary>
    /// Where to go on for a programme. A sweep that was left for another programme begins anew: entries have
    /// been written under both.
    /// </summary>
    /// <param name="mark">Null: nothing was ever swept.</param>
    public static SweepMark For(DueOutlook outlook, SweepMark? mark) => mark switch
    {
        { IsWhole: true } when !outlook.MayBeEarlierThan(mark.Outlook) => mark with { Outlook = outlook },
        { IsWhole: false } when outlook.IsAs(mark.Outlook) => mark,
        _ => new(outlook, 0),
    };

    public static async ValueTask<SweepMark?> ReadAsync(IJournal journal, CancellationToken cancellation) =>
        await journal.GetMetaAsync(Setting, cancellation) is { } text
            ? JsonSerializer.Deserialize(text, SweepJson.Default.SweepMark)
            : null;

    public ValueTask WriteAsync(IJournal journal, CancellationToken cancellation) =>
        journal.SetMetaAsync(
            Setting, JsonSerializer.Serialize(this, SweepJson.Default.SweepMark), cancellation);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SweepMark))]
internal sealed partial class SweepJson : JsonSerializerContext;
