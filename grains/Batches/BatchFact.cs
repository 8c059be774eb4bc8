using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;

namespace MallVip.Grains.Batches;

/// <summary>What happened to a list. Persisted for ever under these short names.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "f")]
[JsonDerivedType(typeof(Listed), "listed")]
[JsonDerivedType(typeof(Opened), "opened")]
[JsonDerivedType(typeof(Approved), "approved")]
[JsonDerivedType(typeof(Declined), "declined")]
[JsonDerivedType(typeof(Cancelled), "cancelled")]
[JsonDerivedType(typeof(UndoStarted), "undo")]
[JsonDerivedType(typeof(Advanced), "advanced")]
public abstract record BatchFact
{
    private BatchFact()
    {
    }

    /// <summary>A part of the rows, in their order; it is <see cref="Opened"/> when all are there.</summary>
    /// <param name="From">How many rows came before these; 0: handing in begins (anew).</param>
    /// <param name="Content">Keyed hash of the request.</param>
    public sealed record Listed(
        int From, UInt128 Content, ImmutableArray<BatchRow> Rows, ImmutableArray<BatchFault> Wrong)
        : BatchFact;

    /// <summary>The list is whole and waits for its approval.</summary>
    /// <param name="By">Who handed it in.</param>
    /// <param name="Rows">How many rows it has, the wrong ones included.</param>
    /// <param name="FourEyes">Whether somebody else must approve it.</param>
    /// <param name="Content">Keyed hash of the request.</param>
    public sealed record Opened(
        string By, string Reason, DateTimeOffset At, DateTimeOffset Until, int Rows, bool FourEyes,
        UInt128 Content) : BatchFact;

    /// <summary>It is carried out from here on.</summary>
    public sealed record Approved(string By) : BatchFact;

    /// <summary>Nothing is done.</summary>
    /// <param name="By">Who; <see cref="BatchState.Clock"/>: nobody has approved it in time.</param>
    public sealed record Declined(string By, string Reason) : BatchFact;

    /// <summary>No more rows are done; those that are stay.</summary>
    public sealed record Cancelled(string By) : BatchFact;

    /// <summary>What was done is taken back from here on, row by row.</summary>
    public sealed record UndoStarted(string By, string Reason) : BatchFact;

    /// <summary>The next rows are done, or taken back.</summary>
    /// <param name="Rows">How many.</param>
    /// <param name="Refused">Of these the rows that changed nothing: refused, or nothing to change.</param>
    public sealed record Advanced(int Rows, ImmutableArray<BatchFault> Refused) : BatchFact;
}

/// <summary>The body of a list's journal entry.</summary>
/// <param name="V">The format's version: 1.</param>
public sealed record BatchBody(int V, ImmutableArray<BatchFact> Facts) : IStoredBody
{
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, BatchJson.Default.BatchBody);

    /// <exception cref="JournalDamagedException">The body is of no version that this build reads.</exception>
    public static BatchBody Parse(ReadOnlyMemory<byte> json) =>
        StoredBody.Read(json, BatchJson.Default.BatchBody, "A batch's");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    Converters = [typeof(Identities.UInt128HexJsonConverter), typeof(Identities.EventKeyJsonConverter)])]
[JsonSerializable(typeof(BatchBody))]
internal sealed partial class BatchJson : JsonSerializerContext;
