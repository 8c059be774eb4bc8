using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;

namespace MallVip.Grains.Batches;

/// <summary>See <see cref="IBatchBookGrain"/>.</summary>
public sealed class BatchBookGrain(MemberServices services) : Grain, IBatchBookGrain
{
    /// <summary>How many lists are shown; older ones are found by their id.</summary>
    public const int Most = 500;

    private static readonly GrainKey Place = new(GrainKind.BatchBook, UInt128.One);

    private Timeline<ImmutableList<string>> _timeline = null!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken) =>
        _timeline = new(services.Writer, Place, await TimelineFold.ReadAsync(
            services.Journal, Place, ImmutableList<string>.Empty,
            static (book, entry) => Noted(book, StoredBody.Read(
                entry.Body, BatchBookJson.Default.BatchBookBody, "The book of lists'").Noted),
            cancellationToken))
        {
            Broken = DeactivateOnIdle,
        };

    public async Task Note(string batch)
    {
        if (_timeline.State.Contains(batch))
        {
            await _timeline.ReadDurable();
            return;
        }

        var entry = new EntryDraft
        {
            Kind = BatchGrain.EntryKind,
            At = _timeline.NotBefore(services.Time.GetUtcNow()),
            Body = JsonSerializer.SerializeToUtf8Bytes(new(1, batch), BatchBookJson.Default.BatchBookBody),
            Actor = "batch",
        };
        await _timeline.Append(entry, Noted(_timeline.State, batch), 0);
    }

    public async Task<ImmutableArray<string>> Read() =>
        [.. (await _timeline.ReadDurable()).State.Reverse()];

    private static ImmutableList<string> Noted(ImmutableList<string> book, string batch)
    {
        var next = book.Add(batch);
        return next.Count > Most ? next.RemoveAt(0) : next;
    }
}

/// <summary>The body of an entry of the book.</summary>
/// <param name="V">The format's version: 1.</param>
/// <param name="Noted">A list's id.</param>
public sealed record BatchBookBody(int V, string Noted) : IStoredBody;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BatchBookBody))]
internal sealed partial class BatchBookJson : JsonSerializerContext;
